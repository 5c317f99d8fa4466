//! Pauses that the service asked for, and which calls wait for their end.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::window::LONGEST;
use super::{LedgerStore, Limiter, Shared};
use crate::limit::moment::{Clock, Moment};
use crate::limit::not_yet::Turn;
use crate::retry_after::{EndOfPause, end_of};
use crate::seconds::Seconds;
use crate::time_option::TimeOption;

/// How long a call waits for the ends of pauses, and how long it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// The end of the call's own time.
    pub(crate) deadline: Option<Instant>,
    /// The option that set it.
    time_option: TimeOption,
    /// How long it waits in pauses, and for allowance once it is next, all of that together.
    pub(crate) max_pause: Duration,
    /// How long it has.
    paused: Duration,
    /// The pause that it waits in: since when, and until when.
    current: Option<(Instant, Instant)>,
}

/// A pause that a call does not wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pause {
    /// How long it still takes.
    pub(crate) left: Duration,
    /// When it ends.
    pub(crate) until: DateTime<Utc>,
    cause: Cause,
    bound: Bound,
}

/// A pause that the service asked for, as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AskedFor {
    left: Duration,
    until: DateTime<Utc>,
    cut: bool,
}

impl AskedFor {
    /// One that an answer asked for when it was received.
    pub(crate) fn new(wait: Duration, received: DateTime<Utc>) -> Self {
        Self {
            left: wait,
            until: end_of(received, wait),
            cut: false,
        }
    }

    /// One that a limiter keeps to: of a longer one the first day.
    pub(crate) fn of_limit(wait: Duration, received: DateTime<Utc>) -> Self {
        Self {
            cut: wait > LONGEST,
            ..Self::new(wait.min(LONGEST), received)
        }
    }

    pub(crate) fn until(&self) -> DateTime<Utc> {
        self.until
    }
}

/// `the service asked for a pause; it takes requests again at 2026-03-02T10:00:00Z at the earliest (in 86400 s)`
impl fmt::Display for AskedFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service asked for a pause")?;
        let end = EndOfPause(self.until);
        if self.cut {
            write!(f, " of more than a day; this client asks again at {end}")?;
        } else {
            write!(f, "; it takes requests again at {end}")?;
        }
        write!(f, " (in {})", Seconds(self.left))
    }
}

/// Why there is a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Asked {
        /// The service asked for a longer one, of which this is the beginning.
        cut: bool,
    },
    /// The service refused a request, and did not say for how long: the length is an estimate of this client.
    Refused,
    /// By the answers of the service, no request is granted before.
    UsedUp,
}

/// What a pause outlasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Maximum {
        most: Duration,
        /// How much of it went into pauses before.
        paused: Duration,
    },
    /// The time that the call has left.
    Deadline(Duration, TimeOption),
    /// The time in which the policy of retries makes another attempt.
    Retries(Duration),
    /// The life of the authorization code that is to be exchanged.
    Code,
}

impl Patience {
    /// Waits for as long as it takes.
    pub(crate) fn endless() -> Self {
        Self::new(None, Duration::MAX)
    }

    pub(crate) fn new(deadline: Option<Instant>, max_pause: Duration) -> Self {
        Self {
            deadline,
            time_option: TimeOption::Call,
            max_pause,
            paused: Duration::ZERO,
            current: None,
        }
    }

    /// The same, where this option sets the end.
    pub(crate) fn by(self, time_option: TimeOption) -> Self {
        Self {
            time_option,
            ..self
        }
    }

    /// How long it waited in pauses.
    pub(crate) fn paused(&self) -> Duration {
        self.paused
    }

    /// How long a pause may be that is waited for.
    pub(crate) fn pause_left(&self) -> Duration {
        self.max_pause.saturating_sub(self.paused)
    }

    /// So much of a pause was waited for elsewhere.
    pub(crate) fn spend(&mut self, pause: Duration) {
        self.paused = self.paused.saturating_add(pause);
    }

    /// It goes on waiting, in a pause until then or in none.
    fn enter(&mut self, until: Option<Instant>) {
        let now = Instant::now();
        if let Some((since, until)) = self.current.take() {
            self.spend(until.min(now).saturating_duration_since(since));
        }
        self.current = until.map(|until| (now, until));
    }

    /// The pause, if it is one that is not waited for.
    fn outlasted_by(&self, until: Instant, cause: Cause) -> Option<Pause> {
        let now = Instant::now();
        let left = until.saturating_duration_since(now);
        if left.is_zero() {
            return None;
        }
        let bound = self.bound_within(left)?;
        Some(Pause::of(left, cause, bound))
    }

