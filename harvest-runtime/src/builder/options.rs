//! Settings of a builder: time limits, retries, pace and bounds of all calls.

use std::time::Duration;

use super::ClientBuilder;
use crate::retry::{BackoffPolicy, RetryBudget, RetryPolicy};
use crate::{Api, DryRun, Limiter, Wait};

impl<A: Api> ClientBuilder<A> {
    /// How long one attempt may take, from connecting to the last byte of the answer. 60 seconds if not set, or, with an
    /// [`http_client`](Self::http_client) of your own, what that client says.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.attempt_timeout(timeout);
        self
    }

    /// How long a call may take as a whole: all its attempts, the waits between them, and waiting for its turn under the
    /// rate limit. Of a list, each page is a call.
    ///
    /// There is no limit if not set. A call ends all the same: attempts have their own times, there are only so many,
    /// none is begun more than 5 minutes after the first, and [pauses](Self::max_pause) take no longer than 5 minutes in
    /// all. Only how long it waits for its turn beside them depends on how many others wait.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.timeout(timeout);
        self
    }

    /// Whether a failed attempt is made again. What happens if not set, and what else there is: see
    /// [`retry`](crate::retry).
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.options = self.options.retry(policy);
        self
    }

    /// How long to wait before a failed attempt is made again. See [`retry`](crate::retry).
    pub fn backoff(mut self, policy: impl BackoffPolicy + 'static) -> Self {
        self.options = self.options.backoff(policy);
        self
    }

    /// How many retries all calls of the client have together. See [`retry`](crate::retry).
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// What keeps the calls to the service's rate limit. If not set, the client and its copies have one of their own,
    /// which learns the limit from the answers. Several clients with one key should share one.
    pub fn limiter(mut self, limiter: Limiter) -> Self {
        self.options = self.options.limiter(limiter);
        self
    }

    /// How long a call waits in pauses that the service asks for (`Retry-After`, with 429 or another status that passes): all
    /// that it waits for together, those included that other calls were asked for. 5 minutes if not set; [`Duration::MAX`] is
    /// no limit.
    ///
    /// What it waits for its turn counts, too, from the time on at which it is the next to go. A turn itself is waited for, as
    /// every call does that, unless the service's answers put it off for longer than the window of the limit that is
    /// described or was given to the [`Limiter`]: that is a pause. So a call that is next waits no longer than this and one
    /// window.
    ///
    /// A [retry policy](Self::retry) that was set has limits of its own, which this does not raise.
    ///
    /// While a longer one lasts, calls fail at once ([`Error::is_paused`](crate::Error::is_paused)), those too that wait in a queue when it begins;
    /// and so do calls whose own [time](Self::timeout) ends before the pause does. Nothing is sent to the service meanwhile.
    pub fn max_pause(mut self, pause: Duration) -> Self {
        self.options = self.options.max_pause(pause);
        self
    }

    /// How many bytes an answer may have, decompressed. 64 MiB if not set. It is counted while they come, whatever the
    /// service says of its length, and the rest is not read ([`Error::is_response_too_large`](crate::Error::is_response_too_large)).
    ///
    /// What is decoded takes more memory than its bytes, so that its values are counted, too: for each 384 bytes of the limit there
    /// may be one object or list, and for each 192 one value (174,762 and 349,524 if not set; never less than 16,384 and 32,768).
    /// **An answer takes up to eight times the limit**, or 40 MiB if that is more: 2 KiB for each object or list, as no model has
    /// more, 240 bytes for each value, and its bytes up to six times, since a text or number that is not of its property's type
    /// is kept as it came, too. With 64 MiB, a page of 20 MiB may have all those objects, and one of 64 MiB some 58,000. What has
    /// to be repaired counts as it is then: a control character in a text becomes six bytes. What is handed out as it came
    /// ([`RawRequest::send`](crate::RawRequest::send)) is limited by its bytes alone.
    ///
    /// A page of 500 candidates has a few MiB. Files have a limit of their own
    /// ([`Download::max_bytes`](crate::attachment::Download::max_bytes)).
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.options = self.options.max_response_bytes(bytes);
        self
    }

    /// Calls a function before each wait of more than a second, so that a program can say why it stands still: for a turn
    /// under the rate limit, for a pause that the service asks for, before another attempt, for a record that is not ready
    /// yet. The [`Wait`](crate::Wait) names the operation, how long and why, and holds nothing about a person.
    ///
    /// It is called once for each wait of each call, when the wait begins; if that it takes long was not to be foreseen,
    /// after a second. A hundred calls that wait at once make it a hundred times. It is called on the thread that makes the
    /// call, so it should not block.
    ///
    /// ```
    /// # use harvest_runtime::{Api, ClientBuilder, Error};
    /// fn connect<A: Api>() -> Result<A, Error> {
    ///     // list_users (GET /v1/users): waits about 8.2 s for its turn under the rate limit
    ///     ClientBuilder::from_env().on_wait(|wait| eprintln!("{wait}")).build()
    /// }
    /// ```
    pub fn on_wait(mut self, listener: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        self.options = self.options.on_wait(listener);
        self
    }

    /// Sends reads only: writes are recorded, and end with [`Error::is_dry_run`](crate::Error::is_dry_run). See [`DryRun`].
    ///
    /// ```
    /// # use harvest_runtime::{Api, ClientBuilder, DryRun, Error};
    /// fn connect<A: Api>(recorder: &DryRun) -> Result<A, Error> {
    ///     ClientBuilder::from_env().dry_run(recorder).build()
    /// }
    /// ```
    pub fn dry_run(mut self, recorder: &DryRun) -> Self {
        self.options = self.options.dry_run(recorder);
        self
    }
}
