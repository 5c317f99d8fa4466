//! The pace of requests.

#[cfg(feature = "redis")]
mod fleet;
mod job_slots;
mod ledger;
mod line;
mod moment;
mod no_turn;
mod not_yet;
mod outcome;
mod pause;
mod queue;
#[cfg(feature = "shared-limiter")]
mod shared;
#[cfg(test)]
mod simulation;
mod window;

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::StatusCode;
use http::header::HeaderMap;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use self::job_slots::JobSlots;
use crate::{Conventions, RateWindow};

use self::ledger::{Ledger, Ticket};
use self::line::Line;
use self::moment::{Clock, Moment};
pub(crate) use self::no_turn::{NoTurn, Unbooked};
use self::not_yet::NotYet;
use self::outcome::{Outcome, RateLimitHeaders};
pub(crate) use self::pause::{AskedFor, Bound, Patience, Pause};
use self::pause::{Pauses, WaitsFor};
use self::queue::Ended;

const GUESSED: RateWindow = Conventions::DEFAULT.limit;

/// Paces requests so that the service has no reason to refuse one with 429.
///
/// A service grants so many requests in so much time, and says so in the headers of its answers (`X-RateLimit-Limit`,
/// `-Remaining`, `-Reset`, `Retry-After`). The limiter learns from them and lets requests go as fast as that allows: all
/// at once while there is some allowance left, then as it comes back. Who asks first goes first.
///
/// Copies share one allowance. A client makes one for itself; give clients that use the same key the same limiter:
///
/// ```
/// use harvest_runtime::{CallOptions, Limiter};
///
/// let limiter = Limiter::new();
/// let (one, other) = (limiter.clone(), limiter.clone());
/// let options = CallOptions::new().limiter(limiter);
/// ```
///
/// Processes of one machine share an allowance by `Limiter::shared`, with the feature `shared-limiter`; those of several
/// machines by `Limiter::redis`, with the feature `redis`.
///
/// # What it relies on
///
/// - An answer with the limit, or it goes on with the guess of 50 requests in 10 seconds. The first request goes alone,
///   so that the limit is known before the others follow.
/// - No particular kind of window. Whether the service's begins with a request, by the clock, or slides along: no more
///   than the limit are let go in any stretch of one window's length, and a request counts until one window after its
///   answer arrived, as if the service had counted it at the last moment. If the service says that more is left, that is
///   used too. Where the description of the API says that windows begin by the clock, requests count no longer than until
///   the next one begins, by the clock in the `Date` of answers.
/// - The length of the window, if the service never states it, is inferred: the first requests after the assumed end
///   are sent carefully.
/// - Others who use the same key are seen in `X-RateLimit-Remaining`. They can still cause a 429. Then all requests wait
///   for as long as the service asks, and the first one after that goes alone. A call whose time ends before the pause
///   does, and one that does not wait for pauses as long as this
///   ([`ClientBuilder::max_pause`](crate::ClientBuilder::max_pause)), fails at once ([`Error::is_paused`](crate::Error::is_paused)).
/// - The service's clock may be wrong: times are taken relative to the `Date` of the same answer.
#[derive(Clone)]
pub struct Limiter(Arc<Shared>);

struct Shared {
    /// Waiting for one's turn is waiting in this, which is first come, first served. Who is first in it is next.
    line: Line,
    /// Wakes who is next: there may be allowance where there was none.
    changed: Notify,
    waiting: AtomicUsize,
    paced: bool,
    /// The bulk jobs of all who share it.
    jobs: JobSlots,
    /// Known to all who wait, so that those fail at once who do not wait for its end.
    pauses: Pauses,
    store: LedgerStore,
}

/// A permit, and how long it took for allowance to come back once it was next.
type Next = Result<(Permit, Duration), NoTurn>;

/// Where the ledger is.
enum LedgerStore {
    Own(Clock, Box<Mutex<Ledger>>),
    #[cfg(feature = "shared-limiter")]
    Shared(Arc<shared::LedgerFile>),
    #[cfg(feature = "redis")]
    Fleet(Arc<fleet::LedgerKey>),
}