    /// What ends within so much time in a pause, if anything does.
    fn bound_within(&self, left: Duration) -> Option<Bound> {
        if left > self.pause_left() {
            return Some(self.maximum());
        }
        let of_call = self.deadline?.saturating_duration_since(Instant::now());
        (of_call < left).then_some(Bound::Deadline(of_call, self.time_option))
    }

    /// The turn as a pause, if the answers of the service have put it off so far that it is not waited for. A usual one is,
    /// as it is what every call waits for; whether it comes in the time of the call is seen when that is over.
    pub(super) fn refuses(&self, turn: Turn<Instant>) -> Option<Pause> {
        let left = turn.at.saturating_duration_since(Instant::now());
        let bound = self.bound_within(left).filter(|_| !turn.is_usual)?;
        Some(Pause::of(left, Cause::UsedUp, bound))
    }

    /// The same pause with this bound, if it outlasts that: another one was not waited for with less patience.
    pub(crate) fn refuses_pause(&self, pause: Pause) -> Option<Pause> {
        let bound = self.bound_within(pause.left)?;
        Some(Pause { bound, ..pause })
    }

    fn maximum(&self) -> Bound {
        Bound::Maximum {
            most: self.max_pause,
            paused: self.paused,
        }
    }
}

impl Pause {
    /// One that the answer to this call asked for.
    pub(crate) fn asked(asked: AskedFor, bound: Bound) -> Self {
        Self {
            left: asked.left,
            until: asked.until,
            cause: Cause::Asked { cut: asked.cut },
            bound,
        }
    }

    /// The same pause, which no authorization code lives to see the end of.
    pub(crate) fn outlasting_code(self) -> Self {
        Self {
            bound: Bound::Code,
            ..self
        }
    }

    fn of(left: Duration, cause: Cause, bound: Bound) -> Self {
        Self {
            left,
            until: end_of(Utc::now(), left),
            cause,
            bound,
        }
    }
}

/// What is known of pauses, for all who wait.
pub(super) struct Pauses(watch::Sender<Known>);

#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Known {
    /// The end of the pause after a refusal, and why it is that long.
    pub(super) pause: Option<(Moment, Cause)>,
    /// The next turn of anybody, where answers have put it off.
    pub(super) put_off: Option<Turn<Moment>>,
}

impl Pauses {
    pub(super) fn new() -> Self {
        Self(watch::Sender::default())
    }

    /// Wakes the waiters, if it is news.
    fn set(&self, now: Known) {
        self.0
            .send_if_modified(|known| std::mem::replace(known, now) != now);
    }

    /// Resolves once there is a pause that outlasts this patience, or such a turn if it is for a turn. It may never.
    async fn too_long(&self, clock: Clock, patience: &mut Patience, waits_for: WaitsFor) -> Pause {
        let mut pauses = self.0.subscribe();
        loop {
            let known = *pauses.borrow_and_update();
            let pause = known
                .pause
                .map(|(until, cause)| (clock.instant(until), cause));
            patience.enter(pause.map(|(until, _)| until));
            let outlasted = pause.and_then(|(until, cause)| patience.outlasted_by(until, cause));
            if let Some(pause) = outlasted {
                return pause;
            }
            let put_off = known.put_off.filter(|_| waits_for == WaitsFor::Turn);
            let put_off = put_off.map(|turn| turn.map(|at| clock.instant(at)));
            if let Some(pause) = put_off.and_then(|turn| patience.refuses(turn)) {
                return pause;
            }
            if pauses.changed().await.is_err() {
                // The sender lives in the limiter, which is borrowed here.
                std::future::pending::<()>().await;
            }
        }
    }
}

/// What a call waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum WaitsFor {
    Turn,
    /// What needs turns on the way, perhaps, and may have them.
    Other,
}

impl Shared {
    /// Waits for something, unless there is a pause that is not waited for, or comes to be one meanwhile.
    pub(super) async fn unless_paused<F: Future>(
        self: &Arc<Self>,
        patience: &mut Patience,
        waits_for: WaitsFor,
        future: F,
    ) -> Result<F::Output, Pause> {
        let mut future = pin!(future);
        loop {
            let outcome = {
                let clock = self.store.clock();
                let mut too_long = pin!(self.pauses.too_long(clock, patience, waits_for));
                poll_fn(|context| {
                    if let Poll::Ready(pause) = too_long.as_mut().poll(context) {
                        // Who has a turn already may use it, whatever is said of later ones.
                        if pause.cause == Cause::UsedUp
                            && let Poll::Ready(output) = future.as_mut().poll(context)
                        {
                            return Poll::Ready(Ok(output));
                        }
                        return Poll::Ready(Err(pause));
                    }
                    future.as_mut().poll(context).map(Ok)
                })
                .await
            };
            patience.enter(None);
            // On the heap, since it is rare, and every call would have room for it.
            if outcome.is_ok() || !Box::pin(self.has_other_pause()).await {
                return outcome;
            }
        }
    }

