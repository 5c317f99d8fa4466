//! Divisions of windows since the last record, and the bound that ends them.

use std::collections::HashSet;

/// How many windows in a row are divided before there is a record. The parts of a long list are at most 256, and those of
/// most parts have records; a service that always has more pages behind the first would go on for ever.
const MOST: u32 = 600;

/// How many first pages in a row may name no record that an earlier one did not. As many pages of a list may bring nothing new.
const MOST_BARREN: u32 = 100;

/// The windows that were divided since there was a record.
#[derive(Default)]
pub(crate) struct Divisions {
    count: u32,
    /// The ids on their first pages.
    ids: HashSet<i64>,
    /// How many of these pages in a row had no other ids.
    barren: u32,
}

impl Divisions {
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
    }
}
