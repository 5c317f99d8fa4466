//! The queue of deliveries, and the log of what became of them.

use std::collections::HashMap;

use chrono::TimeDelta;
use rusqlite::Row;
use serde::{Deserialize, Serialize};

use super::{MOST_ATTEMPTS, WEBHOOK, Webhook, set_deactivated};
use crate::bounds::RECORD_BYTES;
use crate::clock::stamp;
use crate::domain::bulk::{BULK_REQUEST, Job};
use crate::domain::random::uuid;
use crate::refusal::{Outcome, broken};
use crate::store::{Edit, View};

/// The event that tries a webhook. It is sent once.
pub(crate) const PING: &str = "ping";
/// What the log calls the report that a bulk job has ended. It is no event.
pub(crate) const CALLBACK: &str = "bulk_callback";

/// The documented waits after each attempt that failed, in minutes.
const WAITS: [i64; 6] = [1, 15, 60, 120, 240, 480];
/// What can wait in all.
const MOST: Load = Load {
    deliveries: 10_000,
    bytes: 64 << 20,
};
/// What can wait of one webhook, and of callbacks.
const MOST_OF_ONE: Load = Load {
    deliveries: 1_000,
    bytes: 8 << 20,
};
/// What can wait of one webhook however much waits of others.
const SHARE: Load = Load {
    deliveries: 50,
    bytes: 256 << 10,
};
/// How many deliveries are remembered that wait for nothing.
const MOST_DONE: usize = 200;
/// How many attempts of a delivery are remembered: it can be asked for again.
const MOST_REMEMBERED: usize = 20;

/// How many deliveries are on their way to one webhook at a time, and how many callbacks.
pub(crate) const MOST_TO_ONE: usize = 4;

const COLUMNS: &str = "id, webhook_id, bulk_request_id, event_id, action, url, signature, body, \
                       status, tries, due_at, attempts";

/// A delivery, as it is kept.
pub(crate) struct Delivery {
    pub(crate) id: i64,
    pub(crate) purpose: Purpose,
    /// The id of the event, which all attempts have and no other delivery.
    pub(crate) event_id: String,
    pub(crate) action: String,
    pub(crate) url: String,
    /// None for a callback.
    pub(crate) signature: Option<String>,
    pub(crate) body: String,
    pub(crate) status: Status,
    /// Attempts since it was last asked for.
    tries: i64,
    /// When the next attempt is due, if there is one.
    pub(crate) due_at: Option<String>,
    pub(crate) attempts: Vec<Attempt>,
}

/// Why something is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A webhook is for an event, by the webhook's id.
    Webhook(i64),
    /// A bulk job reports its end, by the job's id.
    BulkRequest(i64),
}

/// The deliveries that are due.
#[derive(Default)]
pub(crate) struct Due {
    /// Their ids, each with that of its webhook. Callbacks have none.
    pub(crate) ids: Vec<(i64, Option<i64>)>,
    /// When another one is due.
    pub(crate) next: Option<String>,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Waiting,
    Delivered,
    /// No attempt was a success, and none follows.
    Failed,
}

/// An attempt to deliver.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) at: String,
    /// The status of the answer, if there was one.
    pub(crate) status: Option<u16>,
    pub(crate) answer: String,
    /// Why there is no answer.
    pub(crate) problem: Option<String>,
}

/// A delivery to put into the queue.
pub(crate) struct NewDelivery<'a> {
    pub(crate) purpose: Purpose,
    pub(crate) action: &'a str,
    pub(crate) url: &'a str,
    pub(crate) body: &'a str,
    /// When the first attempt is due, if not at once.
    pub(crate) due_at: Option<&'a str>,
}

impl Purpose {
    pub(crate) fn webhook_id(self) -> Option<i64> {
        match self {
            Self::Webhook(id) => Some(id),
            Self::BulkRequest(_) => None,
        }
    }

