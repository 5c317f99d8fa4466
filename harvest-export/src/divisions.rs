//! Divisions of windows since the last record, and the bound that ends them.

use std::collections::HashSet;

/// How many windows in a row are divided before there is a record. The parts of a long list are at most 256, and those of
/// most parts have records; a service that always has more pages behind the first would be endless.
const MOST: u32 = 600;

/// How many first pages in a row may name no record that an earlier one did not. As many pages of a list may bring nothing new.
const MOST_BARREN: u32 = 100;

/// The windows that were divided since there was a record that none of their first pages names.
#[derive(Default)]
pub(crate) struct Divisions {
    count: u32,
    /// The ids on their first pages.
    ids: HashSet<i64>,
    /// How many of these pages in a row had no other ids.
    barren: u32,
}

impl Divisions {
    /// Takes note of records. Those that a first page has named are no progress.
    pub(crate) fn read(&mut self, ids: impl IntoIterator<Item = i64>) {
        if ids.into_iter().any(|id| !self.ids.contains(&id)) {
            *self = Self::default();
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
        assert_eq!(divided.count(), 101);
        leaves.read([2]);
        assert!(leaves.count(std::iter::once(1)));
    }
}
