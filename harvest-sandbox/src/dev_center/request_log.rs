//! The requests that the API has had, as an administrator sees them.
//!
//! It tells more than [`LoggedRequest`](crate::LoggedRequest), which is for tests and may be printed: the path with the ids
//! in it, whose key it was, who acted and why it was refused. Queries and bodies may hold anything about anybody, so they
//! are kept only while an administrator wants them. Headers, and with them keys, are never kept. Nothing of it is written
//! to disk, and nothing is kept longer than 2 KB, or 32 KB of a body.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::http::{Method, StatusCode};
use chrono::Utc;

use crate::clock::{Moment, stamp};
use crate::cut::{LINE, cut};
use crate::json::Value;
use crate::pipeline::{Answered, Incoming};

/// How many requests are remembered, the latest.
const REMEMBERED: usize = 1_000;
/// Of how many of these, again the latest, the content is kept if it is wanted.
const WITH_CONTENT: usize = 100;
/// Longer bodies are cut off, in bytes.
const LONGEST: usize = 32 << 10;

/// The latest requests.
#[derive(Clone, Default)]
pub(crate) struct RequestLog(Arc<Shared>);

#[derive(Default)]
struct Shared {
    lines: Mutex<VecDeque<Line>>,
    keep_content: AtomicBool,
    /// The number of the last request before those that are remembered.
    forgotten: AtomicU64,
}

/// One request.
#[derive(Clone)]
pub(crate) struct Line {
    /// Counts all requests, from 1.
    pub(crate) number: u64,
    pub(crate) at: Moment,
    pub(crate) method: String,
    /// As it was sent, without the query.
    pub(crate) path: String,
    /// The key that came with it, if it is one of ours.
    pub(crate) key_id: Option<i64>,
    /// The user that it named in `On-Behalf-Of`, whether there is such a user or not.
    pub(crate) user_id: Option<i64>,
    /// What was sent. None if the connection was cut, the client gave up, or there is no answer yet.
    pub(crate) status: Option<StatusCode>,
    /// Why it was refused.
    pub(crate) reason: Option<String>,
    /// How long it took.
    pub(crate) milliseconds: Option<u128>,
    pub(crate) content: Option<Arc<Content>>,
}

/// What was in a request and in its answer.
pub(crate) struct Content {
    pub(crate) query: String,
    pub(crate) request: String,
    pub(crate) answer: String,
}

/// A request on its way.
pub(crate) struct Trace {
    log: RequestLog,
    number: u64,
    arrived: Instant,
}

impl RequestLog {
    pub(crate) fn arrived(&self, method: &Method, path: &str) -> Trace {
        let mut lines = self.lines();
        let last = lines.back().map(|line| line.number);
        let last = last.unwrap_or_else(|| self.0.forgotten.load(Ordering::Relaxed));
        let number = last + 1;
        if lines.len() >= REMEMBERED {
            lines.pop_front();
        }
        lines.push_back(Line {
            number,
            at: Utc::now(),
            method: cut(method.as_str(), LINE),
            path: cut(path, LINE),
            key_id: None,
            user_id: None,
            status: None,
            reason: None,
            milliseconds: None,
            content: None,
        });
        Trace {
            log: self.clone(),
            number,
            arrived: Instant::now(),
        }
    }

    /// So many of them, latest first, after leaving out some.
    pub(super) fn latest(&self, skipped: usize, count: usize) -> Vec<Line> {
        let lines = self.lines();
        lines
            .iter()
            .rev()
            .skip(skipped)
            .take(count)
            .cloned()
            .collect()
    }

    pub(super) fn count(&self) -> usize {
        self.lines().len()
    }

    /// The request with this number, unless it was forgotten.
    pub(super) fn find(&self, number: u64) -> Option<Line> {
        let lines = self.lines();
        let place = place(&lines, number)?;
        lines.get(place).cloned()
    }

    /// Forgets all of them. Numbers go on.
    pub(crate) fn clear(&self) {
        let mut lines = self.lines();
        let last = lines.back().map(|line| line.number);
        lines.clear();
        if let Some(last) = last {
            self.0.forgotten.store(last, Ordering::Relaxed);
        }
    }

    pub(super) fn keeps_content(&self) -> bool {
        self.0.keep_content.load(Ordering::Relaxed)
    }

    /// Says whether the content of requests is wanted. If not, what was kept is forgotten.
    pub(super) fn keep_content(&self, keep: bool) {
        let mut lines = self.lines();
        self.0.keep_content.store(keep, Ordering::Relaxed);
        if !keep {
            for line in lines.iter_mut() {
                line.content = None;
            }
        }
    }

