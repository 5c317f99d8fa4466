//! Whether a failed call is sent again.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::Error;

/// What a policy knows of a call besides the error of its last attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryState {
    idempotent: bool,
    attempts: u32,
    elapsed: Duration,
}

impl RetryState {
    /// A state of your own, to test a policy with.
    ///
    /// ```
    /// use std::time::Duration;
    /// use harvest_runtime::retry::RetryState;
    ///
    /// let state = RetryState::new(true, 2, Duration::from_secs(3));
    /// assert_eq!(state.attempts(), 2);
    /// ```
    pub fn new(idempotent: bool, attempts: u32, elapsed: Duration) -> Self {
        Self {
            idempotent,
            attempts,
            elapsed,
        }
    }

    /// Whether the operation may be carried out twice: [`Operation::idempotent`](crate::Operation::idempotent).
    pub fn idempotent(&self) -> bool {
        self.idempotent
    }

    /// How many attempts were made, all of which failed. At least 1.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The time since the first attempt was begun. Waiting for the first turn under the rate limit is not in it.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// What a [`RetryPolicy`] makes of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryDecision {
    /// Send it again.
    Retry,
    /// Another attempt would fail alike, or is not safe.
    Permanent,
    /// Another attempt might succeed, but there were enough.
    Exhausted,
}

/// Decides whether a failed call is sent again.
///
/// [`Standard`] and [`Never`] are there; limits are put on any policy by
/// [`with_attempt_limit`](Self::with_attempt_limit) and [`with_time_limit`](Self::with_time_limit). The strictest of
/// several limits counts.
///
/// Mind that [`RetryState::idempotent`] is false for operations that create something: one that is sent again after
/// it may have been carried out makes a second candidate.
///
/// ```
/// use harvest_runtime::Error;
/// use harvest_runtime::retry::{RetryDecision, RetryPolicy, RetryState, Standard};
///
/// /// Leaves maintenance windows to the operator.
/// #[derive(Debug)]
/// struct NotDuringMaintenance;
///
/// impl RetryPolicy for NotDuringMaintenance {
///     fn on_error(&self, state: &RetryState, error: &Error) -> RetryDecision {
///         match error.status() {
///             Some(status) if status.as_u16() == 503 => RetryDecision::Permanent,
///             _ => Standard.on_error(state, error),
///         }
///     }
/// }
///
/// let policy = NotDuringMaintenance.with_attempt_limit(3);
/// # let _ = policy;
/// ```
pub trait RetryPolicy: fmt::Debug + Send + Sync {
    /// What to do after this error.
    fn on_error(&self, state: &RetryState, error: &Error) -> RetryDecision;

    /// How long from now on another attempt may be begun. `None` is no limit.
    fn remaining_time(&self, state: &RetryState) -> Option<Duration> {
        let _ = state;
        None
    }

    /// At most so many attempts, the first included. 1 means none after the first, and so does 0.
    fn with_attempt_limit(self, attempts: u32) -> LimitedAttempts<Self>
    where
        Self: Sized,
    {
        LimitedAttempts {
            inner: self,
            attempts,
        }
    }

    /// No attempt is begun later than this after the first. It does not cut an attempt short: for that there are
    /// [`CallOptions::attempt_timeout`](crate::CallOptions::attempt_timeout) and
    /// [`CallOptions::timeout`](crate::CallOptions::timeout).
    fn with_time_limit(self, limit: Duration) -> LimitedTime<Self>
    where
        Self: Sized,
    {
        LimitedTime { inner: self, limit }
    }
}

impl<P: RetryPolicy + ?Sized> RetryPolicy for Arc<P> {
    fn on_error(&self, state: &RetryState, error: &Error) -> RetryDecision {
        (**self).on_error(state, error)
    }

    fn remaining_time(&self, state: &RetryState) -> Option<Duration> {
        (**self).remaining_time(state)
    }
}

/// Sends again what failed in a way that passes, where that is safe. It has no limits of its own.
///
/// | the attempt ended with | [idempotent](crate::Operation::idempotent) operations | others |
/// | --- | --- | --- |
/// | no connection | again | again: nothing was sent (not with an [`http_client`](crate::ClientBuilder::http_client) of your own) |
/// | 429 | again | again: the service counted it and did nothing |
/// | a broken connection, no complete answer in time, a success that broke off or is damaged | again | not again |
/// | 408, 425, 500, 502, 503, 504, 520 to 524 | again | not again |
/// | anything else | not again | not again |
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standard;

impl RetryPolicy for Standard {
    fn on_error(&self, state: &RetryState, error: &Error) -> RetryDecision {
        if error.is_transient() && (state.idempotent || error.is_unprocessed()) {
            RetryDecision::Retry
        } else {
            RetryDecision::Permanent
        }
    }
}

/// Sends nothing twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Never;

impl RetryPolicy for Never {
    fn on_error(&self, _: &RetryState, _: &Error) -> RetryDecision {
        RetryDecision::Permanent
    }
}

