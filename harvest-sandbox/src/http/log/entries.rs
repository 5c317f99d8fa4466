//! The entries of the log, oldest first.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::http::{Method, StatusCode};
use serde::Serialize;

use super::details::{Caller, Content, Details, Line};
use crate::http::Incoming;
use crate::http::cut::{LINE, cut};
use crate::http::fault::Effect;
use crate::http::notice::{LEFT_OUT, OVERLOOKED, notice};
use crate::http::reply::Reply;
use crate::store::Changes;

/// How many requests are remembered, the latest: a bound on memory for a sandbox that runs for weeks.
const REMEMBERED: usize = 100_000;
/// How many bytes they take at most, details apart. So many ordinary ones take half of it; a client can send methods of
/// any length, and a test can have a thousand faults hit each request.
const MOST_BYTES: usize = 32 << 20;
/// How many of the latest are remembered with details.
const WITH_DETAILS: usize = 1_000;
/// How many of the latest are remembered with queries and bodies, if these are kept.
const WITH_CONTENT: usize = 100;

/// A request that a sandbox has had: what became of it, and no value that was in it. There are neither keys nor ids, filters
/// or bodies in it.
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
    /// Whether the service did what was asked. It may have, whatever the client was answered.
    pub acted: bool,
    /// The faults that had an effect on it, in order.
    pub faults: Vec<Effect>,
    /// The mistakes in it that were overlooked, as the answer names them in `X-Sandbox-Overlooked`: `unknown property
    /// ofice_ids`. They are named by documented names and places, and by names of the client's own as far as these look like
    /// names of properties. None if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlooked: Option<String>,
    /// How many records a read left out, and why, as the answer says in `X-Sandbox-Left-Out`: the user whom `On-Behalf-Of` names
    /// may not see them. None if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<String>,
}

/// The latest requests, in the order in which they arrived.
#[derive(Clone, Default)]
pub(crate) struct Log {
    requests: Arc<Mutex<Inner>>,
    /// Whether each is written to standard error, too.
    echo: bool,
    /// Counts what is entered, completed and forgotten.
    pub(crate) changes: Changes,
}

#[derive(Default)]
struct Inner {
    requests: VecDeque<Request>,
    /// How many bytes they take, details apart.
    bytes: usize,
    /// How many were forgotten before the first of them.
    forgotten: u64,
    keeps_content: bool,
}

struct Request {
    summary: LoggedRequest,
    /// Of the latest only, and only if there are pages that show them.
    details: Option<Box<Details>>,
}

impl Request {
    /// How many bytes it takes, details apart: these have bounds of their own.
    fn bytes(&self) -> usize {
        let summary = &self.summary;
        size_of::<Self>()
            + summary.operation.as_ref().map_or(0, String::len)
            + summary.method.len()
            + summary.faults.len() * size_of::<Effect>()
            + summary.overlooked.as_ref().map_or(0, String::len)
            + summary.left_out.as_ref().map_or(0, String::len)
    }
}

/// The place of a request in the log, to write down what becomes of it.
pub(crate) struct Entry {
    log: Log,
    arrived: Instant,
    /// Counts all requests, from 1.
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

    pub(crate) fn arrived(&self, operation: Option<&str>, method: &Method, path: &str) -> Entry {
        let request = Request {
            summary: LoggedRequest {
                operation: operation.map(str::to_owned),
                method: cut(method.as_str(), LINE),
                status: None,
                acted: false,
                faults: Vec::new(),
                overlooked: None,
                left_out: None,
            },
            details: cfg!(feature = "dev-center").then(|| Box::new(Details::new(path))),
        };
        let number = self.inner().push(request);
        self.changes.happened();
        Entry {
            log: self.clone(),
            arrived: Instant::now(),
            number,
        }
    }

    /// All that are remembered, oldest first.
    pub(crate) fn all(&self) -> Vec<LoggedRequest> {
        let inner = self.inner();
        let summaries = inner.requests.iter().map(|request| &request.summary);
        summaries.cloned().collect()
    }

    /// Forgets all of them, in both views. Numbers go on.
    pub(crate) fn clear(&self) {
        let mut inner = self.inner();
        inner.forgotten += inner.requests.len() as u64;
        inner.requests.clear();
        inner.bytes = 0;
        self.changes.happened();
    }
}

/// The view of Dev Center.
impl Log {
    /// How many lines there are.
    pub(crate) fn count(&self) -> usize {
        self.inner().requests.len().min(WITH_DETAILS)
    }

    /// The lines that pass a test, latest first.
    pub(crate) fn lines(&self, test: impl Fn(&Line) -> bool) -> Vec<Line> {
        let inner = self.inner();
        let numbers = (inner.forgotten + 1..=inner.last()).rev();
        let lines = numbers.take(WITH_DETAILS);
        let lines = lines.filter_map(|number| inner.line(number));
        lines.filter(test).collect()
    }

    /// The line of the request with this number, unless it was forgotten.
    pub(crate) fn find(&self, number: u64) -> Option<Line> {
        self.inner().line(number)
    }

