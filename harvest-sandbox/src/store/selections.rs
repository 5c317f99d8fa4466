//! Selections: what long lists with a condition amount to, kept for their next pages as long as nothing is written.
//!
//! A numbered page says how many records its list has, and begins at a place in it. Both are a walk over all records that
//! the condition picks, so that reading such a list page by page would take the square of its length. Who asks for a list
//! a second time gets its pages from the ids of all of it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use super::connection::lock;

/// The most lists that are kept.
const MOST_LISTS: usize = 64;
/// The most ids of all lists together: 32 MiB.
const MOST_IDS: usize = 4 << 20;
/// A shorter list is walked through each time, which takes less than a millisecond.
const FEWEST_IDS: usize = 2_000;
/// The longest key, in bytes. What a client writes is a part of it.
const LONGEST_KEY: usize = 4 << 10;

/// What is kept of lists.
#[derive(Default)]
pub(super) struct Selections {
    /// A sequence lock: odd while something is written.
    sequence: AtomicU64,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// The sequence of which all of it is.
    sequence: u64,
    /// Those that were kept last come last.
    lists: Vec<(String, Selection)>,
    ids: usize,
}

#[derive(Clone, Default)]
struct Selection {
    length: Option<usize>,
    /// Whether a page of it was read.
    is_read: bool,
    ids: Option<Arc<[i64]>>,
}

/// Something is being written until this is dropped.
pub(super) struct Writing<'a>(&'a Selections);

/// The records at one point in time, of which selections are kept.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    selections: &'a Selections,
    sequence: u64,
}

impl Selections {
    /// Begins a write, which is alone.
    pub(super) fn write(&self) -> Writing<'_> {
        self.sequence.fetch_add(1, Ordering::SeqCst);
        Writing(self)
    }

    /// The present, unless something is being written. To be asked before the transaction of a reader begins.
    pub(super) fn now(&self) -> Option<Moment<'_>> {
        let sequence = self.sequence.load(Ordering::SeqCst);
        (sequence % 2 == 0).then_some(Moment {
            selections: self,
            sequence,
        })
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.sequence.fetch_add(1, Ordering::SeqCst);
    }
}

impl<'a> Moment<'a> {
    /// Whether nothing was written since. To be asked once the transaction of a reader has begun: then it reads what was
    /// there at this moment.
    pub(super) fn is_now(self) -> bool {
        self.selections.sequence.load(Ordering::SeqCst) == self.sequence
    }

    /// How many records a list has, counted once.
    pub(super) fn length<E>(
        self,
        list: &str,
        count: impl FnOnce() -> Result<usize, E>,
    ) -> Result<usize, E> {
        if let Some(length) = self.find(list).and_then(|it| it.length) {
            return Ok(length);
        }
        let length = count()?;
        self.keep(list, |it| it.length = Some(length));
        Ok(length)
    }

    /// The ids of a list, if they are asked for a second time and are many, and not more than are kept.
    pub(super) fn ids<E>(
        self,
        list: &str,
        count: impl FnOnce() -> Result<usize, E>,
        read: impl FnOnce() -> Result<Vec<i64>, E>,
    ) -> Result<Option<Arc<[i64]>>, E> {
        let found = self.find(list).unwrap_or_default();
        if found.ids.is_some() {
            return Ok(found.ids);
        }
        if !found.is_read {
            self.keep(list, |it| it.is_read = true);
            return Ok(None);
        }
        // A client may want no length.
        if !(FEWEST_IDS..=MOST_IDS).contains(&self.length(list, count)?) {
            return Ok(None);
        }
        let ids: Arc<[i64]> = read()?.into();
        self.keep(list, |it| it.ids = Some(Arc::clone(&ids)));
        Ok(Some(ids))
    }

    fn find(self, list: &str) -> Option<Selection> {
        let kept = self.kept();
        let mut lists = kept.lists.iter();
        let (_, selection) = lists.find(|(known, _)| known == list)?;
        (kept.sequence == self.sequence).then(|| selection.clone())
    }