    pub(crate) fn bulk_request_id(self) -> Option<i64> {
        match self {
            Self::BulkRequest(id) => Some(id),
            Self::Webhook(_) => None,
        }
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        match row.get(1)? {
            Some(id) => Ok(Self::Webhook(id)),
            None => row.get(2).map(Self::BulkRequest),
        }
    }
}

/// What waits to be delivered.
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    deliveries: usize,
    bytes: usize,
}

impl Load {
    fn with(self, bytes: usize) -> Self {
        Self {
            deliveries: self.deliveries + 1,
            bytes: self.bytes + bytes,
        }
    }

    fn is_within(self, bound: Self) -> bool {
        self.deliveries <= bound.deliveries && self.bytes <= bound.bytes
    }
}

/// The queue, as one transaction adds to it.
pub(crate) struct Queue {
    all: Load,
    /// By webhook; callbacks have none.
    of: HashMap<Option<i64>, Load>,
    /// How many deliveries of the transaction had no room.
    turned_away: usize,
}

impl Queue {
    pub(crate) fn of(view: &View<'_>) -> Outcome<Self> {
        // Triggers count what comes and goes.
        let sql = "SELECT nullif(webhook_id, 0), deliveries, bytes FROM webhook_queue";
        let mut statement = view.sql().prepare_cached(sql)?;
        let of = statement.query_map([], |row| {
            let (deliveries, bytes) = (row.get(1)?, row.get(2)?);
            Ok((row.get(0)?, Load { deliveries, bytes }))
        })?;
        let of = of.collect::<Result<HashMap<_, Load>, _>>()?;
        let all = Load {
            deliveries: of.values().map(|it| it.deliveries).sum(),
            bytes: of.values().map(|it| it.bytes).sum(),
        };
        Ok(Self {
            all,
            of,
            turned_away: 0,
        })
    }

    /// Adds a delivery. Where there is no room, it is logged as one that failed: a full queue is no reason to refuse the
    /// change that it is about.
    pub(crate) fn add(
        &mut self,
        edit: &mut Edit<'_>,
        new: &NewDelivery<'_>,
        sign: impl FnOnce() -> Option<String>,
    ) -> Outcome<()> {
        let now = stamp(edit.now());
        let (id, bytes) = (new.purpose.webhook_id(), new.body.len());
        if let Some(problem) = self.problem(id, bytes) {
            self.turned_away += 1;
            // The log forgets more than these, so they are not written down in the first place.
            if self.turned_away > MOST_DONE {
                return Ok(());
            }
            let attempt = Attempt {
                at: now.clone(),
                status: None,
                answer: String::new(),
                problem: Some(problem.to_owned()),
            };
            // A body that was too long is not kept either, and so has no signature.
            let new = NewDelivery { body: "", ..*new };
            return new.insert(edit, None, Status::Failed, &now, &[attempt]);
        }
        new.insert(edit, sign().as_deref(), Status::Waiting, &now, &[])?;
        self.all = self.all.with(bytes);
        self.of.insert(id, self.one(id).with(bytes));
        Ok(())
    }

    fn one(&self, webhook_id: Option<i64>) -> Load {
        self.of.get(&webhook_id).copied().unwrap_or_default()
    }

    /// Why there is no room for one more delivery, if there is none. A receiver that does not answer takes no room from the
    /// others beyond its bound, and many of them leave each its share.
    fn problem(&self, webhook_id: Option<i64>, bytes: usize) -> Option<&'static str> {
        let (all, one) = (self.all.with(bytes), self.one(webhook_id).with(bytes));
        if bytes > RECORD_BYTES {
            Some("not sent: the body is longer than a record can be")
        } else if !one.is_within(MOST_OF_ONE) {
            Some("not sent: more deliveries of this webhook wait than are kept")
        } else if !all.is_within(MOST) && !one.is_within(SHARE) {
            Some("not sent: more deliveries wait than are kept")
        } else {
            None
        }
    }
}

