//! The token service, whose calls the facts about v3 have among the operations of Harvest.

mod breaks;
mod exceptions;
mod facts;
mod operations;

use crate::breaks::each_is_noticed;
use crate::described::Described;
use crate::folder::facts_about;
use crate::report::Report;
use breaks::BREAKS;
use exceptions::EXCEPTIONS;
use facts::Facts;

/// The document.
const NAME: &str = "auth";
/// The version whose facts have the calls.
const VERSION: &str = "v3";

#[test]
fn what_is_documented_is_described() {
    let Some(facts) = facts() else { return };
    let described = Described::new(Described::published(NAME));
    operations::compare(&facts, &described).settle(NAME, EXCEPTIONS);
}

#[test]
fn each_check_can_fail() {
    let Some(facts) = facts() else { return };
    let compare = |described: &Described| -> Report { operations::compare(&facts, described) };
    each_is_noticed(BREAKS, NAME, compare);
}

/// The facts, if there are any to be had.
fn facts() -> Option<Facts> {
    facts_about(VERSION).map(|folder| Facts::read(&folder))
}
