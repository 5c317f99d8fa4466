//! Memory for bodies, and turns at putting long answers together.
//!
//! An answer takes its share while it grows, so that one for which there is none is given up at its beginning, and not when all
//! of it is there. Long ones take turns besides: connections that read are left for those that are short.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use super::connection::lock;
use crate::bounds::SMALL_ANSWER;
use crate::refusal::{Outcome, Refusal};

/// Memory is counted in pieces of so many bytes.
const PIECE: usize = 1 << 10;

/// Longer answers, in bytes, take turns.
const LONG: usize = 4 << 20;

/// So many answers wait for their turn, each with a connection that reads, and not longer than that.
pub(super) const WAITING: usize = 4;
const PATIENCE: Duration = Duration::from_secs(10);

/// The memory for bodies, of requests and of answers.
pub(crate) struct Room {
    /// In pieces.
    free: Arc<Semaphore>,
    total: usize,
    turns: Mutex<Turns>,
    returned: Condvar,
    /// How many long answers are put together at the same time.
    most: usize,
}

#[derive(Default)]
struct Turns {
    taken: usize,
    waiting: usize,
}

/// What the answer has taken that a thread puts together.
struct Taken {
    room: Arc<Room>,
    share: Option<OwnedSemaphorePermit>,
    has_turn: bool,
}

thread_local! {
    static TAKEN: RefCell<Option<Taken>> = const { RefCell::new(None) };
}

/// Ends what a thread has taken, also if it panics.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        drop(TAKEN.take());
    }
}

impl Room {
    pub(crate) fn new(bytes: usize) -> Self {
        let total = pieces(bytes).min(Semaphore::MAX_PERMITS);
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            free: Arc::new(Semaphore::new(total)),
            total,
            turns: Mutex::default(),
            returned: Condvar::new(),
            // Fewer than connections that read.
            most: processors.clamp(2, 14),
        }
    }

    /// Waits for a share. One of more than there is gets all of it.
    pub(crate) async fn acquire(&self, bytes: usize) -> Result<OwnedSemaphorePermit, AcquireError> {
        let share = u32::try_from(self.share(bytes)).unwrap_or(u32::MAX);
        Arc::clone(&self.free).acquire_many_owned(share).await
    }

    /// Puts an answer together, which takes its share while it [grows](grow).
    pub(crate) fn within<T>(self: &Arc<Self>, work: impl FnOnce() -> T) -> T {
        TAKEN.set(Some(Taken {
            room: Arc::clone(self),
            share: None,
            has_turn: false,
        }));
        let _end = End;
        work()
    }

    /// The share of an answer that is there, of what it has taken already as far as it has; none if there is not enough left.
    pub(crate) fn keep(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        let taken = TAKEN.with_borrow_mut(|taken| taken.as_mut()?.share.take());
        let wanted = self.share(bytes);
        let Some(mut share) = taken else {
            return self.take(wanted);
        };
        let has = share.num_permits();
        match has.cmp(&wanted) {
            Ordering::Greater => drop(share.split(has - wanted)),
            Ordering::Less => share.merge(self.take(wanted - has)?),
            Ordering::Equal => {}
        }
        Some(share)
    }

    fn take(&self, pieces: usize) -> Option<OwnedSemaphorePermit> {
        let pieces = u32::try_from(pieces).unwrap_or(u32::MAX);
        Arc::clone(&self.free).try_acquire_many_owned(pieces).ok()
    }

    fn share(&self, bytes: usize) -> usize {
        pieces(bytes).min(self.total)
    }

    /// Waits for a turn, unless many do.
    fn wait(&self) -> Outcome<()> {
        let mut turns = lock(&self.turns);
        if turns.taken >= self.most {
            if turns.waiting >= WAITING {
                return Err(Refusal::Crowded);
            }
            turns.waiting += 1;
            let full = |turns: &mut Turns| turns.taken >= self.most;
            let waited = self.returned.wait_timeout_while(turns, PATIENCE, full);
            let (there, _) = waited.unwrap_or_else(std::sync::PoisonError::into_inner);
            turns = there;
            turns.waiting -= 1;
            if turns.taken >= self.most {
                return Err(Refusal::Crowded);
            }
        }
        turns.taken += 1;
        Ok(())
    }
}

impl Taken {
    fn grow(&mut self, bytes: usize) -> Outcome<()> {
        if bytes > LONG && !self.has_turn {
            self.room.wait()?;
            self.has_turn = true;
        }
        let wanted = self.room.share(bytes);
        let has = self
            .share
            .as_ref()
            .map_or(0, OwnedSemaphorePermit::num_permits);
        if wanted <= has {
            return Ok(());
        }
        let more = self.room.take(wanted - has).ok_or(Refusal::Crowded)?;
        match &mut self.share {
            Some(share) => share.merge(more),
            none => *none = Some(more),
        }
        Ok(())
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if self.has_turn {
            lock(&self.room.turns).taken -= 1;
            self.room.returned.notify_one();
        }
    }
}

/// The answer that this thread puts together gets at least so long: refused if there is no memory for it.
pub(crate) fn grow(bytes: usize) -> Outcome<()> {
    if bytes <= SMALL_ANSWER {
        return Ok(());
    }
    TAKEN.with_borrow_mut(|taken| taken.as_mut().map_or(Ok(()), |taken| taken.grow(bytes)))
}

fn pieces(bytes: usize) -> usize {
    bytes.div_ceil(PIECE).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_takes_its_share_while_it_grows_and_keeps_what_it_needs() {
        let room = Arc::new(Room::new(1 << 20));
        let free = || room.free.available_permits();
        let share = room.within(|| {
            grow(SMALL_ANSWER).unwrap();
            assert_eq!(free(), 1024);
            for kib in [100, 600, 500] {
                grow(kib << 10).unwrap();
            }
            assert_eq!(free(), 424);
            room.keep(200 << 10).unwrap()
        });
        assert_eq!(free(), 824);
        // Another is refused as soon as it is longer than what is left, and leaves nothing behind.
        let refused = room.within(|| grow(800 << 10).and_then(|()| grow(900 << 10)));
        assert!(matches!(refused, Err(Refusal::Crowded)));
        assert_eq!(free(), 824);
        drop(share);
        // More than there is takes all there is; what no request is made for takes nothing.
        room.within(|| grow(3 << 20)).unwrap();
        grow(3 << 20).unwrap();
        assert_eq!(free(), 1024);
    }

    #[test]
    fn long_answers_take_turns_and_short_ones_do_not_wait() {
        let room = Arc::new(Room::new(1 << 30));
        let (many, long) = (room.most + WAITING, LONG + 1);
        let go_on = Arc::new(Semaphore::new(0));
        let grown = |room: &Arc<Room>| room.within(|| grow(long));
        std::thread::scope(|scope| {
            for _ in 0..many {
                scope.spawn(|| {
                    room.within(|| {
                        grow(long).unwrap();
                        while !go_on.is_closed() {
                            std::thread::yield_now();
                        }
                    });
                });
            }
            while lock(&room.turns).waiting < WAITING {
                std::thread::yield_now();
            }
            assert_eq!(lock(&room.turns).taken, room.most);
            assert!(matches!(grown(&room), Err(Refusal::Crowded)));
            room.within(|| grow(LONG)).unwrap();
            go_on.close();
        });
        assert_eq!(lock(&room.turns).taken, 0);
        grown(&room).unwrap();
    }
}
