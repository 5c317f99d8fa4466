//! The budgets: ratios between cases of one run, since machines differ.

use super::case::{Case, RESOURCE, selections};
use super::sample::Measured;

/// The most of progenitor's time that every resource of some versions may take.
const TIME: f64 = 0.30;

/// The most of progenitor's memory that they may take.
const MEMORY: f64 = 0.50;

/// The most of the time of progenitor's output for all versions that one resource may take.
const ONE_RESOURCE: f64 = 0.04;

/// The most of the time of checking the generated crate that making it may take.
const REGEN: f64 = 0.25;

/// A promise of the project, and what was measured of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// The quantity that is bounded, and what it is compared with.
    pub name: String,
    /// The largest ratio that is within the budget.
    pub most: f64,
    /// The ratio that was measured; nothing if one side was not.
    pub ratio: Option<f64>,
}

/// The relation of a ratio to its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Within the budget.
    Ok,
    /// Beyond the budget.
    Broken,
    /// One side of the ratio is missing: a case was left out, or the system does not say how much memory a process had.
    NotMeasured,
}

impl Budget {
    /// Whether the ratio is within the budget.
    pub fn state(&self) -> State {
        match self.ratio {
            None => State::NotMeasured,
            // What is no number is within nothing.
            Some(ratio) if ratio <= self.most => State::Ok,
            Some(_) => State::Broken,
        }
    }
}

/// The budgets for these versions of the API, with what was measured.
pub fn budgets(versions: &[String], measured: &[Measured]) -> Vec<Budget> {
    let find = |case: &Case| measured.iter().find(|m| m.case == *case);
    let seconds = |case: &Case| find(case).and_then(Measured::seconds);
    let mebibytes = |case: &Case| find(case).and_then(Measured::mebibytes);
    let mut budgets = Vec::new();
    let mut add = |name: String, most, ours: Option<f64>, theirs: Option<f64>| {
        budgets.push(Budget {
            name,
            most,
            ratio: ours.zip(theirs).map(|(ours, theirs)| ours / theirs),
        });
    };
    for selection in selections(versions) {
        let name = selection.join(" + ");
        let ours = Case::Generated(selection.clone());
        let theirs = Case::Progenitor(selection);
        add(
            format!("{name}: time of progenitor's"),
            TIME,
            seconds(&ours),
            seconds(&theirs),
        );
        add(
            format!("{name}: memory of progenitor's"),
            MEMORY,
            mebibytes(&ours),
            mebibytes(&theirs),
        );
    }
    let everything = versions.join(" + ");
    let theirs = seconds(&Case::Progenitor(versions.to_vec()));
    for version in versions {
        add(
            format!("{RESOURCE} of {version}: time of progenitor's {everything}"),
            ONE_RESOURCE,
            seconds(&Case::Resource(version.clone())),
            theirs,
        );
    }
    add(
        format!("regen: time of checking {everything}"),
        REGEN,
        seconds(&Case::Regen),
        seconds(&Case::Generated(versions.to_vec())),
    );
    budgets
}
