//! One allowance for several processes: a ledger in a file.
//!
//! A process that changes the ledger locks the file, reads it and writes it back, within microseconds and on a thread that may
//! wait. The lock is the operating system's, which takes it from a process that ends, however it ends.

mod file;
mod ledger_file;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::Instant;

pub(super) use self::ledger_file::LedgerFile;
use super::ledger::{Ledger, Ticket};
use super::moment::Clock;
use super::not_yet::NotYet;
use super::outcome::Outcome;
use super::{GUESSED, LedgerStore, Limiter, Permit, Shared};
use crate::RateWindow;

/// There is no notification when another process changes the ledger: the next task in the queue polls it this often.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

impl Limiter {
    /// Shares one allowance with all processes that name the same file. Needs the feature `shared-limiter`.
    ///
    /// A key's limit is shared by all that use it: with a limiter in each process, two of them ask for twice as much as
    /// the service allows. With this one they keep the same ledger, and so the limit, its window, what is left of it and
    /// a pause after a 429 are known to all. Within a process, who asks first goes first; between processes, chance
    /// decides.
    ///
    /// ```no_run
    /// # #[cfg(feature = "shared-limiter")] {
    /// use std::path::PathBuf;
    /// use harvest_runtime::{CallOptions, Limiter};
    ///
    /// # fn options() -> std::io::Result<CallOptions> {
    /// let folder = std::env::var_os("XDG_RUNTIME_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    /// let limiter = Limiter::shared(folder.join("acme-harvest-sync.limit"))?;
    /// let options = CallOptions::new().limiter(limiter);
    /// # Ok(options)
    /// # }
    /// # }
    /// ```
    ///
    /// # The file
    ///
    /// Choose one for each key, in a folder that belongs to the user who runs the processes, and name it after what the
    /// key is for; never after the key. It is made if it is not there, for its owner alone. In it are times and counts,
    /// and nothing about the key, the requests or their answers. It can be deleted at any time: a new one begins with
    /// one request that goes ahead, and learns from the answer what is left.
    ///
    /// # What it relies on
    ///
    /// - The processes run on one machine. Locks in folders of other machines (NFS, SMB) may not hold.
    /// - The clock of the machine, because it is what processes have in common. If it is set back, all wait as if the
    ///   last change had been made just now; if it is set forward, a window can end early, and a 429 be the
    ///   consequence, which is waited out.
    /// - A process can end at any time, killed or not. A request of which it had no answer yet counts as one without an
    ///   answer after 15 seconds. A file that was half written is started again, with one request that goes ahead.
    /// - If the file cannot be used for a while (the disk is full, a process that holds the lock is stopped), each
    ///   process continues alone with what it knew last, warns by `tracing`, and tries again every 5 seconds.
    /// - [`snapshot`](Self::snapshot) is what this process saw last.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened, made, locked or written, or if it is something else than a limiter's file, which is
    /// then left as it is.
    pub fn shared(path: impl Into<PathBuf>) -> io::Result<Self> {
        Self::open(path.into(), None, Clock::common())
    }

    /// Shares one allowance, and begins with a limit that you know, as [`starting_with`](Self::starting_with) does. It
    /// takes the place of what the file says.
    ///
    /// # Errors
    ///
    /// As those of [`shared`](Self::shared).
    pub fn shared_starting_with(
        path: impl Into<PathBuf>,
        limit: u32,
        window: Duration,
    ) -> io::Result<Self> {
        Self::open(path.into(), Some((limit, window)), Clock::common())
    }

    pub(super) fn open(
        path: PathBuf,
        known: Option<(u32, Duration)>,
        clock: Clock,
    ) -> io::Result<Self> {
        let guess = known.map_or(GUESSED, |(requests, window)| RateWindow {
            requests,
            window,
            aligned: false,
        });
        let store = LedgerFile::open(path, Ledger::guessing(guess), clock)?;
        if let Some((limit, window)) = known {
            store.update(|ledger, _| ledger.know(limit, window));
        }
        Ok(Self::of(LedgerStore::Shared(Arc::new(store)), true))
    }
}

impl Shared {
    pub(super) async fn ask_others(
        self: &Arc<Self>,
        store: &Arc<LedgerFile>,
    ) -> Result<Permit, NotYet<Instant>> {
        let (shared, theirs) = (Arc::clone(self), Arc::clone(store));
        // Should the task that waits for it be gone, the permit is dropped on the way, unsent.
        let ask = move || {
            let verdict = theirs.update(|ledger, now| shared.verdict(ledger, now));
            verdict.map(|ticket| shared.permit(ticket))
        };
        let verdict = aside(ask).await.unwrap_or(Err(NotYet::LATER));
        verdict.map_err(|later| {
            let later = later.map(|moment| store.clock().instant(moment));
            later.by(Instant::now() + LOOK_AGAIN)
        })
    }

    /// Reads the ledger as it is now.
    pub(super) async fn look_again(self: &Arc<Self>, store: &Arc<LedgerFile>) {
        let theirs = Arc::clone(store);
        aside(move || theirs.update(|_, _| ())).await;
    }

    pub(super) fn tell_others(
        self: &Arc<Self>,
        store: &Arc<LedgerFile>,
        ticket: Ticket,
        outcome: Outcome,
        now: Instant,
    ) {
        store.note(ticket, outcome, now);
        let (shared, theirs) = (Arc::clone(self), Arc::clone(store));
        let tell = move || {
            theirs.write_notes();
            shared.publish_pause();
            shared.changed.notify_one();
        };
        match Handle::try_current() {
            // Not waited for: the next reader of the ledger applies them first.
            Ok(runtime) => drop(runtime.spawn_blocking(tell)),
            Err(_) => tell(),
        }
    }
}

/// Does what may wait for a file, on a thread that may. `None` if the runtime ends, and this task with it.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let Ok(runtime) = Handle::try_current() else {
        return Some(work());
    };
    match runtime.spawn_blocking(work).await {
        Ok(done) => Some(done),
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => None,
        },
    }
}
