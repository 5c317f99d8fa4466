//! schemathesis, in a Python of its own under `target/`.

use std::path::PathBuf;
use std::process::Command;

use super::Error;
use crate::workspace::Workspace;

const VERSION: &str = "4.32.5";
/// What it makes requests up with. Another version makes up others from the same seed.
const HYPOTHESIS: &str = "6.170.17";

/// The program, installed if it isn't yet.
pub(super) fn installed(workspace: &Workspace) -> Result<PathBuf, Error> {
    // Named after both, so that another version is installed again.
    let folder = workspace.root().join(format!(
        "target/ci-tools/schemathesis-{VERSION}-{HYPOTHESIS}"
    ));
    let program = folder.join("bin/schemathesis");
    if program.is_file() {
        return Ok(program);
    }
    let packages = [
        format!("schemathesis=={VERSION}"),
        format!("hypothesis=={HYPOTHESIS}"),
    ];
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv"]).arg(&folder);
    let mut pip = Command::new(folder.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"])
        .args(&packages);
    for mut step in [venv, pip] {
        if !step.status().is_ok_and(|status| status.success()) {
            return Err(Error::Install(packages[0].clone()));
        }
    }
    Ok(program)
}
