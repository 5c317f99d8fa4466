//! That everything which is documented about Harvest is described, and that every documented example passes through the
//! generated client unharmed.
//!
//! The documentation is not in this repository. Facts extracted from it are read from the folder that the environment
//! variable `HARVEST_DOCS` names, `inventory.json` and the rest. Without it the comparison is skipped, and says so.

#[path = "documented/checks/mod.rs"]
mod checks;
#[path = "documented/decode.rs"]
mod decode;
#[path = "documented/described.rs"]
mod described;
#[path = "documented/exceptions.rs"]
mod exceptions;
#[path = "documented/facts.rs"]
mod facts;
#[path = "documented/report.rs"]
mod report;

use std::env;
use std::path::{Path, PathBuf};

use crate::described::Described;
use crate::exceptions::EXCEPTIONS;
use crate::facts::Facts;
use crate::report::say;

#[test]
fn what_is_documented_is_described() {
    let Some(facts) = facts() else { return };
    checks::all(&facts, &Described::published()).settle(EXCEPTIONS);
}

/// The facts, if there are any to be had.
fn facts() -> Option<Facts> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let Some(folder) = env::var_os("HARVEST_DOCS").filter(|folder| !folder.is_empty()) else {
        let beside = workspace.join("../shared/harvest-docs/v1");
        let ci = env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !(ci && beside.is_dir()),
            "the facts of the documentation are beside the checkout, and CI does not use them: set HARVEST_DOCS"
        );
        say(SKIPPED);
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

const SKIPPED: &str = "\
************************************************************************************************
SKIPPED: the description was NOT compared with the documentation, because HARVEST_DOCS is not set.
To compare: HARVEST_DOCS=path/to/harvest-docs/v1 cargo test -p harvest-tests --test documented
************************************************************************************************";
