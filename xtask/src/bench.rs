//! `cargo xtask bench-compile`: what the generated crate costs those who compile it, on this machine.
//!
//! A time is that of one rustc: dependencies are built before, and cargo's own time is left out. First builds are the
//! exception, where the dependencies are what is measured. Every round measures all cases one after the other, so that a
//! busy moment does not fall on one of them alone. Everything is built in `target/bench`, and nothing in the workspace is
//! touched.

pub mod budget;
pub mod case;
mod first;
mod progenitor;
pub mod report;
pub mod rustc;
pub mod sample;

use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Instant;
use std::{fs, io};

pub use self::budget::{Budget, State, budgets};
pub use self::case::{Case, Tls};
use self::first::FirstBuild;
pub use self::report::report;
pub use self::sample::{Measured, Sample};
use crate::regen;
use crate::workspace::Workspace;

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written, or a program not started.
    #[error("{path}: {1}", path = .0.display())]
    Io(PathBuf, io::Error),
    /// The descriptions do not become code.
    #[error(transparent)]
    Regen(regen::Error),
    /// The description of a version does not get as far as progenitor.
    #[error("harvest-spec/{0}: {1}")]
    Compile(String, Box<harvest_codegen::Error>),
    /// No case has a name with this text in it.
    #[error("no case is called `{0}`; there are:\n{1}")]
    NoCase(String, String),
    /// cargo failed.
    #[error("{1}\n{0}: cargo failed, see above")]
    Cargo(Case, String),
    /// cargo succeeded, but rustc was not seen to compile the crate.
    #[error("{0}: cargo did not run rustc for the crate, so nothing was measured")]
    Unseen(Case),
}

/// Measures every case `runs` times, and the first builds once: each takes a minute or more. With `only`, leaves out the
/// cases without this text in their names. Returns the versions of the API that have a client, too.
///
/// # Errors
///
/// If anything does not compile, a file cannot be written, or `only` leaves out everything.
pub fn measure(
    workspace: &Workspace,
    runs: usize,
    only: Option<&str>,
) -> Result<(Vec<String>, Vec<Measured>), Error> {
    let versions = versions(workspace)?;
    let mut cases = case::all(&versions);
    if let Some(only) = only {
        let names: Vec<String> = cases.iter().map(ToString::to_string).collect();
        cases.retain(|case| case.to_string().contains(only));
        if cases.is_empty() {
            return Err(Error::NoCase(only.to_owned(), names.join("\n")));
        }
    }
    let bench = Bench::prepare(workspace, versions, &cases)?;
    let mut all: Vec<Measured> = cases
        .into_iter()
        .map(|case| Measured {
            case,
            samples: Vec::new(),
        })
        .collect();
    for run in 0..runs {
        for measured in &mut all {
            if run == 0 || !measured.case.is_once() {
                measured.samples.push(bench.run(&measured.case)?);
            }
        }
    }
    Ok((bench.versions, all))
}

/// The versions of the API that have a client, each of which is a feature.
fn versions(workspace: &Workspace) -> Result<Vec<String>, Error> {
    let found = workspace
        .versions()
        .map_err(|e| Error::Io(workspace.spec(), e))?;
    let mut versions = Vec::new();
    for version in found {
        let conventions = version
            .conventions(workspace)
            .map_err(|e| Error::Compile(version.name.clone(), Box::new(e.into())))?;
        if conventions.client {
            versions.push(version.name);
        }
    }
    Ok(versions)
}

/// A crate that is measured, and how cargo is to be called for it.
struct Krate {
    package: &'static str,
    manifest: PathBuf,
    target: PathBuf,
    features: String,
}

struct Bench<'a> {
    workspace: &'a Workspace,
    folder: PathBuf,
    /// The versions of the API that have a client.
    versions: Vec<String>,
    /// This program, which stands in for rustc.
    wrapper: PathBuf,
}

