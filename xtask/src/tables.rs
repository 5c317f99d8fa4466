//! Parquet files and Delta tables of exports: what `DuckDB`, `pyarrow` and `deltalake` read is compared with the pages that they
//! were made of, and the SQL of the documentation is run over them.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::clients::tools::{self, Package};
use crate::conformance::{
    self,
    sandbox::{KEY, Sandbox},
};
use crate::workspace::Workspace;

/// The program that makes the exports.
const PROGRAM: &str = "harvest";
/// The text whose SQL is run.
const DOCUMENT: &str = "docs/export.md";
/// What changes the records between two runs.
const CHANGES: &str = "changes.py";
const COMPARE: &str = "compare.py";
const STATEMENTS: &str = "statements.py";
const DELTA_SCAN: &str = "delta_scan.py";
const SCRIPTS: [(&str, &str); 6] = [
    (CHANGES, include_str!("tables/changes.py")),
    (COMPARE, include_str!("tables/compare.py")),
    (STATEMENTS, include_str!("tables/statements.py")),
    (DELTA_SCAN, include_str!("tables/delta_scan.py")),
    ("document.py", include_str!("tables/document.py")),
    ("engines.py", include_str!("tables/engines.py")),
];
const PACKAGES: [Package<'static>; 7] = [
    // It says which library Spark reads Delta tables by, which Maven has; it takes Spark up to 4.2.0.
    Package::Pip("delta-spark==4.4.1"),
    Package::Pip("deltalake==1.6.6"),
    Package::Pip("duckdb==2.0.1"),
    Package::Pip("pyarrow==26.0.1"),
    Package::Pip("pyspark==4.2.0"),
    // DuckDB gives moments with a zone by it.
    Package::Pip("pytz==2026.6"),
    Package::Pip("sqlglot==30.30.0"),
];

/// What reads Delta tables in `DuckDB`, apart from the others: it is for one version of `DuckDB`, and there is none for the
/// newest.
const EXTENSION: [Package<'static>; 2] = [
    Package::Pip("duckdb==1.5.5"),
    Package::Pip("duckdb-extension-delta==1.5.5"),
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
    /// There is no sandbox to export from.
    #[error(transparent)]
    Sandbox(#[from] conformance::Error),
    /// Something cannot be installed or made.
    #[error("{0}; what it printed stands above")]
    Step(String),
    /// Some tables differ, which stand above.
    #[error("not all of them are the same; target/tables has the exports")]
    Different,
}

/// Exports every list of each version out of a sandbox, twice with changes between, and compares.
///
/// # Errors
///
/// If a table differs, or nothing can be compared.
pub fn run(workspace: &Workspace) -> Result<(), Error> {
    let target = workspace.root().join("target/tables");
    let apart = target.join("extension");
    for (folder, packages) in [(&target, &PACKAGES[..]), (&apart, &EXTENSION)] {
        if let Some(problem) = tools::install(folder, packages)? {
            return Err(Error::Step(problem));
        }
    }
    for (name, text) in SCRIPTS {
        std::fs::write(target.join(name), text)?;
    }
    let (program, sandbox) = (built(workspace)?, conformance::sandbox::built(workspace)?);
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
        let sandbox = Sandbox::start_with(&sandbox, &version.name, &[])?;
        let exported = Exported {
            program: &program,
            version: &version.name,
            sandbox: &sandbox,
            to: &to,
        };
        exported.run()?;
        let description = workspace.dist().join(format!("{}.json", version.name));
        exported.change(&target, &description)?;
        // It reads what changed, finds what is gone, and reads whole lists once more.
        exported.run()?;
        exports.push(to);
    }
    let document = workspace.root().join(DOCUMENT);
    let compare = python(&target, &target.join(COMPARE));
    let mut scan = python(&apart, &target.join(DELTA_SCAN));
    scan.arg(&document);
    let mut statements = python(&target, &target.join(STATEMENTS));
    statements.arg(&document).arg(&target);
    let mut is_same = true;
    // Each of them runs, whatever the ones before say.
    for mut script in [compare, scan, statements] {
        is_same &= script.args(&exports).status()?.success();
    }
    if is_same {
        Ok(())
    } else {
        Err(Error::Different)
    }
}

/// A script, with what was installed in a folder.
fn python(installed: &Path, script: &Path) -> Command {
    let mut command = Command::new(installed.join("python/bin/python"));
    command.arg(script);
    command
}

/// An export of all lists of a version out of a sandbox.
struct Exported<'a> {
    program: &'a Path,
    version: &'a str,
    sandbox: &'a Sandbox,
    to: &'a Path,
}

impl Exported<'_> {
    /// Goes on with the export, and proves it.
    fn run(&self) -> Result<(), Error> {
        let mut export = Command::new(self.program);
        self.lead(&mut export);
        export.args(["--api-version", self.version, "--quiet", "export", "--to"]);
        export.arg(self.to);
        export.args(["--format", "delta", "--with", "demographic"]);
        export.args(["--deletions", "--allow-mass-delete"]);
        if !export.stdout(Stdio::null()).status()?.success() {
            let version = self.version;
            return Err(Error::Step(format!("the export of {version} fails")));
        }
        let mut verify = Command::new(self.program);
        let verified = verify.args(["export", "verify"]).arg(self.to);
        if !verified.stdout(Stdio::null()).status()?.success() {
            let version = self.version;
            return Err(Error::Step(format!("the export of {version} is not whole")));
        }
        Ok(())
    }

    /// Changes some records in the sandbox, and deletes others.
    fn change(&self, target: &Path, description: &Path) -> Result<(), Error> {
        let mut changes = python(target, &target.join(CHANGES));
        self.lead(&mut changes);
        changes.arg(self.program).arg(self.version);
        changes.arg(self.sandbox.user.to_string());
        changes.arg(description).arg(self.to);
        if changes.status()?.success() {
            return Ok(());
        }
        let version = self.version;
        Err(Error::Step(format!("records of {version} do not change")))
    }

    /// Leads the program to the sandbox, whatever the environment has for other places.
    fn lead(&self, command: &mut Command) {
        command.env_remove("HARVEST_PROFILE");
        command.env("HARVEST_BASE_URL", &self.sandbox.url);
        command.env("HARVEST_API_KEY", KEY);
        if let Some(integration) = &self.sandbox.integration {
            command.env("HARVEST_TOKEN_URL", &integration.token_url);
            command.env("HARVEST_CLIENT_ID", &integration.client_id);
            command.env("HARVEST_CLIENT_SECRET", &integration.secret);
        }
    }
}

/// Builds the program, and says where it is.
fn built(workspace: &Workspace) -> Result<PathBuf, Error> {
    conformance::sandbox::executable(workspace, PROGRAM)?
        .ok_or_else(|| Error::Step(format!("{PROGRAM} does not build")))
}
