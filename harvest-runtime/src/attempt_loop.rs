//! The attempts of one call: how many there were, until when there may be more, and whether to make another.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::call_stats::{CallStats, GaveUp};
use crate::limit::{Bound, Patience, Pause};
use crate::retry::{RetryDecision, RetryState};
use crate::{Core, Error, Operation, WaitReason, trace};

/// The attempts of one call, or of one download.
pub(crate) struct AttemptLoop<'a> {
    core: &'a Core,
    /// `None` for a download.
    operation: Option<&'static Operation>,
    pub(crate) begun: Instant,
    /// When the time of the whole call is over, if it ever is, and how long it waits in pauses.
    pub(crate) patience: Patience,
    /// When the first attempt was begun.
    first_attempt: Option<Instant>,
    pub(crate) effort: CallStats,
    /// Retries taken from the budget.
    spent: u32,
}

impl<'a> AttemptLoop<'a> {
    pub(crate) fn new(core: &'a Core, operation: Option<&'static Operation>) -> Self {
        let begun = Instant::now();
        Self {
            core,
            operation,
            begun,
            patience: core.settings().patience(begun),
            first_attempt: None,
            effort: CallStats::default(),
            spent: 0,
        }
    }

    /// An attempt begins.
    pub(crate) fn begin(&mut self) {
        self.first_attempt.get_or_insert_with(Instant::now);
        self.effort.attempts = self.effort.attempts.saturating_add(1);
    }

    /// The service is well: what was taken from the budget is given back.
    pub(crate) fn succeeded(&self) {
        self.core.shared().retry_budget.give_back(self.spent);
    }

    /// How long to wait before another attempt. `None` if there is to be none; the reason is noted.
    pub(crate) fn again_after(&mut self, error: &Error) -> Option<Duration> {
        let wait = self.decide(error);
        match wait {
            Some(wait) => {
                trace::trying_again(error, self.effort.attempts, wait);
                let by_service = error.asked_wait().is_some_and(|asked| asked >= wait);
                let reason = if by_service {
                    WaitReason::Pause
                } else {
                    WaitReason::Retry
                };
                let on_wait = &self.core.settings().on_wait;
                on_wait.announce(self.operation, wait, reason);
            }
            // Refused, but by a service that is well.
            None if !error.is_transient() => self.succeeded(),
            None => {}
        }
        wait
    }

    /// Waits before another attempt, after this error.
    ///
    /// # Errors
    ///
    /// As soon as there is a pause that is not waited for: another call was asked for it meanwhile.
    pub(crate) async fn wait(&mut self, wait: Duration, after: &Error) -> Result<(), Pause> {
        let begun = Instant::now();
        let paused = self.patience.paused();
        let waited = if self.operation.is_some() {
            let limiter = &self.core.settings().limiter;
            limiter.unless_paused(&mut self.patience, sleep(wait)).await
        } else {
            // A file is fetched from wherever it is, and its server's pauses are its own.
            sleep(wait).await;
            Ok(())
        };
        self.effort.waited = self.effort.waited.saturating_add(begun.elapsed());
        // What the limiter knows of has been counted; not all that a service asks for is of the rate limit.
        let counted = self.patience.paused().saturating_sub(paused);
        let pause = after.retry_after().unwrap_or_default().min(wait);
        self.patience.spend(pause.saturating_sub(counted));
        waited
    }

    fn decide(&mut self, error: &Error) -> Option<Duration> {
        let settings = self.core.settings();
        let now = Instant::now();
        let elapsed = self
            .first_attempt
            .map_or(Duration::ZERO, |first| now - first);
        let idempotent = self.operation.is_none_or(|operation| operation.idempotent);
        let state = RetryState::new(idempotent, self.effort.attempts, elapsed);
        let retry = settings.retry();
        match retry.on_error(&state, error) {
            RetryDecision::Retry => {}
            RetryDecision::Permanent => return None,
            RetryDecision::Exhausted => {
                self.effort.gave_up = Some(GaveUp::Exhausted);
                return None;
            }
        }
        let asked = error.asked_wait().unwrap_or_default();
        let wait = settings.backoff.wait(&state).max(asked);
        let deadline = self.patience.deadline;
        let until_deadline = deadline.map(|deadline| deadline.saturating_duration_since(now));
        let of_policy = retry.remaining_time(&state);
        let left = [until_deadline, of_policy].into_iter().flatten().min();
        let (most, paused) = (settings.max_pause, self.patience.paused());
        let is_too_long = asked > self.patience.pause_left();
        let maximum = Bound::Maximum { most, paused };
        // Waiting until the time is up would change nothing.
        if let Some(left) = left.filter(|left| wait >= *left) {
            // Where it is the policy's time that runs out, and the maximum is no longer than that, the caller has set no
            // time, and has to hear of the maximum.
            let by_policy = until_deadline != Some(left);
            let by_maximum = by_policy && left.saturating_add(elapsed) >= most;
            let bound = match (by_policy, is_too_long && by_maximum) {
                (_, true) => maximum,
                (true, _) => Bound::Retries(left),
                (false, _) => Bound::Deadline(left, settings.time_option),
            };
            let is_paused = bound == maximum || asked >= left && !asked.is_zero();
            let pause = error.asked_for().filter(|_| is_paused);
            self.effort.gave_up = Some(pause.map_or(GaveUp::OutOfTime, |pause| {
                GaveUp::Paused(Pause::asked(pause, bound))
            }));
            return None;
        }
        if is_too_long {
            let pause = error.asked_for().map(|it| Pause::asked(it, maximum));
            self.effort.gave_up = pause.map(GaveUp::Paused);
            return None;
        }
        // A service that limits is not a service that is down.
        if !error.is_rate_limited() {
            if !self.core.shared().retry_budget.take() {
                self.effort.gave_up = Some(GaveUp::OutOfBudget);
                return None;
            }
            self.spent += 1;
        }
        Some(wait)
    }
}
