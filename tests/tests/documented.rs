//! That everything which is documented about Harvest is described, and that every documented example passes through the
//! generated client unharmed.
//!
//! The documentation is not in this repository. Facts extracted from it are read from the folder that the environment
//! variable `HARVEST_DOCS` names, `inventory.json` and the rest. Without it the comparison is skipped, and says so.

#[path = "documented/breaks.rs"]
mod breaks;
#[path = "documented/checks/mod.rs"]
mod checks;
#[path = "documented/custom_fields.rs"]
mod custom_fields;
#[path = "documented/decode.rs"]
mod decode;
#[path = "documented/described.rs"]
mod described;
#[path = "documented/exceptions.rs"]
mod exceptions;
#[path = "documented/facts.rs"]
mod facts;
#[allow(dead_code, reason = "the contract tests need more of it")]
#[path = "contract/odd.rs"]
mod odd;
#[path = "documented/report.rs"]
mod report;

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::Once;

use crate::breaks::BREAKS;
use crate::described::Described;
use crate::exceptions::{EXCEPTIONS, IDS_AS_TEXT};
use crate::facts::Facts;
use crate::report::say;

#[test]
fn what_is_documented_is_described() {
    let Some(facts) = facts() else { return };
    checks::all(&facts, &Described::new(Described::published())).settle(EXCEPTIONS);
}

/// A description that is broken in one place, for each kind of comparison: it is noticed.
#[test]
fn each_check_can_fail() {
    let Some(facts) = facts() else { return };
    let report = |document| checks::all(&facts, &Described::new(document));
    let whole = report(Described::published());
    let broken: BTreeSet<_> = BREAKS.iter().map(|of| of.0).collect();
    assert_eq!(
        broken,
        whole.checks(),
        "add a row to breaks.rs for each check"
    );
    for of in BREAKS {
        let check = of.0;
        let mut document = Described::published();
        breaks::apply(&mut document, of);
        let noticed = report(document).count(check) > whole.count(check);
        assert!(noticed, "{check:?} notices nothing");
    }
}

/// What is documented with another JSON type than the described one, and taken by the service, is described as such.
#[test]
fn numbers_that_are_documented_as_texts_say_that_texts_are_taken() {
    let described = Described::new(Described::published());
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
    checks::any_json(&facts, &Described::new(Described::published()));
}

/// The facts, if there are any to be had.
fn facts() -> Option<Facts> {
    // cargo runs a test in the folder of its package.
    let workspace = Path::new("..");
    let Some(folder) = env::var_os("HARVEST_DOCS").filter(|folder| !folder.is_empty()) else {
        let beside = workspace.join("../shared/harvest-docs/v1");
        let ci = env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !(ci && beside.is_dir()),
            "the facts of the documentation are beside the checkout, and CI does not use them: set HARVEST_DOCS"
        );
        SAID.call_once(|| say(SKIPPED));
        return None;
    };
    // Tests run in the folder of their package, and people in that of the workspace.
    let folder = workspace.join(PathBuf::from(folder));
    assert!(
        folder.join("inventory.json").is_file(),
        "HARVEST_DOCS is {}, where there is no inventory.json",
        folder.display()
    );
    Some(Facts::read(&folder))
}

/// It is said once, not once a test.
static SAID: Once = Once::new();

const SKIPPED: &str = "\
************************************************************************************************
SKIPPED: the description was NOT compared with the documentation, because HARVEST_DOCS is not set.
To compare: HARVEST_DOCS=path/to/harvest-docs/v1 cargo test -p harvest-tests --test documented
************************************************************************************************";
