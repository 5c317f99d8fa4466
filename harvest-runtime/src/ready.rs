//! Records that are not ready yet when they are created.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::deadline::within;
use crate::error::not_ready::NotReady;
use crate::exchange::{Answer, exchange};
use crate::limit::{Patience, Pause};
use crate::prepared::Prepared;
use crate::time_option::TimeOption;
use crate::{
    CallOptions, Core, DecodeError, Error, Operation, Param, Request, Response, WaitReason, decode,
};

const INTERVAL: Duration = Duration::from_secs(30);
const TIMEOUT: Duration = Duration::from_secs(10 * 60);
/// A call whose time is that of all of them ends about when that does.
const CLOSE: Duration = Duration::from_millis(50);

/// How often and how long to ask for a record that may not be ready yet.
///
/// The service can answer a creation before it has done it, with nothing but ids. Until then the record is answered with
/// 404, or says itself that it is not done. The first time it is asked for at once, then every 30 seconds, as the service's documentation asks, for 10
/// minutes at most. The documentation does not say how long it can take.
///
/// ```
/// use std::time::Duration;
/// use harvest_runtime::PollOptions;
///
/// let patient = PollOptions::new().timeout(Duration::from_secs(3600));
/// # let _ = patient;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "it does nothing until it is given to a call"]
pub struct PollOptions {
    interval: Duration,
    timeout: Duration,
    condition: Condition,
}

