//! The ledger under a key of a server, as one process sees it.

use std::sync::Mutex;
use std::time::Duration;

use redis::aio::ConnectionManager;
use redis::{ErrorKind, RedisError, Script};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex as AsyncMutex;
use tokio::time::{Instant, timeout};

use super::ANSWER;
use crate::RateWindow;
use crate::limit::ledger::{Ledger, Ticket};
use crate::limit::moment::{Clock, Moment};
use crate::limit::outcome::Outcome;
use crate::limit::{Unbooked, lock};

/// The server's clock, which process of it runs, and what it keeps: under which version, begun or continued under which of
/// its processes, and the ledger.
const READ: &str = "
local time = redis.call('TIME')
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local kept = redis.call('HMGET', KEYS[1], 'version', 'born', 'ledger')
return {tonumber(time[1]), tonumber(time[2]), run or '', kept[1], kept[2], kept[3]}
";
/// Puts another ledger in the place of that of a version, unless it is another one by now, or the server.
const SWAP: &str = "
local version = redis.call('HGET', KEYS[1], 'version') or ''
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
if version ~= ARGV[1] or run ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'born', ARGV[3], 'ledger', ARGV[4])
return 1
";
/// The version of the form in which it is kept.
const FORM: u32 = 1;
/// How often others may be quicker.
const MOST_TRIES: u32 = 200;

pub(in crate::limit) struct LedgerKey {
    connection: ConnectionManager,
    name: String,
    read: Script,
    swap: Script,
    /// What a new key begins with.
    beginning: Ledger,
    /// What the description says of windows.
    described: Mutex<Option<RateWindow>>,
    /// Tasks of this process queue here rather than for the server.
    door: AsyncMutex<()>,
    /// The server's clock, by its last answer.
    clock: Mutex<Clock>,
    /// The ledger as this process saw it last.
    seen: Mutex<Ledger>,
    /// Outcomes of requests that are not reported yet.
    notes: Mutex<Vec<(Ticket, Outcome)>>,
    /// Since when the server cannot be asked.
    away: Mutex<Option<Instant>>,
    /// When a call gave up last, and why.
    given_up: Mutex<Option<(Instant, Unbooked)>>,
}

/// What is under the key.
#[derive(Deserialize, Serialize)]
struct Kept<L> {
    harvest_limiter: u32,
    written: Moment,
    ledger: L,
}

/// The ledger as it was read.
struct Reading {
    ledger: Ledger,
    now: Moment,
    /// Empty if there was none.
    version: String,
    /// The process of the server.
    run: String,
    text: String,
}

impl LedgerKey {
    pub(super) fn new(connection: ConnectionManager, name: String, beginning: Ledger) -> Self {
        Self {
            connection,
            name,
            read: Script::new(READ),
            swap: Script::new(SWAP),
            described: Mutex::default(),
            door: AsyncMutex::default(),
            clock: Mutex::new(Clock::start()),
            seen: Mutex::new(beginning.clone()),
            beginning,
            notes: Mutex::default(),
            away: Mutex::default(),
            given_up: Mutex::default(),
        }
    }

    pub(in crate::limit) fn clock(&self) -> Clock {
        *lock(&self.clock)
    }

    /// Looks at the ledger without the server.
    pub(in crate::limit) fn look<T>(&self, at: impl FnOnce(&mut Ledger, Moment) -> T) -> T {
        let now = self.clock().now();
        at(&mut lock(&self.seen), now)
    }

    /// Windows begin by the clock, or not, by the word of the description: known to the ledger from the next change on.
    pub(in crate::limit) fn describe(&self, described: RateWindow) {
        *lock(&self.described) = Some(described);
    }

    /// Whether the server cannot be asked, and could not be for so long.
    pub(super) fn is_away_for(&self, time: Duration) -> bool {
        lock(&self.away).is_some_and(|since| since.elapsed() >= time)
    }

    /// A call waited for the server in vain. So did those that waited behind it.
    pub(super) fn give_up(&self, reason: Unbooked) {
        *lock(&self.given_up) = Some((Instant::now(), reason));
    }

    /// Why a call gave up that waited for the server before who has waited since then.
    pub(in crate::limit) fn given_up_since(&self, begun: Instant) -> Option<Unbooked> {
        let given_up = lock(&self.given_up).clone();
        given_up
            .filter(|(at, _)| *at >= begun)
            .map(|(_, reason)| reason)
    }

    /// Changes the ledger. The change is made again if another process was quicker.
    ///
    /// # Errors
    ///
    /// If the server cannot be asked, or keeps something else. Then nothing was changed, for all that is known.
    pub(in crate::limit) async fn update<T>(
        &self,
        change: impl Fn(&mut Ledger, Moment) -> T,
    ) -> Result<T, Unbooked> {
        let changed = self.try_update(change).await;
        let mut away = lock(&self.away);
        match &changed {
            Ok(_) => *away = None,
            Err(_) => {
                away.get_or_insert_with(Instant::now);
            }
        }
        changed
    }

