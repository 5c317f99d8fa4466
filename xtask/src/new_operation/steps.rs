//! Steps that are left to do by hand, each with the file and what belongs there.

use super::{Error, Wanted, read_if_there};
use crate::workspace::Workspace;

const MIGRATION: &str = "harvest-spec/migration.yaml";

/// The steps, with those that rows of tests are left with.
pub(super) fn steps(
    workspace: &Workspace,
    wanted: &Wanted,
    of_rows: Vec<String>,
) -> Result<Vec<String>, Error> {
    let (version, id) = (&wanted.version, &wanted.operation);
    let folder = format!("harvest-spec/{version}");
    let mut steps = vec![format!(
        "describe it: `cargo xtask lint` names each place in {folder} that holds a TODO, or misses \
         something"
    )];
    steps.extend(of_rows);
    let migration = read_if_there(&workspace.root().join(MIGRATION))?;
    if migration.contains(&format!("from: {version}")) {
        steps.push(format!(
            "{MIGRATION}: say what takes the place of {id} in the next version under \
             `operations:`, and of new models under `models:`"
        ));
    }
    steps.push(format!(
        "`cargo xtask regen && cargo fmt --all`, then `cargo xtask diff HEAD --version {version}` \
         says what changes for users"
    ));
    steps.push(
        "`INSTA_UPDATE=always cargo test -p harvest-tests --test digest`, and read what changed in \
         tests/tests/snapshots"
            .to_owned(),
    );
    steps.push(
        "`UPDATE_DOCS=1 cargo test -p harvest-sandbox --test docs` and `UPDATE_DOCS=1 cargo test \
         -p harvest-cli --test program documents`"
            .to_owned(),
    );
    steps.push("CHANGELOG.md: a line under Unreleased".to_owned());
    Ok(steps)
}