impl Limiter {
    /// Learns the limit from the service. Begins with the guess of 50 requests in 10 seconds, one of them ahead of the
    /// others.
    pub fn new() -> Self {
        Self::with(Ledger::guessing(GUESSED), true)
    }

    /// Learns the limit from the service. Begins with a guess, one request ahead of the others.
    pub(crate) fn guessing(guess: RateWindow) -> Self {
        Self::with(Ledger::guessing(guess), true)
    }

    /// Learns from a description whether windows begin by the clock.
    pub(crate) fn align(&self, described: RateWindow) {
        match &self.0.store {
            LedgerStore::Own(_, ledger) => lock(ledger).align(described),
            #[cfg(feature = "shared-limiter")]
            LedgerStore::Shared(store) => store.update(|ledger, _| ledger.align(described)),
            #[cfg(feature = "redis")]
            LedgerStore::Fleet(store) => store.describe(described),
        }
    }

    /// Begins with a limit that you know, without sending a request ahead. Answers can still correct it: the limit by
    /// `X-RateLimit-Limit`, the window if it turns out to be longer.
    ///
    /// A limit of 0 is taken for 1. A window of more than a day is taken for a day.
    ///
    /// ```
    /// use std::time::Duration;
    /// use harvest_runtime::Limiter;
    ///
    /// let limiter = Limiter::starting_with(150, Duration::from_secs(30));
    /// assert_eq!(limiter.snapshot().remaining, 150);
    /// ```
    pub fn starting_with(limit: u32, window: Duration) -> Self {
        Self::with(Ledger::knowing(limit, window), true)
    }

    /// Never makes a request wait, not even after a 429: then only the call that got it waits, if it is retried. It
    /// still counts, for [`snapshot`](Self::snapshot).
    ///
    /// For a service without a limit, or where something else keeps to it.
    pub fn unlimited() -> Self {
        Self::with(Ledger::guessing(GUESSED), false)
    }

    fn with(ledger: Ledger, paced: bool) -> Self {
        Self::of(
            LedgerStore::Own(Clock::start(), Box::new(Mutex::new(ledger))),
            paced,
        )
    }

    fn of(store: LedgerStore, paced: bool) -> Self {
        let shared = Arc::new(Shared {
            line: Line::default(),
            changed: Notify::new(),
            waiting: AtomicUsize::new(0),
            paced,
            jobs: JobSlots::default(),
            pauses: Pauses::new(),
            store,
        });
        // Another process may have left one in the file.
        shared.publish_pause();
        Self(shared)
    }

    /// Waits for one's turn. A future that is dropped leaves the queue, and the next one moves up.
    ///
    /// # Errors
    ///
    /// At once, if the service asked for a pause that this call does not wait for, or its answers put off the turn as long;
    /// and if the ledger is elsewhere and could not be asked for a while.
    pub(crate) async fn acquire(&self, patience: &mut Patience) -> Result<Permit, NoTurn> {
        let shared = &self.0;
        let _waiting = Waiting::begin(&shared.waiting);
        let next = shared.next_permit(*patience);
        let (mut permit, waited) = shared
            .unless_paused(patience, WaitsFor::Turn, next)
            .await??;
        permit.sent = true;
        patience.spend(waited);
        Ok(permit)
    }

    /// Waits for something that needs turns, unless the service asked for a pause that is not waited for.
    ///
    /// # Errors
    ///
    /// As soon as there is such a pause.
    pub(crate) async fn unless_paused<F: Future>(
        &self,
        patience: &mut Patience,
        future: F,
    ) -> Result<F::Output, Pause> {
        self.0
            .unless_paused(patience, WaitsFor::Other, future)
            .await
    }

    /// The request of this permit was answered, with these headers, at this time. Of a refusal (429): how long nothing
    /// will be sent, which is what the service asks for or, if it does not say, an estimate.
    pub(crate) fn observe(
        &self,
        permit: Permit,
        status: StatusCode,
        headers: &HeaderMap,
        now: Instant,
    ) -> Option<Duration> {
        assert!(
            Arc::ptr_eq(&self.0, &permit.shared),
            "a permit of another limiter"
        );
        let outcome = Outcome::Answered(status, RateLimitHeaders::read(headers));
        let pause = permit
            .ticket
            .filter(|_| status == StatusCode::TOO_MANY_REQUESTS);
        let pause = pause.and_then(|ticket| {
            // Before it is written down, as a ledger in a file is written later.
            let foresee = |ledger: &mut Ledger, now| ledger.pause_after(&ticket, outcome, now);
            self.0.store.look(foresee)
        });
        permit.settle(outcome, now);
        pause
    }