    pub(crate) fn keeps_content(&self) -> bool {
        self.inner().keeps_content
    }

    /// Says whether the content of requests is wanted. If not, what was kept is forgotten.
    pub(crate) fn keep_content(&self, keep: bool) {
        let mut inner = self.inner();
        inner.keeps_content = keep;
        if !keep {
            let details = inner.requests.iter_mut();
            for details in details.filter_map(|request| request.details.as_mut()) {
                details.content = None;
            }
        }
    }
}

impl Inner {
    /// The number of the latest request.
    fn last(&self) -> u64 {
        self.forgotten + self.requests.len() as u64
    }

    /// Adds a request, takes from older ones what is not remembered that long, and returns its number.
    fn push(&mut self, request: Request) -> u64 {
        self.bytes += request.bytes();
        self.requests.push_back(request);
        self.forget_what_is_too_much();
        if let Some(older) = self.before_the_latest(WITH_DETAILS) {
            older.details = None;
        }
        if let Some(older) = self.before_the_latest(WITH_CONTENT)
            && let Some(details) = &mut older.details
        {
            details.content = None;
        }
        self.last()
    }

    /// Forgets the oldest requests until the rest keeps to the bounds.
    fn forget_what_is_too_much(&mut self) {
        while self.requests.len() > REMEMBERED || self.bytes > MOST_BYTES {
            let Some(oldest) = self.requests.pop_front() else {
                return;
            };
            self.bytes -= oldest.bytes();
            self.forgotten += 1;
        }
    }

    /// The last request that is not one of so many latest ones.
    fn before_the_latest(&mut self, count: usize) -> Option<&mut Request> {
        let index = self.requests.len().checked_sub(count + 1)?;
        self.requests.get_mut(index)
    }

    /// Where the request with this number is. Numbers have no gaps.
    fn index(&self, number: u64) -> Option<usize> {
        let index = number.checked_sub(self.forgotten + 1)?;
        usize::try_from(index).ok()
    }

    fn line(&self, number: u64) -> Option<Line> {
        let request = self.requests.get(self.index(number)?)?;
        Some(Line {
            number,
            method: request.summary.method.clone(),
            status: request.summary.status,
            details: request.details.as_deref()?.clone(),
        })
    }
}

impl Entry {
    /// Changes the request, unless it was forgotten.
    fn write(&self, change: impl FnOnce(&mut Request)) {
        let mut inner = self.log.inner();
        let inner = &mut *inner;
        let Some(index) = inner.index(self.number) else {
            return;
        };
        if let Some(request) = inner.requests.get_mut(index) {
            let before = request.bytes();
            change(request);
            inner.bytes = inner.bytes - before + request.bytes();
            inner.forget_what_is_too_much();
        }
    }

    /// The number of the request.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The service did what was asked.
    pub(crate) fn acted(&self) {
        self.write(|request| request.summary.acted = true);
    }

    /// A fault had an effect.
    pub(crate) fn hit(&self, effect: &Effect) {
        self.write(|request| request.summary.faults.push(effect.clone()));
    }

    /// What the sandbox made of the request. A fault may still answer in its place. Query and bodies that hold secrets are
    /// never kept.
    pub(crate) fn understood(
        &self,
        request: &Incoming,
        reply: &Reply,
        caller: Caller,
        is_secret: bool,
    ) {
        let (overlooked, left_out) = (notice(reply, &OVERLOOKED), notice(reply, &LEFT_OUT));
        if overlooked.is_some() || left_out.is_some() {
            self.write(|request| {
                request.summary.overlooked = overlooked;
                request.summary.left_out = left_out;
            });
        }
        if !cfg!(feature = "dev-center") {
            return;
        }
        let content =
            (self.log.keeps_content() && !is_secret).then(|| Arc::new(Content::of(request, reply)));
        let mut inner = self.log.inner();
        // It may have been switched off, or have become too old, in the meantime.
        let is_kept =
            inner.keeps_content && inner.last().saturating_sub(self.number) < WITH_CONTENT as u64;
        if let Some(request) = inner
            .index(self.number)
            .and_then(|index| inner.requests.get_mut(index))
            && let Some(details) = &mut request.details
        {
            details.understood(reply, caller);
            details.content = content.filter(|_| is_kept);
        }
    }

