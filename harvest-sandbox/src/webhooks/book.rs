//! Books about webhooks and deliveries.

use std::collections::{BTreeMap, VecDeque};

use chrono::TimeDelta;

use super::delivery::{Attempt, Delivery, DeliveryState};
use super::payload::Signed;
use super::send::{Request, Sent};
use super::webhook::Hook;
use super::{NewWebhook, Target, Webhook, WebhookError};
use crate::clock::{Moment, stamp};

/// How many webhooks there can be.
const MOST_WEBHOOKS: usize = 100;

/// How many deliveries are remembered.
const MOST_DELIVERIES: usize = 200;

/// The documented waits after each attempt that failed, in minutes: seven attempts in all.
const WAITS: [i64; 6] = [1, 15, 60, 120, 240, 480];

/// The only status that is a success.
const SUCCESS: u16 = 200;

#[derive(Default)]
pub(super) struct Book {
    hooks: BTreeMap<i64, Hook>,
    deliveries: VecDeque<Entry>,
    last_webhook: i64,
    last_delivery: i64,
}

/// A delivery with what is needed to send it.
struct Entry {
    shown: Delivery,
    target: Target,
    signed: Signed,
    /// When it is due.
    due: Option<Moment>,
    /// A ping is not repeated.
    repeats: bool,
    /// Attempts since it was last asked for.
    tries: usize,
    is_on_its_way: bool,
}

impl Book {
    pub(super) fn add(
        &mut self,
        new: NewWebhook,
        target: Target,
        now: Moment,
    ) -> Result<i64, WebhookError> {
        if self.hooks.len() >= MOST_WEBHOOKS {
            return Err(WebhookError::TooMany {
                limit: MOST_WEBHOOKS,
            });
        }
        self.last_webhook += 1;
        let id = self.last_webhook;
        let shown = Webhook {
            id,
            name: new.name,
            url: new.url,
            action: new.action,
            active: false,
            created_at: stamp(now),
            updated_at: stamp(now),
        };
        let hook = Hook {
            shown,
            secret: new.secret,
            target,
        };
        self.hooks.insert(id, hook);
        Ok(id)
    }

    pub(super) fn find(&self, id: i64) -> Result<&Hook, WebhookError> {
        self.hooks.get(&id).ok_or(WebhookError::Unknown { id })
    }

    pub(super) fn set_active(
        &mut self,
        id: i64,
        is_active: bool,
        now: Moment,
    ) -> Result<Webhook, WebhookError> {
        let hook = self.hooks.get_mut(&id);
        let hook = hook.ok_or(WebhookError::Unknown { id })?;
        hook.shown.active = is_active;
        hook.shown.updated_at = stamp(now);
        Ok(hook.shown.clone())
    }

    pub(super) fn clear(&mut self) {
        self.hooks.clear();
        self.deliveries.clear();
    }

    pub(super) fn webhooks(&self) -> Vec<Webhook> {
        self.hooks.values().map(|hook| hook.shown.clone()).collect()
    }

    pub(super) fn active_for(&self, action: &str) -> Vec<i64> {
        let hooks = self.hooks.values().map(|hook| &hook.shown);
        let active = hooks.filter(|hook| hook.active && hook.action == action);
        active.map(|hook| hook.id).collect()
    }

    /// Adds a delivery, which is due at once if it is one that is repeated. Of many, the oldest that waits for nothing is forgotten.
    pub(super) fn deliver(
        &mut self,
        webhook_id: i64,
        action: &str,
        signed: Signed,
        due: Option<Moment>,
    ) -> Result<i64, WebhookError> {
        if self.deliveries.len() >= MOST_DELIVERIES {
            let mut entries = self.deliveries.iter();
            let oldest = entries.position(|it| it.due.is_none() && !it.is_on_its_way);
            let oldest = oldest.ok_or(WebhookError::TooMany {
                limit: MOST_DELIVERIES,
            })?;
            self.deliveries.remove(oldest);
        }
        let hook = self.find(webhook_id)?;
        let (url, target) = (hook.shown.url.clone(), hook.target.clone());
        self.last_delivery += 1;
        let shown = Delivery {
            id: self.last_delivery,
            webhook_id,
            action: action.to_owned(),
            url,
            signature: signed.signature.clone(),
            // It is ASCII.
            body: String::from_utf8_lossy(&signed.body).into_owned(),
            attempts: Vec::new(),
            state: DeliveryState::Waiting,
            next_at: due.map(stamp),
        };
        self.deliveries.push_back(Entry {
            shown,
            target,
            signed,
            due,
            repeats: due.is_some(),
            tries: 0,
            is_on_its_way: false,
        });
        Ok(self.last_delivery)
    }

