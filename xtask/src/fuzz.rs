//! Runs the fuzz targets, each for a while.

use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::workspace::Workspace;

/// How long a target may take for one input, and how much memory, before that counts as a finding.
const SECONDS_AN_INPUT: u32 = 10;
const MEGABYTES: u32 = 2048;

/// Why targets were not run, or what was found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// cargo-fuzz is not there.
    #[error(
        "cargo-fuzz is needed and not installed: `cargo install cargo-fuzz --locked`. It needs a \
         C++ compiler, and no nightly Rust"
    )]
    NotInstalled,
    /// The folder of targets cannot be read, or cargo cannot be started.
    #[error("the fuzz targets cannot be run: {0}")]
    Io(io::Error),
    /// There is no such target.
    #[error("there is no target {target}; known: {}", known.join(", "))]
    Unknown {
        /// The target that was asked for.
        target: String,
        /// The targets there are.
        known: Vec<String>,
    },
    /// A target failed. What it says stands above.
    #[error(
        "{0} does not build, or found something; an input that it found is in fuzz/artifacts/{0}: \
         fix the cause, and put the input into fuzz/regressions/{0}"
    )]
    Failed(String),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The names of all targets: the files of `fuzz/targets`.
pub fn targets(workspace: &Workspace) -> io::Result<Vec<String>> {
    let mut targets = Vec::new();
    for entry in std::fs::read_dir(workspace.root().join("fuzz/targets"))? {
        if let Some(name) = entry?.path().file_stem() {
            targets.push(name.to_string_lossy().into_owned());
        }
    }
    targets.sort();
    Ok(targets)
}

/// Runs one target, or all, each for so many seconds after it is built. Inputs that were interesting are kept under
/// `target/fuzz`, for the next run.
///
/// # Errors
///
/// Without cargo-fuzz, and at the first target that finds something.
pub fn run(workspace: &Workspace, only: Option<&str>, seconds: u32) -> Result<(), Error> {
    let all = targets(workspace)?;
    let chosen = match only {
        None => all,
        Some(only) if all.iter().any(|target| target == only) => vec![only.to_owned()],
        Some(only) => {
            return Err(Error::Unknown {
                target: only.to_owned(),
                known: all,
            });
        }
    };
    if !is_installed() {
        return Err(Error::NotInstalled);
    }
    for target in chosen {
        println!("{target}, {seconds} s");
        let status = command(workspace, &target, seconds)?.status()?;
        if !status.success() {
            return Err(Error::Failed(target));
        }
    }
    Ok(())
}

fn is_installed() -> bool {
    let mut version = Command::new("cargo");
    version.args(["fuzz", "--version"]);
    version.stdout(Stdio::null()).stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}

fn command(workspace: &Workspace, target: &str, seconds: u32) -> io::Result<Command> {
    let built = workspace.root().join("target/fuzz");
    let folder = |name: &str| -> io::Result<PathBuf> {
        let folder = built.join(name).join(target);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    };
    let (corpus, seeds) = (folder("corpus")?, folder("seeds")?);
    let regressions = workspace.root().join("fuzz/regressions").join(target);
    let mut command = Command::new("cargo");
    command
        .current_dir(workspace.root())
        // The target puts its first inputs there before the fuzzer looks.
        .env("HARVEST_FUZZ_SEEDS", &seeds)
        // Sanitizers need a nightly Rust, and there is no unsafe code here for them to look at.
        .args(["fuzz", "run", "--sanitizer", "none", "--target-dir"])
        .arg(&built)
        .arg(target)
        .args([&corpus, &seeds]);
    if regressions.is_dir() {
        command.arg(regressions);
    }
    command.args([
        "--".to_owned(),
        format!("-max_total_time={seconds}"),
        format!("-timeout={SECONDS_AN_INPUT}"),
        format!("-rss_limit_mb={MEGABYTES}"),
        "-print_final_stats=1".to_owned(),
        "-verbosity=0".to_owned(),
    ]);
    Ok(command)
}
