//! Counts of what a thread asks of the store, for tests of how often that is.

use std::cell::Cell;

/// What was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) reads: usize,
    pub(crate) writes: usize,
    /// Users in whose name something was done.
    pub(crate) actors: usize,
}

thread_local! {
    static COUNTS: Cell<Counts> = const {
        Cell::new(Counts { reads: 0, writes: 0, actors: 0 })
    };
}

/// Counts one thing more.
pub(crate) fn count(one: impl FnOnce(&mut Counts)) {
    let mut counts = COUNTS.get();
    one(&mut counts);
    COUNTS.set(counts);
}

/// What this thread has asked while it did something.
pub(crate) fn counted<T>(what: impl FnOnce() -> T) -> (T, Counts) {
    COUNTS.set(Counts::default());
    (what(), COUNTS.get())
}