    /// How long it takes until a request can go that waits behind so many others, at the least.
    pub(crate) fn turn_behind(&self, others: usize) -> Duration {
        if !self.0.paced {
            return Duration::ZERO;
        }
        let others = others as u64;
        self.0
            .store
            .look(|ledger, now| ledger.turn_behind(others, now) - now)
    }

    /// The places of bulk jobs.
    pub(crate) fn job_slots(&self) -> &JobSlots {
        &self.0.jobs
    }

    /// How many requests wait for their turn.
    pub(crate) fn waiting(&self) -> usize {
        self.0.waiting.load(Ordering::Relaxed)
    }

    /// No answer came. The service may have counted the request or not, so it counts here. Dropping a permit is the
    /// same.
    pub(crate) fn failed(&self, permit: Permit) {
        assert!(
            Arc::ptr_eq(&self.0, &permit.shared),
            "a permit of another limiter"
        );
        drop(permit);
    }

    /// What is known of the allowance now. For people and their dashboards: by the time you look at it, others may have
    /// used it.
    pub fn snapshot(&self) -> Allowance {
        let waiting = self.waiting();
        self.0.store.look(|ledger, now| Allowance {
            limit: ledger.limit(),
            window: ledger.window(),
            remaining: ledger.remaining(now),
            pause: ledger.paused_until(now).map(|until| until - now),
            waiting,
        })
    }
}

impl Default for Limiter {
    fn default() -> Self {
        Self::new()
    }
}

/// Prints the [snapshot](Limiter::snapshot).
impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Limiter").field(&self.snapshot()).finish()
    }
}

impl Shared {
    /// The next permit, and how long it took for allowance to come back once this was next. The patience is that of the
    /// beginning.
    async fn next_permit(self: &Arc<Self>, patience: Patience) -> Next {
        let begun = Instant::now();
        if !self.paced {
            return Box::pin(self.as_next(patience, begun)).await;
        }
        if let Some((clock, ledger)) = self.store.own()
            && let Some(Ok(permit)) = self.line.if_empty(|| self.ask(clock, &mut lock(ledger)))
        {
            return Ok((permit, Duration::ZERO));
        }
        while let Ok(runtime) = Handle::try_current() {
            match Box::pin(queue::wait(self, &runtime, patience, begun)).await {
                Ok(next) => return next,
                Err(Ended::Moved) => {}
                Err(Ended::ShutDown) => break,
            }
        }
        Box::pin(self.in_turn(patience, begun)).await
    }

    /// The permit of a call that waits for its turn here.
    async fn in_turn(self: &Arc<Self>, patience: Patience, begun: Instant) -> Next {
        let place = self.line.enter();
        place.first().await;
        place.driven(self.as_next(patience, begun)).await
    }

