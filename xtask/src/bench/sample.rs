//! Measurements of a case, and their medians.

use super::case::Case;

/// What one run took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Wall time in seconds.
    pub seconds: f64,
    /// The most memory that it had at once, in MiB; nothing where the system does not say.
    pub mebibytes: Option<f64>,
}

/// All runs of one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// What was run.
    pub case: Case,
    /// What each run took.
    pub samples: Vec<Sample>,
}

impl Measured {
    /// The median time.
    pub fn seconds(&self) -> Option<f64> {
        median(self.samples.iter().map(|s| s.seconds))
    }

    /// The median of the peaks of memory.
    pub fn mebibytes(&self) -> Option<f64> {
        median(self.samples.iter().filter_map(|s| s.mebibytes))
    }
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(values[middle - 1], upper))
}