/// When a record is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    /// Once it is found: until then the answer is 404.
    Found,
    /// Once this property has one of these values.
    Property(&'static str, &'static [&'static str]),
}

impl Condition {
    /// Whether an answer shows a record that is ready.
    ///
    /// # Errors
    ///
    /// If the answer does not show it, because it cannot be decoded.
    fn is_met_by(self, body: &[u8]) -> Result<bool, DecodeError> {
        let Self::Property(name, values) = self else {
            return Ok(true);
        };
        let record = polled(body)?;
        let value = record.get(name).and_then(Value::as_str);
        Ok(value.is_some_and(|value| values.contains(&value)))
    }
}

/// The record in the answer to a poll, which may come as a list of one.
///
/// # Errors
///
/// If the answer is not JSON.
pub(crate) fn polled(body: &[u8]) -> Result<Value, DecodeError> {
    Ok(match decode::json(StatusCode::OK, body)? {
        Value::Array(mut records) if records.len() == 1 => records.remove(0),
        record => record,
    })
}

impl PollOptions {
    /// Every 30 seconds, for 10 minutes at most.
    pub fn new() -> Self {
        Self {
            interval: INTERVAL,
            timeout: TIMEOUT,
            condition: Condition::Found,
        }
    }

    /// Polls until this property of the record, which may come as a list of one, has one of these values.
    #[doc(hidden)]
    pub fn until_property(mut self, name: &'static str, values: &'static [&'static str]) -> Self {
        self.condition = Condition::Property(name, values);
        self
    }

    pub(crate) fn interval_between(&self) -> Duration {
        self.interval
    }

    /// Whether another wait would end in time.
    pub(crate) fn goes_on(&self, deadline: Option<Instant>) -> bool {
        let next = Instant::now().checked_add(self.interval);
        next.is_some_and(|next| deadline.is_none_or(|deadline| next < deadline))
    }

    /// The end of a poll that began then, if it has one.
    pub(crate) fn deadline(&self, begun: Instant) -> Option<Instant> {
        begun.checked_add(self.timeout)
    }

    /// How long to wait between two times.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// How long to go on, from the first time to the last answer. A wait that would not end before that is not begun. Of bulk
    /// jobs it is the time of each job, its start and its files included: waiting for a place, and in the pauses that the
    /// service or the server of the files asks for meanwhile. What became of the rows is unknown if it runs out before.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl Default for PollOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// A record that was created, and what came of waiting for it.
///
/// It is there even if the waiting failed, so that the ids in the answer are not lost.
///
/// ```
/// use harvest_runtime::{Created, Error, Response};
///
/// struct Candidate {
///     id: i64,
/// }
///
/// fn report(created: Created<Candidate, Candidate>) -> Result<Response<Candidate>, Error> {
///     if let Err(error) = created.ready() {
///         eprintln!("candidate {} was created, but: {error}", created.answer().id);
///     }
///     created.into_ready()
/// }
/// ```
pub struct Created<S, T> {
    answer: Response<S>,
    ready: Result<Response<T>, Error>,
}

impl<S, T> Created<S, T> {
    pub(crate) fn new(answer: Response<S>, ready: Result<Response<T>, Error>) -> Self {
        Self { answer, ready }
    }

    /// What the creation was answered with: perhaps the whole record, perhaps only ids.
    pub fn answer(&self) -> &Response<S> {
        &self.answer
    }

    /// The record as it was read when it was ready.
    ///
    /// # Errors
    ///
    /// Why that failed: see [`into_ready`](Self::into_ready).
    pub fn ready(&self) -> Result<&Response<T>, &Error> {
        self.ready.as_ref()
    }

    /// The record as it was read when it was ready.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_ready`] if it was not ready in time; otherwise what reading it failed with. It was created all the
    /// same, so do not send it again.
    pub fn into_ready(self) -> Result<Response<T>, Error> {
        self.ready
    }

    /// Both.
    pub fn into_parts(self) -> (Response<S>, Result<Response<T>, Error>) {
        (self.answer, self.ready)
    }
}

/// Prints the status of the answer, and the error if there is one.
impl<S, T> fmt::Debug for Created<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Created")
            .field("answer", &self.answer)
            .field("ready", &self.ready)
            .finish()
    }
}

impl Request {
    /// Sends the call again and again until there is something: until it is answered with anything but 404.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_ready`] if that took too long, with the last 404 as its source, or the last answer, if
    /// it could not be decoded; otherwise those of [`send`](Self::send).
    pub async fn wait_until_ready<T>(
        self,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
        poll: PollOptions,
    ) -> Result<Response<T>, Error> {
        until_ready(self.prepare(), poll).await?.decode(decode)
    }

    /// Where to read what this call creates: by an operation whose parameter `name` takes the id of it. It has the options
    /// of this call, and no acting user.
    pub fn poll_target(&self, operation: &'static Operation, name: &'static str) -> PollTarget {
        PollTarget {
            core: self.core.clone(),
            operation,
            name,
        }
    }
}

/// Where to read a record that is about to be created. Generated code makes it before the call, and uses it after.
#[derive(Debug)]
pub struct PollTarget {
    core: Core,
    operation: &'static Operation,
    name: &'static str,
}

impl PollTarget {
    /// Waits until the record with the id that the answer names can be read.
    pub async fn poll<S, T>(
        self,
        answer: Response<S>,
        id: impl Param,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
        poll: PollOptions,
    ) -> Created<S, T> {
        let ready = self.of(&id).wait_until_ready(decode, poll).await;
        Created::new(answer, ready)
    }

    /// The call that reads the record with this id.
    pub(crate) fn of(&self, id: &impl Param) -> Request {
        let mut request = self.core.request(self.operation);
        request.path_of_answer(self.name, &id.to_param());
        request
    }
}

pub(crate) async fn until_ready(
    request: Result<Prepared, Error>,
    poll: PollOptions,
) -> Result<Answer, Error> {
    let request = request?;
    let begun = Instant::now();
    let deadline = poll.deadline(begun);
    let mut times = 0_u32;
    let mut last = None;
    loop {
        times = times.saturating_add(1);
        match within(deadline, exchange(Ok(request.until(deadline)))).await {
            Some(Err(error)) if poll.condition == Condition::Found && error.is_not_found() => {
                last = Some(error);
            }
            Some(Ok(answer)) => match poll.condition.is_met_by(answer.body()) {
                Ok(true) => return Ok(answer),
                Ok(false) => last = None,
                // By a proxy, say. The next answer may show the state of the record.
                Err(error) => last = Some(answer.undecodable(error)),
            },
            // It had no more time than there was for all of them.
            Some(Err(error)) if error.is_call_timeout() && is_over(deadline) => break,
            Some(Err(error)) => return Err(error),
            None => break,
        }
        // Waiting until the time is up would change nothing.
        if !poll.goes_on(deadline) {
            break;
        }
        let on_wait = &request.core.settings().on_wait;
        on_wait.announce(Some(request.operation), poll.interval, WaitReason::NotReady);
        request
            .sleep(poll.interval, deadline)
            .await
            .map_err(|pause| Error::paused(request.operation, pause, last.take()))?;
    }
    Err(Error::not_ready(
        request.operation,
        NotReady {
            waited: begun.elapsed(),
            times,
            last,
        },
    ))
}

/// Whether the time is over, but for what it takes to say so.
fn is_over(deadline: Option<Instant>) -> bool {
    deadline.is_some_and(|deadline| deadline <= Instant::now() + CLOSE)
}

impl Prepared {
    /// The same call, with no more time than until then.
    pub(crate) fn until(&self, deadline: Option<Instant>) -> Self {
        let mut request = self.clone();
        let Some(deadline) = deadline else {
            return request;
        };
        let left = deadline.saturating_duration_since(Instant::now());
        let own = self.core.settings().timeout;
        if own.is_none_or(|own| left < own) {
            let options = CallOptions::new().time_of_poll(left);
            request.core = request.core.with_options(options);
        }
        request
    }

    /// Waits until it is sent again.
    ///
    /// # Errors
    ///
    /// As soon as the service asks for a pause that outlasts the time, or is longer than is waited for.
    pub(crate) async fn sleep(
        &self,
        time: Duration,
        deadline: Option<Instant>,
    ) -> Result<(), Pause> {
        let settings = self.core.settings();
        let mut patience = Patience::new(deadline, settings.max_pause).by(TimeOption::Poll);
        let limiter = &settings.limiter;
        limiter.unless_paused(&mut patience, sleep(time)).await
    }
}
