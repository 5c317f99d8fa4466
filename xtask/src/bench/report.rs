//! The report of a run: the cases with medians and extremes, then a table of the budgets.

use std::fmt::Write as _;

use super::budget::{Budget, State};
use super::sample::Measured;

/// Both tables, as a text for people.
pub fn report(measured: &[Measured], budgets: &[Budget]) -> String {
    let mut text = String::new();
    let runs = measured.iter().map(|m| m.samples.len()).max().unwrap_or(0);
    let _ = writeln!(text, "medians (least..most) of {runs} runs");
    let _ = writeln!(text, "{:40}{:24}peak memory in MiB", "", "seconds");
    for m in measured {
        let seconds = spread(m.seconds(), m.samples.iter().map(|s| s.seconds), 2);
        let memory = spread(
            m.mebibytes(),
            m.samples.iter().filter_map(|s| s.mebibytes),
            0,
        );
        let _ = writeln!(text, "{:40}{seconds:24}{memory}", m.case);
    }
    text.push_str(
        "the time is that of rustc for the crate alone; the memory is VmHWM of that rustc, read \
         every 2 ms\n",
    );
    text.push_str(
        "a first build is the wall time of `cargo build`, with nothing built before, once\n\n",
    );
    let _ = writeln!(text, "{:48}{:>8}{:>10}", "budget", "ratio", "at most");
    for budget in budgets {
        let ratio = budget
            .ratio
            .map_or_else(|| "n/a".to_owned(), |ratio| format!("{ratio:.3}"));
        let state = match budget.state() {
            State::Ok => "OK",
            State::Broken => "BROKEN",
            State::NotMeasured => "not measured",
        };
        let _ = writeln!(
            text,
            "{:48}{ratio:>8}{:>10.2}  {state}",
            budget.name, budget.most
        );
    }
    text
}

fn spread(median: Option<f64>, values: impl Iterator<Item = f64>, digits: usize) -> String {
    let Some(median) = median else {
        return "n/a".to_owned();
    };
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values {
        least = least.min(value);
        most = most.max(value);
    }
    format!("{median:.digits$} ({least:.digits$}..{most:.digits$})")
}
