//! The folders of facts that `HARVEST_DOCS` leads to. They are only read when a test runs; nothing of them is kept.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use serde::de::DeserializeOwned;

use crate::report::say;

/// What a folder of facts has in any version.
const INVENTORY: &str = "inventory.json";

/// The folder with the facts about one version, if there are any to be had.
///
/// # Panics
///
/// If `HARVEST_DOCS` does not lead to one, or if CI does not use the facts that are beside the checkout.
pub fn facts_about(version: &str) -> Option<PathBuf> {
    // cargo runs a test in the folder of its package.
    let workspace = Path::new("..");
    let Some(given) = env::var_os("HARVEST_DOCS").filter(|folder| !folder.is_empty()) else {
        let beside = workspace.join("../shared/harvest-docs");
        let ci = env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !(ci && beside.is_dir()),
            "the facts of the documentation are beside the checkout, and CI does not use them: set \
             HARVEST_DOCS"
        );
        SAID.call_once(|| say(SKIPPED));
        return None;
    };
    // Tests run in the folder of their package, and people in that of the workspace.
    let given = workspace.join(PathBuf::from(given));
    let all = if given.join(INVENTORY).is_file() {
        given.join("..")
    } else {
        given.clone()
    };
    let folder = all.join(version);
    assert!(
        folder.join(INVENTORY).is_file(),
        "HARVEST_DOCS is {}, which is neither a folder with `{version}/{INVENTORY}` nor one beside \
         it",
        given.display()
    );
    Some(folder)
}

/// It is said once, not once a test.
static SAID: Once = Once::new();

const SKIPPED: &str = "\
************************************************************************************************
SKIPPED: the description was NOT compared with the documentation, because HARVEST_DOCS is not set.
To compare: HARVEST_DOCS=path/to/harvest-docs cargo test -p harvest-tests --test documented
************************************************************************************************";

/// The text of a file.
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a file of JSON holds.
pub fn json<T: DeserializeOwned>(path: &Path) -> T {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
