//! The report of a run, as a table.

use std::fmt;

use crate::process::Measured;

/// All runs of one thing.
pub struct Row {
    name: String,
    runs: Vec<Measured>,
}

/// Something that is promised, and what was found.
pub struct Claim {
    what: String,
    found: f64,
    bound: Bound,
    judged: bool,
}

enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Row {
    /// The runs of what is called so.
    pub fn new(name: String, runs: Vec<Measured>) -> Self {
        Self { name, runs }
    }

    /// The median of the peaks of memory.
    pub fn mebibytes(&self) -> Option<f64> {
        median(self.peaks())
    }

    fn peaks(&self) -> impl Iterator<Item = f64> {
        let peaks = self.runs.iter().filter_map(|run| run.found.peak_kib);
        peaks.map(|kib| number(kib) / 1024.0)
    }
}

/// What stands over rows.
pub fn heading() -> String {
    format!(
        "{:<44}{:>24}{:>24}{:>24}{:>20}",
        "medians (least..most)", "wall, s", "CPU, s", "of that user, s", "peak, MiB"
    )
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wall = self.runs.iter().map(|run| run.wall.as_secs_f64());
        let cpu = || self.runs.iter().filter_map(|run| run.cpu);
        let all = cpu().map(|cpu| cpu.all.as_secs_f64());
        let user = cpu().map(|cpu| cpu.user.as_secs_f64());
        write!(
            f,
            "{:<44}{:>24}{:>24}{:>24}{:>20}",
            self.name,
            spread(wall, 2),
            spread(all, 2),
            spread(user, 2),
            spread(self.peaks(), 1)
        )
    }
}

impl Claim {
    /// It is at most so much.
    pub fn at_most(what: impl Into<String>, found: f64, most: f64) -> Self {
        Self::new(what.into(), found, Bound::AtMost(most))
    }

    /// It is at least so much.
    pub fn at_least(what: impl Into<String>, found: f64, least: f64) -> Self {
        Self::new(what.into(), found, Bound::AtLeast(least))
    }

    fn new(what: String, found: f64, bound: Bound) -> Self {
        Self {
            what,
            found,
            bound,
            judged: true,
        }
    }

    /// Whether it holds says nothing here.
    #[must_use]
    pub fn unjudged(self) -> Self {
        Self {
            judged: false,
            ..self
        }
    }

    /// Whether it does not hold, where that says something.
    pub fn fails(&self) -> bool {
        self.judged
            && !match self.bound {
                Bound::AtMost(most) => self.found <= most,
                Bound::AtLeast(least) => self.found >= least,
            }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, bound) = match self.bound {
            Bound::AtMost(most) => ("<=", most),
            Bound::AtLeast(least) => (">=", least),
        };
        let verdict = match (self.judged, self.fails()) {
            (false, _) => "not judged",
            (true, false) => "holds",
            (true, true) => "FAILS",
        };
        let found = format!("{:.3}", self.found);
        write!(
            f,
            "{:<68}{found:>12} {sign} {bound:<8} {verdict}",
            self.what
        )
    }
}

fn spread(values: impl Iterator<Item = f64>, digits: usize) -> String {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (values.first(), values.last()) else {
        return "n/a".to_owned();
    };
    let middle = median(values.iter().copied()).unwrap_or(*least);
    if values.len() == 1 {
        return format!("{middle:.digits$}");
    }
    format!("{middle:.digits$} ({least:.digits$}..{most:.digits$})")
}

/// A count as a number to calculate with.
pub fn number(count: impl TryInto<u32>) -> f64 {
    f64::from(count.try_into().unwrap_or(u32::MAX))
}

/// The value in the middle.
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(values[values.len() / 2 - 1], upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_within() {
        for (claim, fails) in [
            (Claim::at_most("a", 1.15, 1.15), false),
            (Claim::at_most("a", 1.16, 1.15), true),
            (Claim::at_least("a", 97.0, 97.0), false),
            (Claim::at_least("a", 96.9, 97.0), true),
            (Claim::at_least("a", 96.9, 97.0).unjudged(), false),
            (Claim::at_most("a", f64::NAN, 1.0), true),
        ] {
            assert_eq!(claim.fails(), fails, "{claim}");
        }
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), Some(2.0));
        assert_eq!(median([3.0, 1.0].into_iter()), Some(2.0));
        assert_eq!(median([].into_iter()), None);
    }
}
