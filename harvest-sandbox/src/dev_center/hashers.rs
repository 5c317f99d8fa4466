//! Threads that hash passwords.
//!
//! A hash takes 19 MiB and a processor for a while, on purpose. So there are two threads that do nothing else, each with
//! memory of its own, which bounds both.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::password::Memory;
use super::turns::too_many;
use crate::http::refusal::Outcome;
use crate::refusal::broken;

/// How many passwords are hashed at the same time.
const AT_ONCE: usize = 2;
/// How many more wait.
const WAITING: usize = 8;
/// When to try again, if there are more.
const SOON: Duration = Duration::from_secs(1);

type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// The threads. They are started when there is something to do, and end with this.
#[derive(Default)]
pub(super) struct Hashers {
    queue: OnceLock<SyncSender<Work>>,
}

impl Hashers {
    /// Has one of the threads do something, and waits for it. 429 if too much is to be done already.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let (done, result) = sync_channel(1);
        let work = Box::new(move |memory: &mut Memory| {
            // The receiver may be gone.
            let _ = done.send(work(memory));
        });
        let queue = self.queue.get_or_init(start);
        queue.try_send(work).map_err(|_| too_many(SOON))?;
        let stopped = |_| broken("a password could not be hashed");
        result.recv().map_err(stopped)?
    }
}

fn start() -> SyncSender<Work> {
    let (queue, work) = sync_channel(WAITING);
    let work = Arc::new(Mutex::new(work));
    for _ in 0..AT_ONCE {
        let work = Arc::clone(&work);
        let name = "password hasher".to_owned();
        // With one thread less it takes longer. Without any, what is asked for is refused.
        let _ = thread::Builder::new().name(name).spawn(move || {
            let mut memory = Memory::default();
            while let Some(next) = take(&work) {
                next(&mut memory);
            }
        });
    }
    queue
}

fn take(work: &Mutex<Receiver<Work>>) -> Option<Work> {
    // Nothing panics while it is held.
    let work = work.lock().unwrap_or_else(PoisonError::into_inner);
    work.recv().ok()
}
