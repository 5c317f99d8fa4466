//! Parquet files and Delta tables of exports, read by `DuckDB`, `pyarrow` and `deltalake`, and compared with the pages that
//! they were made of.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::clients::tools::{self, Package};
use crate::conformance;
use crate::workspace::Workspace;

/// The program that makes the exports.
const PROGRAM: &str = "harvest";
const COMPARE: &str = include_str!("tables/compare.py");
const PACKAGES: [Package<'static>; 4] = [
    Package::Pip("deltalake==1.6.6"),
    Package::Pip("duckdb==2.0.1"),
    Package::Pip("pyarrow==26.0.1"),
    // DuckDB gives moments with a zone by it.
    Package::Pip("pytz==2026.6"),
];

/// Why nothing was compared, or what came of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be written, or a program cannot be started.
    #[error("tables cannot be compared: {0}")]
    Io(#[from] io::Error),
    /// A description cannot be read.
    #[error(transparent)]
    Description(#[from] harvest_codegen::load::Error),
    /// Something cannot be installed or made.
    #[error("{0}; what it printed stands above")]
    Step(String),
    /// Some tables differ, which stand above.
    #[error("not all of them are the same; target/tables has the exports")]
    Different,
}

/// Exports every list of each version out of a sandbox, and compares.
///
/// # Errors
///
/// If a table differs, or nothing can be compared.
pub fn run(workspace: &Workspace) -> Result<(), Error> {
    let target = workspace.root().join("target/tables");
    if let Some(problem) = tools::install(&target, &PACKAGES)? {
        return Err(Error::Step(problem));
    }
    let program = built(workspace)?;
    let mut exports = Vec::new();
    for version in workspace.versions()? {
        // What has no lists has no columns.
        let columns = format!("columns/{}.txt", version.name);
        if !workspace.spec().join(columns).is_file() {
            continue;
        }
        let to = target.join(&version.name);
        if to.exists() {
            std::fs::remove_dir_all(&to)?;
        }
        // The second run reads what changed, and whole lists once more.
        for _ in 0..2 {
            export(&program, &version.name, &to)?;
        }
        exports.push(to);
    }
    let script = target.join("compare.py");
    std::fs::write(&script, COMPARE)?;
    let mut compare = Command::new(target.join("python/bin/python"));
    let status = compare.arg(script).args(exports).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Different)
    }
}

fn export(program: &Path, version: &str, to: &Path) -> Result<(), Error> {
    let mut export = Command::new(program);
    export.args([
        "--sandbox",
        "--api-version",
        version,
        "--quiet",
        "export",
        "--to",
    ]);
    export
        .arg(to)
        .args(["--format", "delta", "--with", "demographic"]);
    if !export.stdout(Stdio::null()).status()?.success() {
        return Err(Error::Step(format!("the export of {version} fails")));
    }
    let mut verify = Command::new(program);
    let verified = verify.args(["export", "verify"]).arg(to);
    if !verified.stdout(Stdio::null()).status()?.success() {
        return Err(Error::Step(format!("the export of {version} is not whole")));
    }
    Ok(())
}

/// Builds the program, and says where it is.
fn built(workspace: &Workspace) -> Result<PathBuf, Error> {
    conformance::sandbox::executable(workspace, PROGRAM)?
        .ok_or_else(|| Error::Step(format!("{PROGRAM} does not build")))
}