impl<'a> Bench<'a> {
    fn prepare(
        workspace: &'a Workspace,
        versions: Vec<String>,
        cases: &[Case],
    ) -> Result<Self, Error> {
        let folder = workspace.root().join("target").join("bench");
        fs::create_dir_all(&folder).map_err(|e| Error::Io(folder.clone(), e))?;
        if cases.iter().any(|c| matches!(c, Case::Progenitor(_))) {
            progenitor::write(workspace, &versions, &folder.join("progenitor"))?;
        }
        let wrapper =
            std::env::current_exe().map_err(|e| Error::Io(PathBuf::from("this program"), e))?;
        let bench = Self {
            workspace,
            folder,
            versions,
            wrapper,
        };
        // Builds the dependencies. Whatever is on this machine already is taken without asking the network.
        for case in cases {
            if let Some(krate) = bench.krate(case) {
                let offline = bench.cargo(&krate, "check").arg("--offline").output();
                if !offline.is_ok_and(|o| o.status.success()) {
                    bench.succeed(case, bench.cargo(&krate, "check"))?;
                }
            }
        }
        Ok(bench)
    }

    /// The crate of a case; nothing if it does not compile just one.
    fn krate(&self, case: &Case) -> Option<Krate> {
        let features = match case {
            Case::Generated(versions) => format!("rustls,full,{}", versions.join(",")),
            Case::Resource(version) => format!("rustls,{version},{}", case::RESOURCE),
            Case::Progenitor(versions) => {
                let folder = self.folder.join("progenitor");
                return Some(Krate {
                    package: progenitor::PACKAGE,
                    manifest: folder.join("Cargo.toml"),
                    target: folder.join("target"),
                    features: versions.join(","),
                });
            }
            Case::Regen | Case::FirstBuild(_) => return None,
        };
        Some(Krate {
            package: "harvest-generated",
            manifest: self.workspace.root().join("Cargo.toml"),
            target: self.folder.join("generated"),
            features,
        })
    }

    fn run(&self, case: &Case) -> Result<Sample, Error> {
        if let Case::FirstBuild(tls) = case {
            return FirstBuild::prepare(self.workspace, &self.versions, &self.folder, *tls)?.run();
        }
        let Some(krate) = self.krate(case) else {
            return regen(self.workspace);
        };
        let mut clean = self.cargo(&krate, "clean");
        clean.arg("--offline");
        self.succeed(case, clean)?;
        let record = self.folder.join("rustc.txt");
        let fail = |e| Error::Io(record.clone(), e);
        fs::write(&record, "").map_err(fail)?;
        let mut check = self.cargo(&krate, "check");
        // The dependencies are there.
        check.arg("--offline");
        check
            .env(rustc::RECORD, &record)
            .env(rustc::CRATE, krate.package.replace('-', "_"));
        self.succeed(case, check)?;
        let text = fs::read_to_string(&record).map_err(fail)?;
        rustc::read(&text).ok_or_else(|| Error::Unseen(case.clone()))
    }

    fn cargo(&self, krate: &Krate, command: &str) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut out = Command::new(cargo);
        out.args([
            command,
            "--quiet",
            "--package",
            krate.package,
            "--manifest-path",
        ])
        .arg(&krate.manifest);
        out.arg("--target-dir").arg(&krate.target);
        if command == "check" {
            out.args(["--no-default-features", "--features", &krate.features]);
        }
        // Incremental compilation would measure the cache. The wrapper is there always, for cargo to see one rustc.
        out.env("CARGO_INCREMENTAL", "0")
            .env("RUSTC_WRAPPER", &self.wrapper);
        out.env(rustc::RECORD, "").env(rustc::CRATE, "");
        out
    }

    fn succeed(&self, case: &Case, mut command: Command) -> Result<Output, Error> {
        let output = command
            .output()
            .map_err(|e| Error::Io(self.wrapper.clone(), e))?;
        if output.status.success() {
            Ok(output)
        } else {
            Err(Error::Cargo(
                case.clone(),
                String::from_utf8_lossy(&output.stderr).into_owned(),
            ))
        }
    }
}

fn regen(workspace: &Workspace) -> Result<Sample, Error> {
    let start = Instant::now();
    let plan = regen::plan(workspace).map_err(Error::Regen)?;
    plan.changes(workspace).map_err(Error::Regen)?;
    Ok(Sample {
        seconds: start.elapsed().as_secs_f64(),
        mebibytes: None,
    })
}