impl NewDelivery<'_> {
    fn insert(
        &self,
        edit: &Edit<'_>,
        signature: Option<&str>,
        status: Status,
        now: &str,
        attempts: &[Attempt],
    ) -> Outcome<()> {
        let id = edit.next_number("webhook_delivery", 1)?;
        let due_at = (status == Status::Waiting).then(|| self.due_at.unwrap_or(now));
        edit.run(
            "INSERT INTO webhook_delivery
                 (id, webhook_id, bulk_request_id, event_id, action, url, signature, body,
                   created_at, status, tries, due_at, attempts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?11, ?12)",
            (
                id,
                self.purpose.webhook_id(),
                self.purpose.bulk_request_id(),
                uuid()?,
                self.action,
                self.url,
                signature,
                self.body,
                now,
                status.word(),
                due_at,
                to_json(attempts)?,
            ),
        )?;
        Ok(())
    }
}

impl Delivery {
    pub(crate) fn find(view: &View<'_>, id: i64) -> Outcome<Option<Self>> {
        Ok(Self::select(view, COLUMNS, "id = ?1", [id])?.pop())
    }

    /// The latest ones, the oldest of them first.
    pub(crate) fn latest(view: &View<'_>) -> Outcome<Vec<Self>> {
        let mut latest =
            Self::select(view, COLUMNS, "true ORDER BY id DESC LIMIT ?1", [MOST_DONE])?;
        latest.reverse();
        Ok(latest)
    }

    /// The latest ones without their bodies, the oldest of them first.
    pub(crate) fn listed(view: &View<'_>) -> Outcome<Vec<Self>> {
        let columns = COLUMNS.replace("body", "''");
        let condition = "true ORDER BY id DESC LIMIT ?1";
        let mut latest = Self::select(view, &columns, condition, [MOST_DONE])?;
        latest.reverse();
        Ok(latest)
    }