    /// Whether the pause is another one now, or none: a turn can have come nearer by time alone, and of who has the ledger in
    /// common with this process, a file can be removed, or have been written by others.
    async fn has_other_pause(self: &Arc<Self>) -> bool {
        match &self.store {
            LedgerStore::Own(..) => self.is_news(std::future::ready(())).await,
            #[cfg(feature = "shared-limiter")]
            LedgerStore::Shared(store) => self.is_news(self.look_again(store)).await,
            #[cfg(feature = "redis")]
            LedgerStore::Fleet(store) => self.is_news(store.update(|_, _| ())).await,
        }
    }

    /// Whether there is another pause after that, or none.
    async fn is_news<T>(&self, look: impl Future<Output = T>) -> bool {
        let known = *self.pauses.0.borrow();
        // What cannot be asked knows no other.
        look.await;
        self.publish_pause();
        *self.pauses.0.borrow() != known
    }

    /// Reads the pause from the ledger, for all who wait.
    pub(super) fn publish_pause(&self) {
        if self.paced {
            let known = self.store.look(|ledger, now| Known {
                pause: ledger.pause(now),
                put_off: ledger.put_off(now),
            });
            self.pauses.set(known);
        }
    }
}

impl Limiter {
    /// Waits for the end of a pause that was not waited for with less patience.
    ///
    /// # Errors
    ///
    /// If it is not waited for with this patience either, or another pause.
    pub(crate) async fn wait_out(
        &self,
        pause: Pause,
        patience: &mut Patience,
    ) -> Result<(), Pause> {
        if let Some(pause) = patience.refuses_pause(pause) {
            return Err(pause);
        }
        let before = patience.paused();
        self.0
            .unless_paused(patience, WaitsFor::Other, sleep(pause.left))
            .await?;
        // A turn that is put off is no pause that the limiter counts.
        let counted = patience.paused().saturating_sub(before);
        patience.spend(pause.left.saturating_sub(counted));
        Ok(())
    }
}

impl LedgerStore {
    fn clock(&self) -> Clock {
        match self {
            Self::Own(clock, _) => *clock,
            #[cfg(feature = "shared-limiter")]
            Self::Shared(store) => store.clock(),
            #[cfg(feature = "redis")]
            Self::Fleet(store) => store.clock(),
        }
    }
}

/// `the service asked for a pause; it takes requests again at 2026-03-02T10:00:00Z at the earliest (in 86400 s), …`
impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (left, until) = (self.left, self.until);
        match self.cause {
            Cause::Asked { cut } => write!(f, "{}, ", AskedFor { left, until, cut })?,
            Cause::Refused => write!(
                f,
                "the service refused a request for its rate limit and did not say for how long; \
                 this client asks again at {} (in {}), ",
                EndOfPause(until),
                Seconds(left)
            )?,
            Cause::UsedUp => write!(
                f,
                "the rate limit of the service is used up; it takes requests again at {} (in {}), ",
                EndOfPause(until),
                Seconds(left)
            )?,
        }
        match self.bound {
            Bound::Maximum { most, paused } => write!(
                f,
                "and {}; try again then, or raise ClientBuilder::max_pause",
                TooLong { most, paused }
            ),
            Bound::Deadline(left, option) => write!(
                f,
                "and the call has {} left; try again then, or raise {option}",
                Seconds(left)
            ),
            Bound::Retries(left) => write!(
                f,
                "and no attempt is made in more than {}; try again then",
                Seconds(left)
            ),
            Bound::Code => f.write_str(
                "and an authorization code lives for a minute; begin the consent again then \
                 (AuthorizationCode::begin)",
            ),
        }
    }
}

/// `pauses of more than 300 s are not waited for`
struct TooLong {
    most: Duration,
    /// How much of it went into pauses before.
    paused: Duration,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = Seconds(self.most);
        if self.paused.is_zero() {
            return write!(f, "pauses of more than {most} are not waited for");
        }
        let paused = Seconds(self.paused);
        write!(
            f,
            "pauses of more than {most} in all are not waited for, of which {paused} are over"
        )
    }
}