    fn lines(&self) -> MutexGuard<'_, VecDeque<Line>> {
        // Nothing panics while it is held.
        self.0.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Trace {
    /// What the sandbox made of the request.
    pub(crate) fn understood(&self, request: &Incoming, answered: &Answered) {
        let reply = &answered.reply;
        let refused = reply.status.is_client_error() || reply.status.is_server_error();
        // It may name what the client sent, such as a property that is not known.
        let reason = refused.then(|| reply.words()).flatten();
        let reason = reason.map(|reason| cut(&reason, LINE));
        let content = self.log.keeps_content().then(|| {
            Arc::new(Content {
                query: cut(&request.query, LINE),
                request: shown(&request.body),
                answer: shown(&reply.body),
            })
        });
        self.write(|line| {
            line.key_id = answered.key_id;
            line.user_id = answered.user_id;
            line.status = Some(reply.status);
            line.reason = reason;
        });
        if content.is_some() {
            self.keep(content);
        }
    }

    /// What was sent, if anything was. It is something else than was understood if a fault got in between.
    pub(crate) fn answered(&self, status: Option<StatusCode>) {
        let milliseconds = self.arrived.elapsed().as_millis();
        self.write(|line| {
            line.milliseconds = Some(milliseconds);
            if line.status != status {
                line.status = status;
                line.reason = Some("A fault that was asked for".to_owned());
            }
        });
    }

    fn write(&self, change: impl FnOnce(&mut Line)) {
        let mut lines = self.log.lines();
        if let Some(place) = place(&lines, self.number)
            && let Some(line) = lines.get_mut(place)
        {
            change(line);
        }
    }

    fn keep(&self, content: Option<Arc<Content>>) {
        let mut lines = self.log.lines();
        let Some(place) = place(&lines, self.number) else {
            return;
        };
        // It may have been switched off in the meantime.
        if self.log.keeps_content()
            && let Some(line) = lines.get_mut(place)
        {
            line.content = content;
        }
        let last = lines.len().saturating_sub(WITH_CONTENT);
        for line in lines.iter_mut().take(last) {
            line.content = None;
        }
    }
}

impl Line {
    /// The time of day, to the second.
    pub(super) fn time(&self) -> String {
        self.at.format("%H:%M:%S").to_string()
    }

    /// In full.
    pub(super) fn stamp(&self) -> String {
        stamp(self.at)
    }
}

/// Where in the log the request with this number is. Numbers have no gaps.
fn place(lines: &VecDeque<Line>, number: u64) -> Option<usize> {
    let first = lines.front()?.number;
    let place = usize::try_from(number.checked_sub(first)?).ok()?;
    (place < lines.len()).then_some(place)
}

/// JSON in lines, and anything else as it is, as is JSON that is too long to be shown: in lines it may be a hundred times
/// as long.
fn shown(body: &[u8]) -> String {
    let begin = &body[..body.len().min(LONGEST + 1)];
    let text = match serde_json::from_slice::<Value>(begin) {
        Ok(value) => format!("{value:#}"),
        Err(_) => String::from_utf8_lossy(begin).into_owned(),
    };
    cut(&text, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_remembered() {
        let log = RequestLog::default();
        let first = log.arrived(&Method::GET, "/first");
        let second = log.arrived(&Method::PUT, "/second");
        for _ in 1..REMEMBERED {
            log.arrived(&Method::POST, "/others");
        }
        first.answered(Some(StatusCode::OK));
        second.answered(Some(StatusCode::NO_CONTENT));
        assert_eq!(log.count(), REMEMBERED);
        assert!(log.find(1).is_none() && log.find(0).is_none());
        let second = log.find(2).unwrap();
        assert_eq!(
            (second.path.as_str(), second.status),
            ("/second", Some(StatusCode::NO_CONTENT))
        );
        assert_eq!(log.latest(0, 1)[0].number, log.latest(1, 1)[0].number + 1);
        assert_eq!(log.latest(REMEMBERED - 1, 5).len(), 1);
        assert!(log.find(u64::MAX).is_none());
    }

    #[test]
    fn long_lines_are_cut() {
        let log = RequestLog::default();
        let method = Method::from_bytes("M".repeat(60_000).as_bytes()).unwrap();
        log.arrived(&method, &format!("/{}", "p".repeat(60_000)));
        let line = log.find(1).unwrap();
        assert_eq!((line.method.len(), line.path.len()), (LINE, LINE));
    }

    #[test]
    fn long_bodies_are_cut_between_characters() {
        assert_eq!(shown(br#"{"a":1}"#), "{\n  \"a\": 1\n}");
        let long = "é".repeat(LONGEST);
        let shown = shown(long.as_bytes());
        assert!(shown.len() <= LONGEST && shown.ends_with("é…"));
    }
}