    /// Those that are due, a few of each webhook and a few callbacks.
    pub(crate) fn due(view: &View<'_>) -> Outcome<Due> {
        let now = stamp(view.now());
        // What waits for a receiver that does not answer keeps no other one waiting.
        let sql = "SELECT due.id, due.webhook_id, due.due_at FROM webhook
                    JOIN webhook_delivery AS due ON due.id IN
                       (SELECT it.id FROM webhook_delivery AS it
                        WHERE it.webhook_id = webhook.id AND it.due_at <= ?1
                          ORDER BY it.due_at, it.id LIMIT ?2)
                   UNION ALL
                   SELECT * FROM
                       (SELECT it.id, it.webhook_id, it.due_at FROM webhook_delivery AS it
                        WHERE it.webhook_id IS NULL AND it.due_at <= ?1 ORDER BY it.due_at, it.id
                          LIMIT ?2)
                   ORDER BY 3, 1";
        let mut statement = view.sql().prepare_cached(sql)?;
        let due = statement.query_map((&now, MOST_TO_ONE * 2), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let due = due.collect::<Result<_, _>>()?;
        let sql = "SELECT min(due_at) FROM webhook_delivery WHERE due_at > ?1";
        let next = view.value::<Option<String>>(sql, [&now])?.flatten();
        Ok(Due { ids: due, next })
    }

    /// The ping of a webhook that is still to be sent.
    pub(crate) fn pending_ping(view: &View<'_>, webhook_id: i64) -> Outcome<Option<i64>> {
        let sql = "SELECT id FROM webhook_delivery WHERE webhook_id = ?1 AND action = ?2 \
                   AND due_at IS NOT NULL LIMIT 1";
        view.value(sql, (webhook_id, PING))
    }

    fn select(
        view: &View<'_>,
        columns: &str,
        condition: &str,
        parameters: impl rusqlite::Params,
    ) -> Outcome<Vec<Self>> {
        let sql = format!("SELECT {columns} FROM webhook_delivery WHERE {condition}");
        let mut statement = view.sql().prepare_cached(&sql)?;
        let rows = statement.query_map(parameters, Self::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (status, attempts): (String, String) = (row.get(8)?, row.get(11)?);
        Ok(Self {
            id: row.get(0)?,
            purpose: Purpose::read(row)?,
            event_id: row.get(3)?,
            action: row.get(4)?,
            url: row.get(5)?,
            signature: row.get(6)?,
            body: row.get(7)?,
            status: Status::of(&status),
            tries: row.get(9)?,
            due_at: row.get(10)?,
            // Nothing else is written there.
            attempts: serde_json::from_str(&attempts).unwrap_or_default(),
        })
    }

    fn save(&self, edit: &Edit<'_>) -> Outcome<()> {
        edit.run(
            "UPDATE webhook_delivery SET status = ?2, tries = ?3, due_at = ?4, attempts = ?5 \
             WHERE id = ?1",
            (
                self.id,
                self.status.word(),
                self.tries,
                &self.due_at,
                to_json(&self.attempts)?,
            ),
        )?;
        Ok(())
    }

    /// Writes down what came of an attempt, and when the next one is.
    pub(crate) fn tried(
        mut self,
        edit: &mut Edit<'_>,
        attempt: Attempt,
        is_delivered: bool,
    ) -> Outcome<()> {
        let now = edit.now();
        let attempts = match self.purpose {
            Purpose::Webhook(id) => edit.find(&WEBHOOK, id)?,
            Purpose::BulkRequest(_) => None,
        };
        let attempts = attempts.map_or(MOST_ATTEMPTS, |it: Webhook| it.max_attempts);
        let answered = attempt.status;
        self.tries += 1;
        self.attempts.push(attempt);
        let excess = self.attempts.len().saturating_sub(MOST_REMEMBERED);
        self.attempts.drain(..excess);
        let may_follow = self.action != PING && self.tries < attempts;
        let wait = usize::try_from(self.tries - 1)
            .ok()
            .and_then(|it| WAITS.get(it));
        let wait = wait
            .filter(|_| may_follow)
            .map(|wait| TimeDelta::minutes(*wait));
        let next = wait.and_then(|wait| now.checked_add_signed(wait));
        (self.status, self.due_at) = match (is_delivered, next) {
            (true, _) => (Status::Delivered, None),
            (false, Some(next)) => (Status::Waiting, Some(stamp(next))),
            (false, None) => (Status::Failed, None),
        };
        self.save(edit)?;
        match self.purpose {
            Purpose::Webhook(id) if self.action == PING => {
                if !is_delivered && edit.exists(&WEBHOOK, id)? {
                    set_deactivated(edit, id, true)?;
                }
            }
            Purpose::Webhook(id) if is_delivered => {
                let sql = "UPDATE webhook SET state = json_set(state, '$.last_delivered', ?2) \
                           WHERE id = ?1";
                edit.run(sql, (id, stamp(now)))?;
            }
            Purpose::Webhook(_) => {}
            // The job may be forgotten by now.
            Purpose::BulkRequest(id) => {
                if let Some(mut job) = edit.find::<Job>(&BULK_REQUEST, id)? {
                    job.callback_status = answered;
                    edit.save(&BULK_REQUEST, id, &job)?;
                }
            }
        }
        forget_old(edit)
    }

    /// Makes it due once more, with all its attempts.
    pub(crate) fn again(mut self, edit: &mut Edit<'_>) -> Outcome<()> {
        self.tries = 0;
        self.status = Status::Waiting;
        self.due_at = Some(stamp(edit.now()));
        self.save(edit)
    }
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "delivered" => Self::Delivered,
            "failed" => Self::Failed,
            _ => Self::Waiting,
        }
    }
}

/// Forgets what waits to be delivered by a webhook.
pub(super) fn withdraw(edit: &Edit<'_>, webhook_id: i64) -> Outcome<()> {
    let sql = "DELETE FROM webhook_delivery WHERE webhook_id = ?1 AND due_at IS NOT NULL";
    edit.run(sql, [webhook_id])?;
    Ok(())
}

