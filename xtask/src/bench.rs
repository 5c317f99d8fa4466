//! `cargo xtask bench-compile`: what the generated crate costs those who compile it, on this machine.
//!
//! A time is that of one rustc: dependencies are built before, and cargo's own time is left out. First builds are the
//! exception, where the dependencies are what is measured. Every round measures all cases one after the other, so that a
//! busy moment does not fall on one of them alone. Everything is built in `target/bench`, and nothing in the workspace is
//! touched.

mod first;
mod progenitor;
pub mod rustc;

use std::fmt::{self, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Instant;
use std::{fs, io};

use self::first::FirstBuild;
use crate::regen;
use crate::workspace::Workspace;

/// What one run took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Wall time in seconds.
    pub seconds: f64,
    /// The most memory that it had at once, in MiB; nothing where the system does not say.
    pub mebibytes: Option<f64>,
}

/// All runs of one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// What was run.
    pub case: Case,
    /// What each run took.
    pub samples: Vec<Sample>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// The generated crate with every resource.
    Full,
    /// What unmodified progenitor makes of the same description.
    Progenitor,
    /// The generated crate with the resource `users` only.
    Users,
    /// The generated crate with the resource `candidates` only.
    Candidates,
    /// Making all files of the generated crate, and comparing them with those that are there.
    Regen,
    /// The first build of a user's crate, with everything that it depends on, and TLS with aws-lc: the default.
    FirstAwsLc,
    /// The same with ring.
    FirstRing,
}

impl Case {
    const ALL: [Self; 7] = [
        Self::Full,
        Self::Progenitor,
        Self::Users,
        Self::Candidates,
        Self::Regen,
        Self::FirstAwsLc,
        Self::FirstRing,
    ];

    /// The feature of the crate whose first build it is.
    fn tls(self) -> Option<&'static str> {
        match self {
            Self::FirstAwsLc => Some("rustls"),
            Self::FirstRing => Some("rustls-ring"),
            _ => None,
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Full => "(a) harvest-generated, every resource",
            Self::Progenitor => "(b) progenitor's output, unmodified",
            Self::Users => "(c) harvest-generated, users only",
            Self::Candidates => "(c) harvest-generated, candidates only",
            Self::Regen => "(d) regen",
            Self::FirstAwsLc => "(e) first build, rustls with aws-lc",
            Self::FirstRing => "(e) first build, rustls-ring",
        })
    }
}

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
    /// cargo failed.
    #[error("{1}\n{0}: cargo failed, see above")]
    Cargo(Case, String),
    /// cargo succeeded, but rustc was not seen to compile the crate.
    #[error("{0}: cargo did not run rustc for the crate, so nothing was measured")]
    Unseen(Case),
}

/// Measures every case `runs` times, and the first builds once: each takes a minute or more.
///
/// # Errors
///
/// If anything does not compile, or a file cannot be written.
pub fn measure(workspace: &Workspace, runs: usize) -> Result<Vec<Measured>, Error> {
    let bench = Bench::prepare(workspace)?;
    let mut all: Vec<Measured> = Case::ALL
        .map(|case| Measured {
            case,
            samples: Vec::new(),
        })
        .into();
    for run in 0..runs {
        for measured in &mut all {
            if run == 0 || measured.case.tls().is_none() {
                measured.samples.push(bench.run(measured.case)?);
            }
        }
    }
    Ok(all)
}

/// A crate that is measured, and how cargo is to be called for it.
struct Krate {
    package: &'static str,
    manifest: PathBuf,
    target: PathBuf,
    features: Option<String>,
}

struct Bench<'a> {
    workspace: &'a Workspace,
    folder: PathBuf,
    /// The versions of the API that have a client: each is a feature.
    versions: Vec<String>,
    /// This program, which stands in for rustc.
    wrapper: PathBuf,
}

impl<'a> Bench<'a> {
    fn prepare(workspace: &'a Workspace) -> Result<Self, Error> {
        let folder = workspace.root().join("target").join("bench");
        fs::create_dir_all(&folder).map_err(|e| Error::Io(folder.clone(), e))?;
        progenitor::write(workspace, &folder.join("progenitor"))?;
        let wrapper =
            std::env::current_exe().map_err(|e| Error::Io(PathBuf::from("this program"), e))?;
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
        let bench = Self {
            workspace,
            folder,
            versions,
            wrapper,
        };
        // Builds the dependencies. Whatever is on this machine already is taken without asking the network.
        for case in Case::ALL {
            if let Some(krate) = bench.krate(case) {
                let offline = bench.cargo(&krate, "check").arg("--offline").output();
                if !offline.is_ok_and(|o| o.status.success()) {
                    bench.succeed(case, bench.cargo(&krate, "check"))?;
                }
            }
        }
        Ok(bench)
    }

