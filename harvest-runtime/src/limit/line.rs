//! The line of those who wait for their turn, in the order in which they came.
//!
//! A tokio runtime may be shut down or never driven again while something in it waits: what it does then is nothing, for as
//! long as the program keeps it. So each shows time and again that it is driven, and who does not is passed by. Should it go
//! on after all, its place is still the one that it had.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, Weak};

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::{Next, lock};
use crate::pulse::{BEAT, Pulse, Watch};

/// Who is farther behind looks as many times more seldom, up to so many: those before look, too.
const MOST_BEATS: u32 = 16;
/// So many looks of one that is driven itself, in each of which another was as before, mean that the other is not. A clock
/// would not tell it from a program that stood still as a whole.
const SILENT_LOOKS: u32 = 3;

/// Those who wait, and what is left for some of them.
#[derive(Clone, Default)]
pub(super) struct Line(Arc<Mutex<Places>>);

#[derive(Default)]
struct Places {
    entered: u64,
    /// In the order of their numbers.
    waiting: VecDeque<Waiter>,
    /// Permits that may never be taken.
    left: Vec<(Weak<Handed>, u32)>,
}

#[derive(Clone)]
struct Waiter {
    number: u64,
    pulse: Pulse,
    /// It may be the first one now.
    moved: Arc<Notify>,
}

/// What one waits for, once it is there.
pub(super) type Handed = Mutex<Option<Next>>;

/// A place in the line, which is left when this is dropped.
pub(super) struct Place {
    line: Line,
    waiter: Waiter,
}

impl Line {
    /// Does something if none waits. `None` if one does.
    pub(super) fn if_empty<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let places = lock(&self.0);
        places.waiting.is_empty().then(work)
    }

    /// Takes the last place.
    pub(super) fn enter(&self) -> Place {
        let mut places = lock(&self.0);
        places.entered += 1;
        let waiter = Waiter {
            number: places.entered,
            pulse: Pulse::default(),
            moved: Arc::default(),
        };
        places.waiting.push_back(waiter.clone());
        drop(places);
        Place {
            line: self.clone(),
            waiter,
        }
    }

    /// Notes that there is something to be taken, which is given back if it is not.
    pub(super) fn leave(&self, handed: &Arc<Handed>) {
        let mut places = lock(&self.0);
        places.left.retain(|(left, _)| is_there(left));
        places.left.push((Arc::downgrade(handed), 0));
    }

    /// Gives back permits that are not taken, and whose tasks are not driven.
    fn give_back(&self) {
        let mut untaken = Vec::new();
        lock(&self.0).left.retain_mut(|(left, looks)| {
            *looks += 1;
            let stays = is_there(left);
            if stays && *looks > SILENT_LOOKS {
                untaken.push(Weak::clone(left));
                return false;
            }
            stays
        });
        for left in untaken.iter().filter_map(Weak::upgrade) {
            let back = lock(&left).take();
            drop(back);
        }
    }
}

fn is_there(left: &Weak<Handed>) -> bool {
    left.upgrade().is_some_and(|left| lock(&left).is_some())
}

impl Place {
    /// Waits until none that is driven is before it.
    pub(super) async fn first(&self) {
        let mut watch = Watch::default();
        let mut before = self.look(None);
        while before > 0 {
            let beats = if watch.silent > 0 { 1 } else { before };
            let moved = within(beats, self.waiter.moved.notified()).await;
            before = self.look((!moved).then_some(&mut watch));
        }
    }

    /// Does what the first one does, and shows that it is driven.
    pub(super) async fn driven<F: Future>(&self, work: F) -> F::Output {
        if Handle::try_current().is_err() {
            return work.await;
        }
        self.waiter.pulse.of(work, || self.line.give_back()).await
    }

    /// Shows that it is driven, and takes its place again if it was passed by. With a watch, passes by the first one if that is
    /// not driven. How many are before it.
    fn look(&self, watch: Option<&mut Watch>) -> u32 {
        let own = self.waiter.number;
        self.waiter.pulse.beat();
        let mut places = lock(&self.line.0);
        if let Err(at) = places.at(own) {
            places.waiting.insert(at, self.waiter.clone());
        }
        let first = places.waiting.front().filter(|first| first.number != own);
        if let (Some(watch), Some(first)) = (watch, first)
            && watch.look(&first.pulse) >= SILENT_LOOKS
        {
            places.waiting.pop_front();
            places.wake_first();
        }
        let before = places.at(own).unwrap_or_else(|at| at);
        u32::try_from(before).unwrap_or(u32::MAX)
    }
}

impl Places {
    fn at(&self, number: u64) -> Result<usize, usize> {
        self.waiting
            .binary_search_by_key(&number, |waiter| waiter.number)
    }

    fn wake_first(&self) {
        if let Some(first) = self.waiting.front() {
            first.moved.notify_one();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = lock(&self.line.0);
        if let Ok(at) = places.at(self.waiter.number) {
            places.waiting.remove(at);
            if at == 0 {
                places.wake_first();
            }
        }
    }
}

/// Waits for something, but no longer than so many beats where there are timers. Whether it came.
async fn within(beats: u32, future: impl Future<Output = ()>) -> bool {
    if Handle::try_current().is_err() {
        future.await;
        return true;
    }
    timeout(BEAT * beats.min(MOST_BEATS), future).await.is_ok()
}