/// Forgets the oldest of those that wait for nothing.
pub(crate) fn forget_old(edit: &Edit<'_>) -> Outcome<()> {
    let sql = "DELETE FROM webhook_delivery WHERE id IN
                   (SELECT id FROM webhook_delivery WHERE due_at IS NULL ORDER BY id DESC
                     LIMIT -1 OFFSET ?1)";
    edit.run(sql, [MOST_DONE])?;
    Ok(())
}

fn to_json(attempts: &[Attempt]) -> Outcome<String> {
    serde_json::to_string(attempts).map_err(|error| broken(format!("attempts: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::domain::migrations::MIGRATIONS;
    use crate::store::{Presentations, Schema, Store, StoredText};

    fn store() -> Store {
        let face = Presentations::of("test", StoredText::NOWHERE, []);
        let schema = Schema::of([], [face], MIGRATIONS);
        Store::open(None, schema, Clock::default(), None, |_| Ok(())).unwrap()
    }

    /// Adds deliveries of a webhook, and says how many found room.
    fn add(edit: &mut Edit<'_>, webhook_id: i64, count: usize, bytes: usize) -> usize {
        let mut queue = Queue::of(edit).unwrap();
        let before = queue.all.deliveries;
        let body = "x".repeat(bytes);
        for _ in 0..count {
            let new = NewDelivery {
                purpose: Purpose::Webhook(webhook_id),
                action: "hire_candidate",
                url: "http://127.0.0.1:1/",
                body: &body,
                due_at: None,
            };
            queue.add(edit, &new, || None).unwrap();
        }
        queue.all.deliveries - before
    }

    #[test]
    fn one_webhook_takes_its_part_of_the_queue_and_many_leave_each_its_share() {
        store()
            .write(|edit| {
                assert_eq!(add(edit, 1, 1_005, 0), 1_000);
                assert_eq!(add(edit, 1, 1, 0), 0);
                assert_eq!(add(edit, 2, 9, 1 << 20), 8);
                for webhook in 3..=9 {
                    assert_eq!(add(edit, webhook, 9, 1 << 20), 8);
                }
                // All is full now.
                assert_eq!(add(edit, 10, 1, 512 << 10), 0);
                for webhook in [10, 11] {
                    assert_eq!(add(edit, webhook, 60, 100), 50);
                }
                // Once something was delivered there is room again.
                let sql = "UPDATE webhook_delivery SET due_at = NULL WHERE webhook_id = 3";
                edit.run(sql, [])?;
                assert_eq!(add(edit, 10, 1, 512 << 10), 1);
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn what_waits_is_counted_whatever_becomes_of_it() {
        let counted = |edit: &Edit<'_>| {
            let queue = Queue::of(edit).unwrap();
            let sql = "SELECT json_array(count(*), coalesce(sum(octet_length(body)), 0))
                       FROM webhook_delivery WHERE due_at IS NOT NULL";
            let waiting: Option<String> = edit.value(sql, []).unwrap();
            let known = format!("[{},{}]", queue.all.deliveries, queue.all.bytes);
            assert_eq!(Some(known), waiting);
            (queue.all.deliveries, queue.of.len())
        };
        store()
            .write(|edit| {
                for webhook in 1..=3 {
                    add(edit, webhook, 5, 7);
                }
                assert_eq!(counted(edit), (15, 3));
                let attempt = |status| Attempt {
                    at: stamp(edit.now()),
                    status: Some(status),
                    answer: String::new(),
                    problem: None,
                };
                let (good, bad) = (attempt(200), attempt(500));
                let find = |edit: &Edit<'_>, id| Delivery::find(edit, id).unwrap().unwrap();
                find(edit, 1).tried(edit, bad, false)?;
                assert_eq!(counted(edit), (15, 3));
                find(edit, 1).tried(edit, good, true)?;
                assert_eq!(counted(edit), (14, 3));
                find(edit, 1).again(edit)?;
                assert_eq!(counted(edit), (15, 3));
                withdraw(edit, 2)?;
                assert_eq!(counted(edit), (10, 2));
                edit.clear(&[])?;
                assert_eq!(counted(edit), (0, 0));
                Ok(())
            })
            .unwrap();
    }
}
