//! Harvest v1 and v2: facts with examples, each of which passes through the generated client unharmed.

mod breaks;
mod checks;
mod custom_fields;
mod decode;
mod exceptions;
mod facts;

use crate::breaks::each_is_noticed;
use crate::described::Described;
use crate::folder::facts_about;
use breaks::BREAKS;
use exceptions::{EXCEPTIONS, IDS_AS_TEXT};
use facts::Facts;

const VERSION: &str = "v1";

#[test]
fn what_is_documented_is_described() {
    let Some(facts) = facts() else { return };
    checks::all(&facts, &described()).settle(VERSION, EXCEPTIONS);
}

#[test]
fn each_check_can_fail() {
    let Some(facts) = facts() else { return };
    each_is_noticed(BREAKS, VERSION, |described| checks::all(&facts, described));
}

/// What is documented with another JSON type than the described one, and taken by the service, is described as such.
#[test]
fn numbers_that_are_documented_as_texts_say_that_texts_are_taken() {
    let described = described();
    let exceptions = EXCEPTIONS.iter().filter(|of| of.reason == IDS_AS_TEXT);
    let mut marked = 0;
    for exception in exceptions {
        let (method, path) = exception.subject.split_once(' ').unwrap();
        let request = described.operation(method, path).unwrap().request();
        let problems = exception.problem.split("; ");
        for field in problems.filter_map(|problem| problem.strip_suffix(" breaks `type`")) {
            let found = described.at(request.unwrap(), field.trim_start_matches('/'));
            let is_marked = found.iter().any(|it| it["x-harvest-accepts-text"] == true);
            assert!(is_marked, "{}: {field}", exception.subject);
            marked += 1;
        }
    }
    assert!(marked > 0);
}

#[test]
fn documented_answers_take_any_json_in_any_place() {
    let Some(facts) = facts() else { return };
    checks::any_json(&facts, &described());
}

fn described() -> Described {
    Described::new(Described::published(VERSION))
}

/// The facts, if there are any to be had.
fn facts() -> Option<Facts> {
    facts_about(VERSION).map(|folder| Facts::read(&folder))
}
