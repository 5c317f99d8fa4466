//! Harvest v3: facts with types, for parameters, bodies and answers alike.

mod answers;
mod bodies;
mod breaks;
pub mod compare;
mod exceptions;
pub mod facts;
mod operations;
mod parameters;
pub mod shape;

use crate::breaks::each_is_noticed;
use crate::described::Described;
use crate::folder::facts_about;
use crate::report::Report;
use breaks::BREAKS;
use exceptions::EXCEPTIONS;
use facts::Facts;

const VERSION: &str = "v3";

#[test]
fn what_is_documented_is_described() {
    let Some(facts) = facts() else { return };
    let described = Described::new(Described::published(VERSION));
    compare_all(&facts, &described).settle(VERSION, EXCEPTIONS);
}

#[test]
fn each_check_can_fail() {
    let Some(facts) = facts() else { return };
    each_is_noticed(BREAKS, VERSION, |described| compare_all(&facts, described));
}

fn compare_all(facts: &Facts, described: &Described) -> Report {
    let mut report = Report::default();
    operations::compare(facts, described, &mut report);
    parameters::compare(facts, described, &mut report);
    bodies::compare(facts, described, &mut report);
    answers::compare(facts, described, &mut report);
    report
}

/// The facts, if there are any to be had.
fn facts() -> Option<Facts> {
    facts_about(VERSION).map(|folder| Facts::read(&folder))
}
