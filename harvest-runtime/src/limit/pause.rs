//! Pauses that the service asked for, and which calls wait for their end.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use tokio::sync::watch;
use tokio::time::Instant;

use super::{LedgerStore, Shared};
use crate::call_stats::Seconds;
use crate::limit::moment::{Clock, Moment};

/// How long a call waits for the end of a pause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// The end of the call's own time.
    pub(crate) deadline: Option<Instant>,
    /// The longest pause that is waited for.
    pub(crate) max_pause: Duration,
}

/// A pause that a call does not wait for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pause {
    /// How long it still takes.
    pub(crate) left: Duration,
    /// When it ends.
    pub(crate) until: DateTime<Utc>,
    /// The service asked for a longer one, of which this is the beginning.
    cut: bool,
    bound: Bound,
}

/// What a pause outlasts.
#[derive(Clone, Copy, Debug)]
enum Bound {
    Maximum(Duration),
    /// The time that the call has left.
    Deadline(Duration),
}

impl Patience {
    /// Waits for as long as it takes.
    pub(crate) const ENDLESS: Self = Self {
        deadline: None,
        max_pause: Duration::MAX,
    };

    /// The pause, if it is one that is not waited for.
    fn outlasted_by(&self, until: Instant, cut: bool) -> Option<Pause> {
        let now = Instant::now();
        let left = until.saturating_duration_since(now);
        if left.is_zero() {
            return None;
        }
        let bound = if left > self.max_pause {
            Bound::Maximum(self.max_pause)
        } else {
            let deadline = self.deadline.filter(|deadline| *deadline < until)?;
            Bound::Deadline(deadline.saturating_duration_since(now))
        };
        let length = TimeDelta::from_std(left).unwrap_or(TimeDelta::MAX);
        Some(Pause {
            left,
            until: Utc::now()
                .checked_add_signed(length)
                .unwrap_or(DateTime::<Utc>::MAX_UTC),
            cut,
            bound,
        })
    }
}

/// The pause that is known, for all who wait: its end, and whether the service asked for a longer one.
pub(super) struct Pauses(watch::Sender<Option<(Moment, bool)>>);

impl Pauses {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(None))
    }

    /// Tells those who wait, if it is news.
    pub(super) fn set(&self, pause: Option<(Moment, bool)>) {
        self.0
            .send_if_modified(|known| std::mem::replace(known, pause) != pause);
    }

    /// Resolves once there is a pause that outlasts this patience. It may never.
    async fn too_long(&self, clock: Clock, patience: Patience) -> Pause {
        let mut pauses = self.0.subscribe();
        loop {
            let known = *pauses.borrow_and_update();
            let pause =
                known.and_then(|(until, cut)| patience.outlasted_by(clock.instant(until), cut));
            if let Some(pause) = pause {
                return pause;
            }
            if pauses.changed().await.is_err() {
                // The sender lives in the limiter, which is borrowed here.
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Shared {
    /// Waits for something, unless there is a pause that is not waited for, or comes to be one meanwhile.
    pub(super) async fn unless_paused<F: Future>(
        &self,
        patience: Patience,
        future: F,
    ) -> Result<F::Output, Pause> {
        let too_long = self.pauses.too_long(self.store.clock(), patience);
        let (mut too_long, mut future) = (pin!(too_long), pin!(future));
        poll_fn(|context| {
            if let Poll::Ready(pause) = too_long.as_mut().poll(context) {
                return Poll::Ready(Err(pause));
            }
            future.as_mut().poll(context).map(Ok)
        })
        .await
    }

    /// Reads the pause from the ledger, for all who wait.
    pub(super) fn publish_pause(&self) {
        if self.paced {
            let pause = self.store.look(|ledger, now| ledger.pause(now));
            self.pauses.set(pause);
        }
    }
}

impl LedgerStore {
    fn clock(&self) -> Clock {
        match self {
            Self::Own(clock, _) => *clock,
            #[cfg(feature = "shared-limiter")]
            Self::Shared(store) => store.clock(),
        }
    }
}

/// `not before 2026-03-02T10:00:00Z (in 86400 s), …`
impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rounded up, as the seconds are.
        let until = self.until + TimeDelta::milliseconds(999);
        f.write_str("the service answered 429 and asked for a pause")?;
        f.write_str(if self.cut {
            " of more than a day; this client asks again"
        } else {
            "; it takes requests again"
        })?;
        write!(
            f,
            " at {} at the earliest (in {}), ",
            until.to_rfc3339_opts(SecondsFormat::Secs, true),
            Seconds(self.left)
        )?;
        match self.bound {
            Bound::Maximum(most) => write!(
                f,
                "and pauses of more than {} are not waited for; try again then, or raise \
                 ClientBuilder::max_pause",
                Seconds(most)
            ),
            Bound::Deadline(left) => write!(
                f,
                "and the call has {} left; try again then, or raise ClientBuilder::timeout",
                Seconds(left)
            ),
        }
    }
}