    /// The permit of a call that is next, and has waited since then.
    #[cfg_attr(
        not(feature = "redis"),
        expect(unused_variables, reason = "of a fleet")
    )]
    async fn as_next(self: &Arc<Self>, mut patience: Patience, begun: Instant) -> Next {
        #[cfg(feature = "redis")]
        if let LedgerStore::Fleet(store) = &self.store
            && let Some(reason) = store.given_up_since(begun)
        {
            return Err(reason.into());
        }
        let mut waited = Duration::ZERO;
        loop {
            let verdict = match &self.store {
                LedgerStore::Own(clock, ledger) => self.ask(*clock, &mut lock(ledger)),
                #[cfg(feature = "shared-limiter")]
                LedgerStore::Shared(store) => {
                    let verdict = self.ask_others(store).await;
                    // Another process may have been refused.
                    self.publish_pause();
                    verdict
                }
                #[cfg(feature = "redis")]
                LedgerStore::Fleet(store) => {
                    let verdict = self.ask_fleet(store).await?;
                    self.publish_pause();
                    verdict
                }
            };
            let later = match verdict {
                Ok(permit) => return Ok((permit, waited)),
                Err(later) => later,
            };
            if let Some(pause) = later.turn.and_then(|turn| patience.refuses(turn)) {
                return Err(pause.into());
            }
            // A change from here on is not missed: `Notify` remembers it.
            let begun = Instant::now();
            match later.again {
                // Whichever comes first is reason enough to look again.
                Some(until) => {
                    let _ = timeout_at(until, self.changed.notified()).await;
                }
                None => self.changed.notified().await,
            }
            if later.turn.is_some() {
                patience.spend(begun.elapsed());
                waited = waited.saturating_add(begun.elapsed());
            }
        }
    }

    /// A permit, or when to ask again.
    fn ask(self: &Arc<Self>, clock: Clock, ledger: &mut Ledger) -> Result<Permit, NotYet<Instant>> {
        match self.verdict(ledger, clock.now()) {
            Ok(ticket) => Ok(self.permit(ticket)),
            Err(later) => Err(later.map(|moment| clock.instant(moment))),
        }
    }

    fn verdict(&self, ledger: &mut Ledger, now: Moment) -> Result<Ticket, NotYet<Moment>> {
        if self.paced {
            ledger.admit(now)
        } else {
            Ok(ledger.issue(now))
        }
    }

    fn permit(self: &Arc<Self>, ticket: Ticket) -> Permit {
        Permit {
            shared: Arc::clone(self),
            ticket: Some(ticket),
            sent: false,
        }
    }

    fn settle(self: &Arc<Self>, ticket: Ticket, outcome: Outcome, now: Instant) {
        match &self.store {
            LedgerStore::Own(clock, ledger) => {
                lock(ledger).settled(&ticket, outcome, clock.at(now));
                self.publish_pause();
                self.changed.notify_one();
            }
            #[cfg(feature = "shared-limiter")]
            LedgerStore::Shared(store) => self.tell_others(store, ticket, outcome, now),
            #[cfg(feature = "redis")]
            LedgerStore::Fleet(store) => self.tell_fleet(store, ticket, outcome),
        }
    }
}

impl LedgerStore {
    /// The ledger, if it is in the memory of this process.
    fn own(&self) -> Option<(Clock, &Mutex<Ledger>)> {
        match self {
            Self::Own(clock, ledger) => Some((*clock, ledger)),
            #[cfg(feature = "shared-limiter")]
            Self::Shared(_) => None,
            #[cfg(feature = "redis")]
            Self::Fleet(_) => None,
        }
    }

    /// Looks at the ledger, as it is as far as this process knows.
    fn look<T>(&self, at: impl FnOnce(&mut Ledger, Moment) -> T) -> T {
        match self {
            Self::Own(clock, ledger) => at(&mut lock(ledger), clock.now()),
            #[cfg(feature = "shared-limiter")]
            Self::Shared(store) => store.look(at),
            #[cfg(feature = "redis")]
            Self::Fleet(store) => store.look(at),
        }
    }
}

/// What the lock guards is whole at any time: each change is complete before anything in it could panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a [`Limiter`] knows of the allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allowance {
    /// How many requests the service grants in one window.
    pub limit: u32,
    /// How long a window is, as far as known.
    pub window: Duration,
    /// How many requests can go at once. 0 during a pause that the service asked for.
    pub remaining: u32,
    /// How long the pause still takes that the service asked for (429). `None` if there is none.
    pub pause: Option<Duration>,
    /// How many requests wait for their turn.
    pub waiting: usize,
}

/// Leave to send one request, to be given back with what came of it.
#[must_use = "a permit that is dropped counts as a request that was sent"]
pub(crate) struct Permit {
    shared: Arc<Shared>,
    ticket: Option<Ticket>,
    /// It was handed out, so the request was sent for all we know.
    sent: bool,
}

impl Permit {
    fn settle(mut self, outcome: Outcome, now: Instant) {
        if let Some(ticket) = self.ticket.take() {
            self.shared.settle(ticket, outcome, now);
        }
    }
}

/// Who holds the permit may have been cancelled while sending.
impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            let outcome = if self.sent {
                Outcome::Unanswered
            } else {
                Outcome::Unsent
            };
            self.shared.settle(ticket, outcome, Instant::now());
        }
    }
}

struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
