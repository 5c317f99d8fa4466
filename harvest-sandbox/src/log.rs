//! Which requests a sandbox has had.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::http::{Method, StatusCode};
use serde::Serialize;

use crate::cut::{LINE, cut};
use crate::fault::Effect;

/// How many requests are remembered, the latest. A sandbox that runs for weeks is not to fill the memory.
const REMEMBERED: usize = 100_000;

/// A request that a sandbox has had: what became of it, and no word of what was in it. There are neither keys nor ids,
/// filters or bodies in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LoggedRequest {
    /// The id of the operation. `None` for an address that the document does not have.
    pub operation: Option<String>,
    /// The HTTP method. One of more than 2 KB is cut.
    pub method: String,
    /// The status that was sent. `None` if there was none: the connection was reset, the client gave up, or there is
    /// no answer yet.
    pub status: Option<u16>,
    /// Whether the service did what was asked. It may have, whatever the client was told.
    pub acted: bool,
    /// The faults that had an effect on it, in order.
    pub faults: Vec<Effect>,
}

/// The latest requests, in the order in which they arrived.
#[derive(Clone, Default)]
pub(crate) struct Log {
    requests: Arc<Mutex<Inner>>,
    /// Whether each is written to standard error, too.
    echo: bool,
}

#[derive(Default)]
struct Inner {
    requests: VecDeque<LoggedRequest>,
    /// How many went before the first of them.
    gone: u64,
}

/// The place of a request in the log, to write down what becomes of it.
pub(crate) struct Entry {
    log: Log,
    arrived: Instant,
    number: u64,
}

impl Log {
    /// One that writes to standard error what becomes of each request, if `echo` says so.
    pub(crate) fn echoing(echo: bool) -> Self {
        Self {
            echo,
            ..Self::default()
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Nothing panics while it is held.
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn arrived(&self, operation: Option<&str>, method: &Method) -> Entry {
        let mut inner = self.inner();
        inner.requests.push_back(LoggedRequest {
            operation: operation.map(str::to_owned),
            method: cut(method.as_str(), LINE),
            status: None,
            acted: false,
            faults: Vec::new(),
        });
        if inner.requests.len() > REMEMBERED {
            inner.requests.pop_front();
            inner.gone += 1;
        }
        Entry {
            log: self.clone(),
            arrived: Instant::now(),
            number: inner.gone + inner.requests.len() as u64 - 1,
        }
    }

    pub(crate) fn all(&self) -> Vec<LoggedRequest> {
        self.inner().requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        let mut inner = self.inner();
        inner.gone += inner.requests.len() as u64;
        inner.requests.clear();
    }
}

impl Entry {
    /// Forgotten requests are left alone.
    fn write(&self, change: impl FnOnce(&mut LoggedRequest)) {
        let mut inner = self.log.inner();
        let place = self
            .number
            .checked_sub(inner.gone)
            .and_then(|place| usize::try_from(place).ok());
        if let Some(request) = place.and_then(|place| inner.requests.get_mut(place)) {
            change(request);
        }
    }

    pub(crate) fn acted(&self) {
        self.write(|request| request.acted = true);
    }

    pub(crate) fn answered(&self, status: StatusCode) {
        self.write(|request| {
            request.status = Some(status.as_u16());
            if self.log.echo {
                let operation = request.operation.as_deref().unwrap_or("-");
                let time = self.arrived.elapsed().as_millis();
                eprintln!(
                    "{} {operation} {} {time} ms",
                    request.method,
                    status.as_str()
                );
            }
        });
    }

    pub(crate) fn hit(&self, effect: &Effect) {
        self.write(|request| request.faults.push(effect.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_remembered() {
        let log = Log::default();
        let first = log.arrived(None, &Method::GET);
        let second = log.arrived(Some("b"), &Method::PUT);
        for _ in 1..REMEMBERED {
            log.arrived(Some("c"), &Method::POST);
        }
        // The first was forgotten, and the second is still written to its own line.
        first.acted();
        second.answered(StatusCode::NO_CONTENT);
        let all = log.all();
        assert_eq!(all.len(), REMEMBERED);
        assert_eq!(
            (all[0].operation.as_deref(), all[0].status, all[0].acted),
            (Some("b"), Some(204), false)
        );
        assert!(all[1..].iter().all(|request| request.status.is_none()));

        log.clear();
        second.acted();
        assert!(log.all().is_empty());
        log.arrived(None, &Method::GET).acted();
        assert!(log.all()[0].acted);
    }
}