    fn keep(self, list: &str, change: impl FnOnce(&mut Selection)) {
        let mut kept = self.kept();
        if list.len() > LONGEST_KEY || kept.sequence > self.sequence {
            return;
        }
        if kept.sequence < self.sequence {
            *kept = Kept {
                sequence: self.sequence,
                ..Kept::default()
            };
        }
        let mut selection = kept.take(list).unwrap_or_default();
        change(&mut selection);
        let room = MOST_IDS.saturating_sub(length(&selection));
        while kept.ids > room || kept.lists.len() >= MOST_LISTS {
            let (_, oldest) = kept.lists.remove(0);
            kept.ids -= length(&oldest);
        }
        kept.ids += length(&selection);
        kept.lists.push((list.to_owned(), selection));
    }

    fn kept(self) -> MutexGuard<'a, Kept> {
        lock(&self.selections.kept)
    }
}

impl Kept {
    fn take(&mut self, list: &str) -> Option<Selection> {
        let place = self.lists.iter().position(|(known, _)| known == list)?;
        let (_, selection) = self.lists.remove(place);
        self.ids -= length(&selection);
        Some(selection)
    }
}

/// How many ids are kept of a list.
fn length(selection: &Selection) -> usize {
    selection.ids.as_ref().map_or(0, |ids| ids.len())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn count(moment: Moment<'_>, list: &str, length: usize) -> usize {
        let Ok(length) = moment.length(list, || Ok::<_, Infallible>(length));
        length
    }

    fn ids(moment: Moment<'_>, list: &str, length: usize) -> Option<usize> {
        let read = || Ok::<_, Infallible>(vec![7; length]);
        let count = || Ok(length);
        let Ok(ids) = moment.ids(list, count, read);
        ids.map(|ids| ids.len())
    }

    #[test]
    fn a_long_list_is_kept_when_it_is_read_again_and_nothing_was_written() {
        let selections = Selections::default();
        let now = selections.now().unwrap();
        assert_eq!(count(now, "long", 3_000), 3_000);
        assert_eq!(count(now, "long", 1), 3_000, "it is counted once");
        assert_eq!(ids(now, "long", 3_000), None, "the first page");
        assert_eq!(ids(now, "long", 3_000), Some(3_000));
        assert_eq!(ids(now, "long", 1), Some(3_000), "it is read once");
        assert_eq!(count(now, "short", 20), 20);
        assert_eq!([(); 3].map(|()| ids(now, "short", 20)), [None; 3]);

        let writing = selections.write();
        assert!(selections.now().is_none());
        assert!(!now.is_now());
        drop(writing);
        let then = now;
        let now = selections.now().unwrap();
        assert!(now.is_now() && !then.is_now());
        assert_eq!(count(now, "long", 3_001), 3_001);
        assert_eq!(
            count(then, "long", 3_000),
            3_000,
            "each sees its own moment"
        );
        assert_eq!(count(now, "long", 1), 3_001);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let selections = Selections::default();
        let now = selections.now().unwrap();
        let third = MOST_IDS / 3;
        for list in ["one", "two", "three", "four"] {
            count(now, list, third);
            ids(now, list, third);
            assert_eq!(ids(now, list, third), Some(third));
            assert!(now.kept().ids <= MOST_IDS);
        }
        assert!(now.find("one").is_none(), "the oldest went");
        assert_eq!(now.find("four").map(|it| length(&it)), Some(third));
        for number in 0..1_000 {
            count(now, &number.to_string(), 1);
            assert!(now.kept().lists.len() <= MOST_LISTS);
        }
        assert_eq!(now.kept().ids, 0);
        count(now, "endless", MOST_IDS + 1);
        assert_eq!([(); 3].map(|()| ids(now, "endless", 1)), [None; 3]);
        let long = "x".repeat(LONGEST_KEY + 1);
        count(now, &long, 1);
        assert!(now.find(&long).is_none());
    }
}
