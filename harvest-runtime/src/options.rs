//! Options of calls: time limits, retries and pacing.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::limit::{Limiter, Patience};
use crate::retry::{BackoffPolicy, ExponentialBackoff, RetryPolicy, Standard};
use crate::time_option::TimeOption;
use crate::wait::OnWait;
use crate::{DryRun, Wait};

/// Where nothing else is set.
pub(crate) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);
const ATTEMPT_LIMIT: u32 = 6;
/// Of retries, where pauses may take no longer.
const RETRY_TIME_LIMIT: Duration = Duration::from_secs(5 * 60);
/// The longest pause that is waited for.
pub(crate) const MAX_PAUSE: Duration = Duration::from_secs(5 * 60);
const MAX_RESPONSE_BYTES: u64 = 64 * 1024 * 1024;

/// How one call is made, where it differs from what the client was set up with. What is not set is as the client has
/// it.
///
/// Generated builders take it by `with_options`. For all calls there are the same settings on
/// [`ClientBuilder`](crate::ClientBuilder), and [`Core::with_options`](crate::Core::with_options) makes a copy of a
/// client with other settings.
///
/// Of a list, each page is a call of its own: the times are for one page, not for all.
///
/// ```
/// use std::time::Duration;
/// use harvest_runtime::CallOptions;
/// use harvest_runtime::retry::Never;
///
/// // A person is waiting for this one.
/// let quick = CallOptions::new().timeout(Duration::from_secs(5)).retry(Never);
/// # let _ = quick;
/// ```
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are given to a call"]
pub struct CallOptions {
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    time_option: TimeOption,
    pub(crate) retry: Option<Arc<dyn RetryPolicy>>,
    pub(crate) backoff: Option<Arc<dyn BackoffPolicy>>,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) max_pause: Option<Duration>,
    pub(crate) max_response_bytes: Option<u64>,
    pub(crate) on_wait: Option<OnWait>,
    pub(crate) dry_run: Option<DryRun>,
}

impl CallOptions {
    /// Changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long one attempt may take, from connecting to the last byte of the answer. Waiting for its turn is not in
    /// it. See [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// How long the call may take as a whole, with all attempts and all waiting. [`Duration::MAX`] is no limit. See
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The same, as a part of what [`PollOptions::timeout`](crate::PollOptions::timeout) leaves.
    pub(crate) fn time_of_poll(mut self, timeout: Duration) -> Self {
        self.time_option = TimeOption::Poll;
        self.timeout(timeout)
    }

    /// Whether a failed attempt is made again. See [`retry`](crate::retry).
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retry = Some(Arc::new(policy));
        self
    }

    /// How long to wait before it is. See [`retry`](crate::retry).
    pub fn backoff(mut self, policy: impl BackoffPolicy + 'static) -> Self {
        self.backoff = Some(Arc::new(policy));
        self
    }

    /// The pace: another limiter than the client's, say [`Limiter::unlimited`].
    pub fn limiter(mut self, limiter: Limiter) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// How long the call waits in pauses that the service asks for, in all. [`Duration::MAX`] is no limit. See
    /// [`ClientBuilder::max_pause`](crate::ClientBuilder::max_pause).
    pub fn max_pause(mut self, pause: Duration) -> Self {
        self.max_pause = Some(pause);
        self
    }

    /// How many bytes the answer may have. See
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = Some(bytes);
        self
    }

    /// Calls a function before each wait of more than a second. See
    /// [`ClientBuilder::on_wait`](crate::ClientBuilder::on_wait).
    pub fn on_wait(mut self, listener: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        self.on_wait = Some(OnWait::new(listener));
        self
    }

    /// Records the call instead of sending it, if it is a write. See [`DryRun`]. Of a client that makes a dry run, every
    /// call and every copy does: other options do not turn it off.
    pub fn dry_run(mut self, recorder: &DryRun) -> Self {
        self.dry_run = Some(recorder.clone());
        self
    }
}

/// Prints what is set. There is nothing private in it.
#[expect(
    clippy::missing_fields_in_debug,
    reason = "the option of a time is no option"
)]
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("attempt_timeout", &self.attempt_timeout)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("backoff", &self.backoff)
            .field("limiter", &self.limiter)
            .field("max_pause", &self.max_pause)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("on_wait", &self.on_wait)
            .field("dry_run", &self.dry_run)
            .finish()
    }
}

/// Options with nothing left open.
#[derive(Clone)]
pub(crate) struct Settings {
    /// `None` leaves it to an HTTP client of the user's own.
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) time_option: TimeOption,
    retry: Option<Arc<dyn RetryPolicy>>,
    pub(crate) backoff: Arc<dyn BackoffPolicy>,
    pub(crate) limiter: Limiter,
    pub(crate) max_pause: Duration,
    pub(crate) max_response_bytes: u64,
    pub(crate) on_wait: OnWait,
    pub(crate) dry_run: Option<DryRun>,
}

impl Settings {
    /// The policy that was set. The one in its place has as much time as pauses may take: who raises that alone wants them
    /// waited for.
    pub(crate) fn retry(&self) -> Arc<dyn RetryPolicy> {
        self.retry.clone().unwrap_or_else(|| {
            Arc::new(
                Standard
                    .with_attempt_limit(ATTEMPT_LIMIT)
                    .with_time_limit(RETRY_TIME_LIMIT.max(self.max_pause)),
            )
        })
    }

    /// How long a call that began then waits.
    pub(crate) fn patience(&self, begun: Instant) -> Patience {
        // A time beyond the end of the clock is no limit.
        let deadline = self.timeout.and_then(|time| begun.checked_add(time));
        Patience::new(deadline, self.max_pause).by(self.time_option)
    }

    pub(crate) fn with(&self, options: CallOptions) -> Self {
        Self {
            attempt_timeout: options.attempt_timeout.or(self.attempt_timeout),
            timeout: options.timeout.or(self.timeout),
            time_option: match options.timeout {
                Some(_) => options.time_option,
                None => self.time_option,
            },
            retry: options.retry.or_else(|| self.retry.clone()),
            backoff: options.backoff.unwrap_or_else(|| Arc::clone(&self.backoff)),
            limiter: options.limiter.unwrap_or_else(|| self.limiter.clone()),
            max_pause: options.max_pause.unwrap_or(self.max_pause),
            max_response_bytes: options
                .max_response_bytes
                .unwrap_or(self.max_response_bytes),
            on_wait: options.on_wait.unwrap_or_else(|| self.on_wait.clone()),
            dry_run: options.dry_run.or_else(|| self.dry_run.clone()),
        }
    }
}

impl Settings {
    /// The default settings of a client.
    pub(crate) fn new(limiter: Limiter) -> Self {
        Self {
            attempt_timeout: Some(ATTEMPT_TIMEOUT),
            timeout: None,
            time_option: TimeOption::Call,
            retry: None,
            backoff: Arc::new(ExponentialBackoff::new()),
            limiter,
            max_pause: MAX_PAUSE,
            max_response_bytes: MAX_RESPONSE_BYTES,
            on_wait: OnWait::default(),
            dry_run: None,
        }
    }
}
