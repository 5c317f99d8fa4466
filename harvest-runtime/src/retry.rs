//! Retries of calls whose failure may be transient.
//!
//! Three things decide, and each can be replaced, for a client
//! ([`ClientBuilder`](crate::ClientBuilder)) or, but for the last, for one call ([`CallOptions`](crate::CallOptions)):
//!
//! | what | decides | unless set |
//! | --- | --- | --- |
//! | [`RetryPolicy`] | whether to send it again | [`Standard`], up to 6 attempts, none started more than 5 minutes after the first, or than [`max_pause`](crate::ClientBuilder::max_pause) if that is longer |
//! | [`BackoffPolicy`] | how long to wait before | [`ExponentialBackoff`]: a random time of up to 0.5 s, then 1 s, 2 s, 4 s, 8 s |
//! | [`RetryBudget`] | how many retries all calls of the client have together | 100, and one more each second |
//!
//! Two rules stand above them:
//!
//! - `Retry-After` is obeyed: no attempt is made before the time that the service names.
//! - A wait that would not end within the time of the call
//!   ([`ClientBuilder::timeout`](crate::ClientBuilder::timeout)) or of the policy is not begun. The call ends at once,
//!   and its error says how long the service asked to wait ([`Error::retry_after`](crate::Error::retry_after)). Nor is a
//!   wait that the service asks for and with which its pauses would be longer than
//!   [`ClientBuilder::max_pause`](crate::ClientBuilder::max_pause) in all.
//!
//! Each attempt takes its turn under the rate limit, like any other request.
//!
//! What was tried can be seen: [`Error::attempts`](crate::Error::attempts) and [`Error::waited`](crate::Error::waited),
//! [`Response::attempts`](crate::Response::attempts), and an event for each wait (see [the crate](crate#tracing)).
//!
//! Policies compose:
//!
//! ```
//! use std::time::Duration;
//! use harvest_runtime::CallOptions;
//! use harvest_runtime::retry::{ExponentialBackoff, RetryPolicy as _, Standard};
//!
//! let patient = CallOptions::new()
//!     .retry(Standard.with_attempt_limit(20).with_time_limit(Duration::from_secs(3600)))
//!     .backoff(ExponentialBackoff::new().with_maximum(Duration::from_secs(120)));
//! # let _ = patient;
//! ```

mod backoff;
mod budget;
mod policy;

pub use self::backoff::{BackoffPolicy, ExponentialBackoff};
pub use self::budget::RetryBudget;
pub use self::policy::{
    LimitedAttempts, LimitedTime, Never, RetryDecision, RetryPolicy, RetryState, Standard,
};