/// A policy with a limit on attempts. See [`RetryPolicy::with_attempt_limit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitedAttempts<P> {
    inner: P,
    attempts: u32,
}

impl<P: RetryPolicy> RetryPolicy for LimitedAttempts<P> {
    fn on_error(&self, state: &RetryState, error: &Error) -> RetryDecision {
        match self.inner.on_error(state, error) {
            RetryDecision::Retry if state.attempts >= self.attempts => RetryDecision::Exhausted,
            decision => decision,
        }
    }

    fn remaining_time(&self, state: &RetryState) -> Option<Duration> {
        self.inner.remaining_time(state)
    }
}

/// A policy with a limit on time. See [`RetryPolicy::with_time_limit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitedTime<P> {
    inner: P,
    limit: Duration,
}

impl<P: RetryPolicy> RetryPolicy for LimitedTime<P> {
    fn on_error(&self, state: &RetryState, error: &Error) -> RetryDecision {
        match self.inner.on_error(state, error) {
            RetryDecision::Retry if state.elapsed >= self.limit => RetryDecision::Exhausted,
            decision => decision,
        }
    }

    fn remaining_time(&self, state: &RetryState) -> Option<Duration> {
        let own = self.limit.saturating_sub(state.elapsed);
        let inner = self.inner.remaining_time(state);
        Some(inner.map_or(own, |inner| inner.min(own)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error_answer::ErrorAnswer;
    use crate::secret::Secret;
    use crate::{ActingUser, Conventions, Method, Operation, Pagination};
    use http::{HeaderMap, StatusCode};

    static OPERATION: Operation = Operation {
        id: "create_user",
        method: Method::Post,
        path: "/v1/users",
        tag: "users",
        permission: "POST: Create User",
        pagination: Pagination::None,
        idempotent: false,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[201],
        documentation: "https://example.com",
    };

    fn refused(status: u16) -> Error {
        let status = StatusCode::from_u16(status).unwrap();
        Error::refused(
            &OPERATION,
            ErrorAnswer::read(
                status,
                &HeaderMap::new(),
                b"",
                &Secret::for_tests(),
                &Conventions::DEFAULT,
            ),
        )
    }

    fn state(idempotent: bool, attempts: u32, seconds: u64) -> RetryState {
        RetryState::new(idempotent, attempts, Duration::from_secs(seconds))
    }

    #[test]
    fn statuses() {
        for status in 300..600 {
            let error = refused(status);
            let transient = matches!(status, 408 | 425 | 429 | 500 | 502..=504 | 520..=524);
            for (idempotent, again) in [(true, transient), (false, status == 429)] {
                let decision = Standard.on_error(&state(idempotent, 1, 0), &error);
                assert_eq!(decision == RetryDecision::Retry, again, "{status}");
                let never = Never.on_error(&state(idempotent, 1, 0), &error);
                assert_eq!(never, RetryDecision::Permanent);
            }
        }
    }

    #[test]
    fn what_never_passes() {
        for error in [
            Error::unexpected_origin(&OPERATION),
            Error::invalid_request(&OPERATION, "x"),
            Error::pagination(&OPERATION, "x"),
            Error::configuration("x"),
        ] {
            let decision = Standard.on_error(&state(true, 1, 0), &error);
            assert_eq!(decision, RetryDecision::Permanent, "{error}");
        }
    }

    #[test]
    fn limits() {
        use RetryDecision::{Exhausted, Permanent, Retry};
        let policy = Standard
            .with_attempt_limit(3)
            .with_time_limit(Duration::from_secs(10));
        for (attempts, seconds, status, decision) in [
            (1, 0, 502, Retry),
            (2, 9, 502, Retry),
            (3, 9, 502, Exhausted),
            (2, 10, 502, Exhausted),
            // A limit does not hide that it would never have worked.
            (3, 10, 404, Permanent),
        ] {
            let state = state(true, attempts, seconds);
            assert_eq!(policy.on_error(&state, &refused(status)), decision);
            // A shared policy is a policy.
            let shared: Arc<dyn RetryPolicy> = Arc::new(policy);
            assert_eq!(shared.on_error(&state, &refused(status)), decision);
        }
        for none in [0, 1] {
            let policy = Standard.with_attempt_limit(none);
            assert_eq!(
                policy.on_error(&state(true, 1, 0), &refused(502)),
                Exhausted
            );
        }
    }

    #[test]
    fn the_strictest_time_limit_counts() {
        let seconds = Duration::from_secs;
        let state = state(true, 1, 4);
        assert_eq!(Standard.remaining_time(&state), None);
        for (first, second, left) in [(10, 20, 6), (20, 10, 6), (3, 10, 0)] {
            let policy = Standard
                .with_time_limit(seconds(first))
                .with_attempt_limit(9)
                .with_time_limit(seconds(second));
            assert_eq!(policy.remaining_time(&state), Some(seconds(left)));
            let shared: Arc<dyn RetryPolicy> = Arc::new(policy);
            assert_eq!(shared.remaining_time(&state), Some(seconds(left)));
        }
    }
}