    fn krate(&self, case: Case) -> Option<Krate> {
        // One resource is measured in the newest version.
        let newest = self.versions.last().map_or("", String::as_str);
        let features = match case {
            Case::Full => format!("rustls,full,{}", self.versions.join(",")),
            Case::Users => format!("rustls,{newest},users"),
            Case::Candidates => format!("rustls,{newest},candidates"),
            Case::Progenitor => {
                let folder = self.folder.join("progenitor");
                return Some(Krate {
                    package: progenitor::PACKAGE,
                    manifest: folder.join("Cargo.toml"),
                    target: folder.join("target"),
                    features: None,
                });
            }
            Case::Regen | Case::FirstAwsLc | Case::FirstRing => return None,
        };
        Some(Krate {
            package: "harvest-generated",
            manifest: self.workspace.root().join("Cargo.toml"),
            target: self.folder.join("generated"),
            features: Some(features),
        })
    }

    fn run(&self, case: Case) -> Result<Sample, Error> {
        if let Some(tls) = case.tls() {
            return FirstBuild::prepare(self.workspace, &self.versions, &self.folder, case, tls)?
                .run();
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
        rustc::read(&text).ok_or(Error::Unseen(case))
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
        if let ("check", Some(features)) = (command, &krate.features) {
            out.args(["--no-default-features", "--features", features]);
        }
        // Incremental compilation would measure the cache. The wrapper is there always, for cargo to see one rustc.
        out.env("CARGO_INCREMENTAL", "0")
            .env("RUSTC_WRAPPER", &self.wrapper);
        out.env(rustc::RECORD, "").env(rustc::CRATE, "");
        out
    }

    fn succeed(&self, case: Case, mut command: Command) -> Result<Output, Error> {
        let output = command
            .output()
            .map_err(|e| Error::Io(self.wrapper.clone(), e))?;
        if output.status.success() {
            Ok(output)
        } else {
            Err(Error::Cargo(
                case,
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

impl Measured {
    /// The median time.
    pub fn seconds(&self) -> Option<f64> {
        median(self.samples.iter().map(|s| s.seconds))
    }

    /// The median of the peaks of memory.
    pub fn mebibytes(&self) -> Option<f64> {
        median(self.samples.iter().filter_map(|s| s.mebibytes))
    }
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(values[middle - 1], upper))
}

/// What the project promises.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// The promise.
    pub promise: &'static str,
    /// The most that keeps it.
    pub most: f64,
    /// What was measured; nothing if it could not be.
    pub found: Option<f64>,
}

impl Budget {
    /// Whether the promise is broken. What could not be measured is not.
    pub fn broken(&self) -> bool {
        self.found.is_some_and(|found| found > self.most)
    }
}

/// The promises, against what was measured.
pub fn budgets(measured: &[Measured]) -> Vec<Budget> {
    let find = |case| measured.iter().find(|m| m.case == case);
    let seconds = |case| find(case).and_then(Measured::seconds);
    let ratio = match (seconds(Case::Full), seconds(Case::Progenitor)) {
        (Some(ours), Some(theirs)) => Some(ours / theirs),
        _ => None,
    };
    let budget = |promise, most, found| Budget {
        promise,
        most,
        found,
    };
    vec![
        budget("(a) at most 5.0 s", 5.0, seconds(Case::Full)),
        budget(
            "(a) at most 650 MiB",
            650.0,
            find(Case::Full).and_then(Measured::mebibytes),
        ),
        budget("(a) at most 0.75 of the time of (b)", 0.75, ratio),
        budget("(c) users: at most 1.2 s", 1.2, seconds(Case::Users)),
        budget("(d) at most 1.0 s", 1.0, seconds(Case::Regen)),
    ]
}

/// Medians, extremes and budgets as a text for people.
pub fn report(measured: &[Measured], budgets: &[Budget]) -> String {
    let mut text = String::new();
    let runs = measured.first().map_or(0, |m| m.samples.len());
    let _ = writeln!(text, "medians (least..most) of {runs} runs");
    let _ = writeln!(text, "{:40}{:24}peak memory in MiB", "", "seconds");
    for m in measured {
        let seconds = spread(m.seconds(), m.samples.iter().map(|s| s.seconds), 2);
        let memory = spread(
            m.mebibytes(),
            m.samples.iter().filter_map(|s| s.mebibytes),
            0,
        );
        let _ = writeln!(text, "{:40}{seconds:24}{memory}", m.case);
    }
    text.push_str("the time is that of rustc for the crate alone; the memory is VmHWM of that rustc, read every 2 ms\n");
    text.push_str(
        "a first build is the wall time of `cargo build`, with nothing built before, once\n",
    );
    for budget in budgets {
        let state = match (budget.found, budget.broken()) {
            (None, _) => "n/a",
            (Some(_), false) => "holds",
            (Some(_), true) => "BROKEN",
        };
        let found = budget
            .found
            .map_or_else(|| "n/a".to_owned(), |found| format!("{found:.2}"));
        let _ = writeln!(text, "{:40}{found:24}{state}", budget.promise);
    }
    text
}

fn spread(median: Option<f64>, values: impl Iterator<Item = f64>, digits: usize) -> String {
    let Some(median) = median else {
        return "n/a".to_owned();
    };
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values {
        least = least.min(value);
        most = most.max(value);
    }
    format!("{median:.digits$} ({least:.digits$}..{most:.digits$})")
}