    async fn try_update<T>(
        &self,
        change: impl Fn(&mut Ledger, Moment) -> T,
    ) -> Result<T, Unbooked> {
        let _door = self.door.lock().await;
        for _ in 0..MOST_TRIES {
            // They stay until they are reported: this future may be dropped.
            let notes = lock(&self.notes).clone();
            let mut read = self.read().await?;
            let (ledger, now) = (&mut read.ledger, read.now);
            if let Some(described) = *lock(&self.described) {
                ledger.align(described);
            }
            ledger.give_up(now);
            for (ticket, outcome) in &notes {
                // Their answers came before, so that the server's clock now is late enough.
                ledger.settled_here(ticket, *outcome, now);
            }
            let out = change(ledger, now);
            if self.swap(&read).await? {
                lock(&self.notes).drain(..notes.len());
                *lock(&self.seen) = read.ledger;
                return Ok(out);
            }
        }
        Err(Unbooked::new("others change it all the time"))
    }

    /// Keeps what became of a request for the next change.
    pub(in crate::limit) fn note(&self, ticket: Ticket, outcome: Outcome) {
        lock(&self.notes).push((ticket, outcome));
    }

    /// Reports the noted outcomes, if no other task did.
    pub(in crate::limit) async fn write_notes(&self) {
        let is_done = lock(&self.notes).is_empty();
        if !is_done {
            // What cannot be reported now is reported with the next change.
            let _ = self.update(|_, _| ()).await;
        }
    }

    async fn read(&self) -> Result<Reading, Unbooked> {
        type Answer = (
            u64,
            u64,
            String,
            Option<String>,
            Option<String>,
            Option<String>,
        );
        let mut connection = self.connection.clone();
        let invocation = self.read.key(&self.name);
        let answer = invocation.invoke_async::<Answer>(&mut connection);
        let (seconds, micros, run, version, born, kept) = answered(timeout(ANSWER, answer).await)?;
        let now = Moment::from(seconds.saturating_mul(1_000_000).saturating_add(micros));
        *lock(&self.clock) = Clock::Server(Instant::now(), now);
        let text = kept.unwrap_or_default();
        let kept = match serde_json::from_str::<Kept<Ledger>>(&text) {
            Ok(kept) if kept.harvest_limiter == FORM => Some(kept),
            Err(_) if text.is_empty() => None,
            _ => {
                return Err(Unbooked::new(
                    "its key holds something else, or is of another version of this library",
                ));
            }
        };
        let kept = kept.filter(|kept| kept.ledger.make_sense(kept.written));
        let is_continued = kept.is_some() && born.as_deref() == Some(run.as_str());
        let mut ledger = match kept {
            Some(mut kept) => {
                // If the clock was set back, no time has passed, for all we know.
                if now < kept.written {
                    kept.ledger.set_back(kept.written - now);
                }
                kept.ledger
            }
            None => self.beginning.clone(),
        };
        if !is_continued {
            ledger.hold(now);
        }
        Ok(Reading {
            ledger,
            now,
            version: version.unwrap_or_default(),
            run,
            text,
        })
    }

    /// Puts the ledger in the place of the one that was read. False if that is another one by now.
    async fn swap(&self, read: &Reading) -> Result<bool, Unbooked> {
        let unusable = |_| Unbooked::new("its ledger cannot be written");
        let text = serde_json::to_string(&Kept {
            harvest_limiter: FORM,
            written: read.now,
            ledger: &read.ledger,
        });
        let text = text.map_err(unusable)?;
        // By time alone: most often no call could be admitted.
        if without_time(&text) == without_time(&read.text) {
            return Ok(true);
        }
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| Unbooked::new("there are no random numbers"))?;
        let version = format!("{:x}", u128::from_ne_bytes(random));
        let mut connection = self.connection.clone();
        let mut invocation = self.swap.key(&self.name);
        invocation
            .arg(&read.version)
            .arg(version)
            .arg(&read.run)
            .arg(text);
        let answer = invocation.invoke_async::<u32>(&mut connection);
        Ok(answered(timeout(ANSWER, answer).await)? == 1)
    }
}

/// What is kept, but for when that was.
fn without_time(text: &str) -> Option<&str> {
    Some(text.split_once("\"ledger\":")?.1)
}

fn answered<T>(
    answer: Result<Result<T, RedisError>, tokio::time::error::Elapsed>,
) -> Result<T, Unbooked> {
    match answer {
        Ok(Ok(answer)) => Ok(answer),
        // Its text may repeat what was sent, or the URL.
        Ok(Err(error)) => Err(Unbooked::new(reason(&error))),
        Err(_) => Err(Unbooked::new("it does not answer in time")),
    }
}

/// What is wrong, without what the server said.
pub(super) fn reason(error: &RedisError) -> &'static str {
    match error.kind() {
        _ if error.is_timeout() => "it does not answer in time",
        ErrorKind::Io => "it cannot be reached",
        ErrorKind::AuthenticationFailed => "it refuses the password",
        ErrorKind::InvalidClientConfig => "its URL makes no sense",
        ErrorKind::Server(_) => "it refuses the scripts, or is not ready",
        _ => "it answers something else than Redis does",
    }
}