    /// The status that was sent; none if the connection was cut.
    pub(crate) fn answered(&self, status: Option<StatusCode>) {
        let time = self.arrived.elapsed().as_millis();
        self.write(|request| {
            request.summary.status = status.map(|status| status.as_u16());
            if let Some(details) = &mut request.details {
                details.answered(status, time);
            }
            if self.log.echo
                && let Some(status) = status
            {
                let operation = request.summary.operation.as_deref().unwrap_or("-");
                let noted = |name: &str, words: Option<&str>| {
                    let words = words.map(|words| format!(", {name}: {words}"));
                    words.unwrap_or_default()
                };
                eprintln!(
                    "{} {operation} {} {time} ms{}{}",
                    request.summary.method,
                    status.as_str(),
                    noted("overlooked", request.summary.overlooked.as_deref()),
                    noted("left out", request.summary.left_out.as_deref())
                );
            }
        });
        self.log.changes.happened();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrived(log: &Log, operation: &str) -> Entry {
        log.arrived(Some(operation), &Method::POST, "/")
    }

    #[test]
    fn the_latest_are_remembered() {
        let log = Log::default();
        let first = log.arrived(None, &Method::GET, "/first");
        let second = log.arrived(Some("b"), &Method::PUT, "/second");
        for _ in 1..REMEMBERED {
            arrived(&log, "c");
        }
        // The first was forgotten, and the second is still written to its own line.
        first.acted();
        second.answered(Some(StatusCode::NO_CONTENT));
        let all = log.all();
        assert_eq!(all.len(), REMEMBERED);
        assert_eq!(
            (all[0].operation.as_deref(), all[0].status, all[0].acted),
            (Some("b"), Some(204), false)
        );
        assert!(all[1..].iter().all(|request| request.status.is_none()));

        log.clear();
        assert_eq!(log.inner().bytes, 0);
        second.acted();
        assert!(log.all().is_empty());
        log.arrived(None, &Method::GET, "/").acted();
        assert!(log.all()[0].acted);
    }
}

#[cfg(test)]
mod bytes {
    use super::*;

    /// What all that are remembered take, counted without the containers.
    fn bytes(log: &Log) -> usize {
        let inner = log.inner();
        let bytes = inner.requests.iter().map(Request::bytes).sum();
        assert_eq!(inner.bytes, bytes);
        bytes
    }

    #[test]
    fn long_methods_do_not_fill_the_memory() {
        let log = Log::default();
        let method = Method::from_bytes("M".repeat(60_000).as_bytes()).unwrap();
        for _ in 0..REMEMBERED / 4 {
            log.arrived(None, &method, "/").answered(None);
        }
        assert!(bytes(&log) <= MOST_BYTES);
        let kept = log.all().len();
        assert!((MOST_BYTES / LINE / 2..MOST_BYTES / LINE).contains(&kept));
    }

    #[test]
    fn many_faults_do_not_fill_the_memory() {
        let log = Log::default();
        let effect = Effect::Latency(std::time::Duration::ZERO);
        let most = MOST_BYTES / size_of::<Effect>();
        for _ in 0..most.div_ceil(1_000) {
            let entry = log.arrived(Some("list_users"), &Method::GET, "/");
            for _ in 0..1_000 {
                entry.hit(&effect);
            }
        }
        assert!(bytes(&log) <= MOST_BYTES && !log.all().is_empty());
        // As many ordinary ones are remembered as ever.
        for _ in 0..REMEMBERED {
            log.arrived(Some("list_candidate_attribute_types"), &Method::DELETE, "/");
        }
        assert_eq!(log.all().len(), REMEMBERED);
        assert!(bytes(&log) <= MOST_BYTES);
    }
}

#[cfg(all(test, feature = "dev-center"))]
mod lines {
    use super::*;

    #[test]
    fn the_latest_have_details() {
        let log = Log::default();
        let first = log.arrived(None, &Method::GET, "/first");
        let second = log.arrived(None, &Method::PUT, "/second");
        for _ in 1..WITH_DETAILS {
            log.arrived(None, &Method::POST, "/others");
        }
        first.answered(Some(StatusCode::OK));
        second.answered(Some(StatusCode::NO_CONTENT));
        assert_eq!(log.count(), WITH_DETAILS);
        assert!(log.find(1).is_none() && log.find(0).is_none());
        let second = log.find(2).unwrap();
        assert_eq!(
            (second.details.path.as_str(), second.status),
            ("/second", Some(204))
        );
        assert_eq!(
            log.lines(|_| true)[0].number,
            log.lines(|_| true)[1].number + 1
        );
        assert_eq!(log.lines(|_| true).len(), WITH_DETAILS);
        assert!(log.find(u64::MAX).is_none());
        // The other view remembers more.
        assert_eq!(log.all().len(), WITH_DETAILS + 1);
        assert_eq!(log.all()[0].status, Some(200));

        log.clear();
        assert_eq!(log.count(), 0);
        log.arrived(None, &Method::GET, "/next");
        assert_eq!(log.lines(|_| true)[0].number, WITH_DETAILS as u64 + 2);
    }

    #[test]
    fn long_lines_are_cut() {
        let log = Log::default();
        let method = Method::from_bytes("M".repeat(60_000).as_bytes()).unwrap();
        log.arrived(None, &method, &format!("/{}", "p".repeat(60_000)));
        let line = log.find(1).unwrap();
        assert_eq!((line.method.len(), line.details.path.len()), (LINE, LINE));
    }

    #[test]
    fn what_a_fault_answered_is_said_to_be_of_a_fault() {
        let log = Log::default();
        let entry = log.arrived(None, &Method::GET, "/");
        entry.answered(Some(StatusCode::BAD_GATEWAY));
        let reason = log.find(1).unwrap().details.reason;
        assert_eq!(reason.as_deref(), Some("A fault that was asked for"));
    }
}
