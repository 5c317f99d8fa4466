//! Divisions of windows since the last new record, and the bound that ends them.

mod sample;

use std::collections::HashSet;

use sample::Sample;

/// How many windows in a row are divided before there is a record. The parts of a long list are at most 256, and those of
/// most parts have records; a service that always has more pages behind the first would be endless.
const MOST: u32 = 600;

/// How many first pages in a row may name no record that an earlier one did not. As many pages of a list may bring nothing new.
const MOST_BARREN: u32 = 100;

/// The windows that were divided since there was a record that is known to be new.
#[derive(Default)]
pub(crate) struct Divisions {
    count: u32,
    /// The ids on their first pages.
    ids: HashSet<i64>,
    /// How many of these pages in a row had no other ids.
    barren: u32,
    /// The records that were read.
    read: Sample,
}

impl Divisions {
    /// Takes note of records that are kept. Those that were read before are no progress.
    pub(crate) fn read(&mut self, ids: impl IntoIterator<Item = i64>) {
        let mut is_new = false;
        for id in ids {
            is_new |= self.read.insert(id);
        }
        if is_new {
            (self.count, self.barren) = (0, 0);
            self.ids.clear();
        }
    }

    /// Counts a window with the ids on its first page. Whether it may be divided, too.
    pub(crate) fn count(&mut self, ids: impl Iterator<Item = i64>) -> bool {
        let known = self.ids.len();
        self.ids.extend(ids);
        self.barren = if self.ids.len() > known {
            0
        } else {
            self.barren + 1
        };
        self.count += 1;
        self.count <= MOST && self.barren <= MOST_BARREN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_records_end_them_before_others_do() {
        let mut same = Divisions::default();
        let divided = (0..1_000).take_while(|_| same.count(0..400)).count();
        assert_eq!(divided, 101);
        let mut others = Divisions::default();
        let divided = (0..1_000).take_while(|id| others.count(std::iter::once(*id)));
        assert_eq!(divided.count(), 600);
        let mut leaves = Divisions::default();
        let divided = (0..1_000).take_while(|_| {
            let goes_on = leaves.count(std::iter::once(1));
            leaves.read([1]);
            goes_on
        });
        // The first time it is new.
        assert_eq!(divided.count(), 102);
        leaves.read([2]);
        assert!(leaves.count(std::iter::once(1)));
    }

    #[test]
    fn records_that_were_read_long_ago_are_no_progress() {
        for all in [1, 300, 200_000] {
            let mut divisions = Divisions::default();
            for id in 0..all {
                divisions.read([id]);
            }
            // First pages that name other records of these each time, and now and then a window with some of them.
            let mut ids = (0..all).cycle();
            let divided = (0..1_000_000).take_while(|number| {
                if number % 50 == 49 {
                    divisions.read(ids.by_ref().take(100));
                }
                divisions.count(ids.by_ref().take(100))
            });
            let divided = divided.count();
            assert!(divided <= 600, "{divided} of {all}");
        }
    }

    #[test]
    fn a_list_of_new_records_is_divided_on() {
        let mut divisions = Divisions::default();
        for page in 0..5_000 {
            let ids = || page * 100..(page + 1) * 100;
            // A window in which many records are of one second.
            for _ in 0..29 {
                assert!(divisions.count(ids()), "page {page}");
            }
            divisions.read(ids());
        }
    }
}
