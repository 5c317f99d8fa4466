//! The choice of requests, among those that a fault is meant for.

use serde::{Deserialize, Serialize};

use super::FaultError;

/// Which of the requests that a [`Fault`](crate::Fault) is meant for it hits. They are counted from 1, in the order in
/// which they arrive.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Which {
    /// Each.
    #[default]
    All,
    /// The first so many.
    First(u64),
    /// One.
    Nth(u64),
    /// Each whose number can be divided by this.
    Every(u64),
    /// Each with this probability.
    Chance {
        /// From 0 to 1.
        probability: f64,
        /// Equal seeds pick equal numbers.
        seed: u64,
    },
}

impl Which {
    pub(super) fn check(&self) -> Result<(), FaultError> {
        match *self {
            Self::First(0) | Self::Nth(0) | Self::Every(0) => Err(FaultError::Count {}),
            Self::Chance { probability, .. } if !(0.0..=1.0).contains(&probability) => {
                Err(FaultError::Probability { probability })
            }
            _ => Ok(()),
        }
    }

    /// Whether the request with this number is hit.
    pub(super) fn hits(&self, number: u64) -> bool {
        match *self {
            Self::All => true,
            Self::First(count) => number <= count,
            Self::Nth(nth) => number == nth,
            Self::Every(step) => number.checked_rem(step) == Some(0),
            Self::Chance { probability, seed } => uniform(seed, number) < probability,
        }
    }
}

/// A number from 0 to below 1 that depends on seed and number only: `SplitMix64` at that place of its sequence.
fn uniform(seed: u64, number: u64) -> f64 {
    let mut bits = seed.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    // 32 bits are exact in a float.
    f64::from(u32::try_from(bits >> 32).unwrap_or(u32::MAX)) / 4_294_967_296.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(which: &Which) -> Vec<u64> {
        (1..=10).filter(|number| which.hits(*number)).collect()
    }

    #[test]
    fn counts() {
        assert_eq!(hit(&Which::All).len(), 10);
        assert_eq!(hit(&Which::First(2)), [1, 2]);
        assert_eq!(hit(&Which::Nth(3)), [3]);
        assert_eq!(hit(&Which::Every(4)), [4, 8]);
        for which in [Which::First(0), Which::Nth(0), Which::Every(0)] {
            assert_eq!(which.check(), Err(FaultError::Count {}));
            assert!(hit(&which).is_empty());
        }
    }

    #[test]
    fn chances() {
        let chance = |probability, seed| Which::Chance { probability, seed };
        let share = |which: &Which| (1..=10_000).filter(|number| which.hits(*number)).count();
        assert_eq!(share(&chance(0.0, 1)), 0);
        assert_eq!(share(&chance(1.0, 1)), 10_000);
        assert!((900..1100).contains(&share(&chance(0.1, 1))));
        assert_eq!(hit(&chance(0.5, 7)), hit(&chance(0.5, 7)));
        assert_ne!(hit(&chance(0.5, 7)), hit(&chance(0.5, 8)));
        for probability in [-0.1, 1.1, f64::NAN] {
            assert!(chance(probability, 1).check().is_err(), "{probability}");
        }
    }
}
