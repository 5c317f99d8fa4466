//! Choices that look random and are the same each time.

use crate::clock::Moment;

/// A source of numbers for one record: what it gives depends on the seed, the kind of record and its number alone, so
/// that a change to one resource leaves all others as they were.
///
/// This is `SplitMix64`, written down here because its numbers are part of what a seed promises: those of a crate may
/// change with its version.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    state: u64,
    /// The last day of the organization's past, at 8 in the morning.
    pub(super) last_day: Moment,
}

impl Dice {
    pub(crate) fn new(seed: u64, kind: &str, number: u64, last_day: Moment) -> Self {
        let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
        for byte in kind.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let mut dice = Self {
            state: state ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93),
            last_day,
        };
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 if that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }

    /// A time from one to another, which is no earlier.
    pub(crate) fn between(&mut self, start: Moment, end: Moment) -> Moment {
        let thousandths = i32::try_from(self.below(1_000)).unwrap_or_default();
        start + (end - start) / 1_000 * thousandths
    }

    /// True in so many cases out of a hundred.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of these; `None` if there are none.
    pub(crate) fn maybe<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of these, of which there is at least one.
    pub(crate) fn pick<T: Copy, const N: usize>(&mut self, from: &[T; N]) -> T {
        const { assert!(N > 0) };
        from[self.below(N)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_each_time_and_different_for_each_record() {
        let day = Moment::UNIX_EPOCH;
        let throw = |seed, kind, number| Dice::new(seed, kind, number, day).below(1_000_000);
        assert_eq!(throw(1, "user", 1), throw(1, "user", 1));
        assert_ne!(throw(1, "user", 1), throw(1, "user", 2));
        assert_ne!(throw(1, "user", 1), throw(2, "user", 1));
        assert_ne!(throw(1, "user", 1), throw(1, "job", 1));
        // The numbers are promised: if this changes, every seeded organization does.
        assert_eq!(throw(1, "user", 1), 712_274);
    }

    #[test]
    fn choices_are_spread_evenly() {
        let mut dice = Dice::new(7, "spread", 0, Moment::UNIX_EPOCH);
        let mut counts = [0; 5];
        for _ in 0..5_000 {
            counts[dice.below(5)] += 1;
        }
        assert!(
            counts.iter().all(|count| (850..1150).contains(count)),
            "{counts:?}"
        );
        assert_eq!(dice.below(0), 0);
    }
}
