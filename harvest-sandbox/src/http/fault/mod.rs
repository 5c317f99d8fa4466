//! Faults: what goes wrong on purpose.

mod effect;
mod faults;
mod growth;
mod which;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use self::effect::Effect;
pub use self::faults::Faults;
pub(crate) use self::growth::Growth;
pub use self::which::Which;
use crate::refusal::FaultError;

/// Something that goes wrong on purpose: what, on which operations, and on which of their requests.
///
/// Without [`on`](Self::on) it is meant for every request, known or not; without [`first`](Self::first),
/// [`nth`](Self::nth), [`every`](Self::every) or [`chance`](Self::chance) for each of them. Each fault counts its own
/// requests, from the moment it was added.
///
/// Where several faults hit one request, delays add up, and of those that answer in the place of the service the one
/// that was added first wins. What a fault answers is not counted by the rate limit and has no headers of one, as if something in
/// front of the service had answered.
///
/// ```
/// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use harvest_sandbox::{Fault, Sandbox};
///
/// let sandbox = Sandbox::builder()
///     .fault(Fault::status(502).on("list_candidates").every(7))
///     .fault(Fault::latency(Duration::from_millis(200)))
///     .start()
///     .await?;
///
/// // The service acts, and then the client is left in the dark.
/// sandbox.faults().add(Fault::reset().after_acting().on("create_candidate").first(1))?;
/// sandbox.faults().clear();
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
///
/// As JSON, all but the effect may be left out:
///
/// ```
/// use harvest_sandbox::Fault;
///
/// let script = r#"{"effect": {"status": 502}, "on": ["list_candidates"], "which": {"every": 7}}"#;
/// let fault: Fault = serde_json::from_str(script).unwrap();
/// assert_eq!(fault, Fault::status(502).on("list_candidates").every(7));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "a fault does nothing until it is added to a sandbox"]
pub struct Fault {
    pub(crate) effect: Effect,
    /// Ids of operations; none means all requests.
    #[serde(default)]
    on: Vec<String>,
    #[serde(default)]
    which: Which,
    #[serde(default)]
    pub(crate) after_acting: bool,
}

impl Fault {
    /// Does this to every request.
    pub fn new(effect: Effect) -> Self {
        Self {
            effect,
            on: Vec::new(),
            which: Which::All,
            after_acting: false,
        }
    }

    /// The answer takes this much longer: [`Effect::Latency`].
    pub fn latency(time: Duration) -> Self {
        Self::new(Effect::Latency(time))
    }

    /// A status in place of the answer, without `Retry-After`: [`Effect::Status`].
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status(status))
    }

    /// A status in place of the answer, and how long to wait: [`Effect::RetryAfter`].
    pub fn retry_after(status: u16, wait: Duration) -> Self {
        Self::new(Effect::RetryAfter { status, wait })
    }

    /// The connection is reset: [`Effect::Reset`].
    pub fn reset() -> Self {
        Self::new(Effect::Reset)
    }

    /// A page for people in place of the answer: [`Effect::Html`].
    pub fn html(status: u16) -> Self {
        Self::new(Effect::Html(status))
    }

    /// The body breaks off: [`Effect::TruncatedBody`].
    pub fn truncated_body() -> Self {
        Self::new(Effect::TruncatedBody)
    }

    /// The body is no JSON: [`Effect::InvalidJson`].
    pub fn invalid_json() -> Self {
        Self::new(Effect::InvalidJson)
    }

    /// The body is said to be something else: [`Effect::WrongContentType`].
    pub fn wrong_content_type() -> Self {
        Self::new(Effect::WrongContentType)
    }

    /// The next page is at another host: [`Effect::NextElsewhere`].
    pub fn next_elsewhere() -> Self {
        Self::new(Effect::NextElsewhere)
    }

    /// The next page is the same page: [`Effect::NextItself`].
    pub fn next_itself() -> Self {
        Self::new(Effect::NextItself)
    }

    /// Records are put at the front of the list: [`Effect::RowsInserted`].
    pub fn rows_inserted(rows: usize) -> Self {
        Self::new(Effect::RowsInserted(rows))
    }

    /// Only on requests for this operation, by its id in the document (`list_candidates`). Several add up.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.on.push(operation.into());
        self
    }

    /// Only on the first `count` requests.
    pub fn first(mut self, count: u64) -> Self {
        self.which = Which::First(count);
        self
    }

    /// Only on one request, counted from 1.
    pub fn nth(mut self, number: u64) -> Self {
        self.which = Which::Nth(number);
        self
    }

    /// Only on every `step`th request: for 7 the 7th, the 14th and so on.
    pub fn every(mut self, step: u64) -> Self {
        self.which = Which::Every(step);
        self
    }

    /// On each request with this probability, from 0 to 1. Equal seeds give equal runs.
    pub fn chance(mut self, probability: f64, seed: u64) -> Self {
        self.which = Which::Chance { probability, seed };
        self
    }

    /// The service acts first: a created record is created, though the client does not hear of it.
    ///
    /// It is about [`Latency`](Effect::Latency), [`Status`](Effect::Status), [`RetryAfter`](Effect::RetryAfter),
    /// [`Reset`](Effect::Reset) and [`Html`](Effect::Html), which otherwise come before the service has read the body;
    /// the other effects corrupt an answer, so the service has acted in any case.
    pub fn after_acting(mut self) -> Self {
        self.after_acting = true;
        self
    }

    /// What it does.
    pub fn effect(&self) -> &Effect {
        &self.effect
    }

    fn is_for(&self, operation: Option<&str>) -> bool {
        self.on.is_empty() || operation.is_some_and(|id| self.on.iter().any(|on| on == id))
    }

    /// Refuses what could never happen, so that no test waits for it in vain, and numbers that are out of bounds.
    fn check(&self, operations: &[String]) -> Result<(), FaultError> {
        if let Some(unknown) = self.on.iter().find(|id| !operations.contains(id)) {
            return Err(FaultError::UnknownOperation {
                operation: unknown.clone(),
            });
        }
        self.effect.check()?;
        self.which.check()
    }
}