    pub(super) fn deliveries(&self) -> Vec<Delivery> {
        self.deliveries.iter().map(|it| it.shown.clone()).collect()
    }

    /// The deliveries that are due.
    pub(super) fn due(&self, now: Moment) -> Vec<i64> {
        let due = self.deliveries.iter().filter(|it| !it.is_on_its_way);
        let due = due.filter(|it| it.due.is_some_and(|due| due <= now));
        due.map(|it| it.shown.id).collect()
    }

    /// Whether anything waits for its time.
    pub(super) fn is_waiting(&self) -> bool {
        self.deliveries.iter().any(|it| it.due.is_some())
    }

    pub(super) fn is_delivered(&self, id: i64) -> bool {
        let found = self.deliveries.iter().find(|it| it.shown.id == id);
        found.is_some_and(|it| it.shown.state == DeliveryState::Delivered)
    }

    /// Takes a delivery for an attempt, unless another one is being made.
    pub(super) fn begin(&mut self, id: i64) -> Option<(Target, Request)> {
        let entry = self.entry(id).ok()?;
        if std::mem::replace(&mut entry.is_on_its_way, true) {
            return None;
        }
        entry.due = None;
        entry.shown.next_at = None;
        entry.tries += 1;
        let request = Request {
            event_id: id,
            signed: entry.signed.clone(),
        };
        Some((entry.target.clone(), request))
    }

    /// Writes down what came of an attempt, and when the next one is.
    pub(super) fn end(&mut self, id: i64, at: String, result: Result<Sent, String>, now: Moment) {
        let Ok(entry) = self.entry(id) else {
            return;
        };
        let (status, answer, problem) = match result {
            Ok(sent) => (Some(sent.status), sent.answer, None),
            Err(problem) => (None, String::new(), Some(problem)),
        };
        entry.is_on_its_way = false;
        entry.shown.attempts.push(Attempt {
            at,
            status,
            answer,
            problem,
        });
        let wait = WAITS.get(entry.tries.saturating_sub(1));
        let wait = wait.filter(|_| entry.repeats);
        let next = wait.and_then(|wait| now.checked_add_signed(TimeDelta::minutes(*wait)));
        (entry.shown.state, entry.due) = match (status, next) {
            (Some(SUCCESS), _) => (DeliveryState::Delivered, None),
            (_, Some(next)) => (DeliveryState::Waiting, Some(next)),
            (_, None) => (DeliveryState::Failed, None),
        };
        entry.shown.next_at = entry.due.map(stamp);
    }

    /// Makes a delivery due once more.
    pub(super) fn again(&mut self, id: i64, now: Moment) -> Result<(), WebhookError> {
        let entry = self.entry(id)?;
        if entry.is_on_its_way {
            return Err(WebhookError::OnItsWay { id });
        }
        entry.tries = 0;
        entry.repeats = true;
        entry.due = Some(now);
        entry.shown.state = DeliveryState::Waiting;
        entry.shown.next_at = Some(stamp(now));
        Ok(())
    }

    fn entry(&mut self, id: i64) -> Result<&mut Entry, WebhookError> {
        let mut entries = self.deliveries.iter_mut();
        let found = entries.find(|it| it.shown.id == id);
        found.ok_or(WebhookError::Unknown { id })
    }
}
