//! Holds the sandbox to the descriptions: schemathesis makes up requests for every operation, right and wrong ones, and
//! looks at whether the answers are what the description says.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use harvest_codegen::conventions::Sandbox as Answers;
use serde_json::Value;

use crate::workspace::{Version, Workspace};
use access::Access;
use sandbox::Sandbox;
use tried::tried;
use unanswered::unanswered;

pub mod access;
pub mod config;
pub mod ids;
mod report;
pub(crate) mod sandbox;
mod tool;
pub mod tried;
pub mod unanswered;

pub use report::Counts;

/// What is written for schemathesis, what it writes, and what it says.
const CONFIG: &str = "schemathesis.toml";
const HOOKS: &str = "hooks.py";
const DOCUMENT: &str = "document.json";
const REPORT: &str = "report.json";
const OUTPUT: &str = "output.txt";

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many requests are made up at random for an operation.
    pub examples: u32,
    /// How many of the first requests at the bounds of what an operation takes are sent. Of the next as many it is every
    /// second, then every third, and so on: some operations have a thousand.
    pub coverage: u32,
    /// What they are made up from: the same seed makes up the same.
    pub seed: u32,
}

/// Why nothing was tried, or what was found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read or written, or a program cannot be started.
    #[error("conformance cannot be tried: {0}")]
    Io(io::Error),
    /// schemathesis cannot be installed. Why stands above.
    #[error(
        "{0} cannot be installed: it needs python3 with venv (`apt-get install python3-venv`) and \
         a network"
    )]
    Install(String),
    /// The sandbox does not start, or does not answer. Why may stand above.
    #[error("the sandbox cannot be tried: {0}")]
    Sandbox(String),
    /// A document is not what is expected.
    #[error("{0}; `cargo xtask regen` writes the document")]
    Document(String),
    /// schemathesis did not come to an end. Why stands above.
    #[error("schemathesis did not come to an end")]
    Tool,
    /// Most operations refused everything, so that next to nothing was tried.
    #[error(
        "{0}: most operations accepted nothing. target/conformance has what was sent: are the ids \
         in {CONFIG} those of records, and may the acting user still act?"
    )]
    Shallow(String),
    /// An answer is not what the description says. Which stands above.
    #[error(
        "{0}: the sandbox and the description do not agree. Fix the one that is wrong: what is \
         documented or was observed decides"
    )]
    Found(String),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The phases that are tried at the same time, each of the two on a sandbox of its own: what one deletes, the other needs,
/// and each keeps at most one core busy.
const RUNS: [&str; 2] = ["examples,coverage,stateful", "fuzzing"];

/// Tries every described version, all of them at the same time, and prints what was tried.
///
/// # Errors
///
/// At the first version with an answer that is not described, and if nothing can be tried.
pub fn run(workspace: &Workspace, options: Options) -> Result<(), Error> {
    let program = tool::installed(workspace)?;
    let binary = sandbox::built(workspace)?;
    let mut trials = Vec::new();
    for version in workspace.versions()? {
        let answers_from = answers_from(workspace, &version)?;
        // The examples mode keeps nothing that ids could lead to, and looks at less of a request than records do.
        if answers_from == Answers::Records {
            trials.push(Trial::start(
                workspace,
                &version.name,
                (&program, &binary),
                options,
            )?);
        }
    }
    let mut failure = None;
    for trial in trials {
        // What the others find is worth knowing, too.
        if let Err(error) = trial.finish(options) {
            failure.get_or_insert(error);
        }
    }
    failure.map_or(Ok(()), Err)
}

/// What is tried of a version.
struct Trial {
    version: String,
    left_out: BTreeSet<String>,
    runs: Vec<Run>,
}

impl Trial {
    /// Finds out what there is in the sandbox, and starts what is tried on it.
    fn start(
        workspace: &Workspace,
        version: &str,
        (program, binary): (&Path, &Path),
        options: Options,
    ) -> Result<Self, Error> {
        let document = read(&workspace.dist().join(format!("{version}.json")))?;
        let start = || Sandbox::start(binary, version, Answers::Records);
        // Questions change it. The others begin with the same records.
        let asked = start()?;
        let access = Access::to(&asked, &document)?;
        let known = ids::known(&document, |path| asked.get(&access, path))?;
        let left_out = unanswered(&document, |example| asked.status(&access, example))?;
        drop(asked);

        let folder = workspace.root().join("target/conformance").join(version);
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(DOCUMENT);
        std::fs::write(&path, tried(&document).to_string())?;
        let mut runs = Vec::new();
        for phases in RUNS {
            let folder = folder.join(phases.replace(',', "-"));
            let sandbox = start()?;
            let access = Access::to(&sandbox, &document)?;
            let config = config::write(&document, &access, &known, &left_out);
            let mut run = Run::prepare(sandbox, &config, &folder)?;
            run.start(program, &path, phases, options)?;
            runs.push(run);
        }
        Ok(Self {
            version: version.to_owned(),
            left_out,
            runs,
        })
    }

    /// Waits for the end, and prints what was tried.
    fn finish(self, options: Options) -> Result<(), Error> {
        let version = self.version;
        println!(
            "{version}: for each operation {} requests at random, and {} at the bounds before they \
             thin out, seed {}",
            options.examples, options.coverage, options.seed
        );
        if !self.left_out.is_empty() {
            let left_out: Vec<_> = self.left_out.iter().map(String::as_str).collect();
            println!(
                "{version}: not answered by the sandbox yet: {}",
                left_out.join(", ")
            );
        }
        let mut counts = Counts::default();
        for run in self.runs {
            counts.add(run.finish()?);
        }
        println!("{version}: {counts}");
        if counts.findings > 0 {
            return Err(Error::Found(version));
        }
        if counts.reached.len() * 2 < counts.operations {
            return Err(Error::Shallow(version));
        }
        Ok(())
    }
}

/// What the sandbox answers a version from.
pub(crate) fn answers_from(workspace: &Workspace, version: &Version) -> Result<Answers, Error> {
    let conventions = version.conventions(workspace);
    let conventions = conventions.map_err(|error| Error::Document(error.to_string()))?;
    Ok(conventions.sandbox)
}

/// A run of schemathesis, and what it is tried on.
struct Run {
    folder: PathBuf,
    sandbox: Sandbox,
    process: Option<Child>,
}

impl Run {
    /// Writes a configuration for schemathesis.
    fn prepare(sandbox: Sandbox, config: &str, folder: &Path) -> Result<Self, Error> {
        // What an earlier run found is not what this one finds.
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(CONFIG), config)?;
        std::fs::write(folder.join(HOOKS), include_str!("conformance/hooks.py"))?;
        Ok(Self {
            folder: folder.to_owned(),
            sandbox,
            process: None,
        })
    }

    fn start(
        &mut self,
        program: &Path,
        document: &Path,
        phases: &str,
        options: Options,
    ) -> Result<(), Error> {
        let process = Command::new(program)
            .args(["--config-file", CONFIG, "run"])
            .arg(document)
            .args(["--url", &self.sandbox.url, "--phases", phases])
            .args(["--max-examples", &options.examples.to_string()])
            .args(["--seed", &options.seed.to_string()])
            .env("CONFORMANCE_COVERAGE", options.coverage.to_string())
            .env("CONFORMANCE_SEED", options.seed.to_string())
            .args(["--report", "json", "--report-json-path", REPORT])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(std::fs::File::create(self.folder.join(OUTPUT))?)
            .spawn()?;
        self.process = Some(process);
        Ok(())
    }

    /// Waits for the end, and shows what was found.
    fn finish(mut self) -> Result<Counts, Error> {
        let process = self.process.take();
        let succeeded = match process {
            Some(mut process) => process.wait()?.success(),
            None => false,
        };
        if !succeeded {
            print!("{}", std::fs::read_to_string(self.folder.join(OUTPUT))?);
        }
        let report = self.folder.join(REPORT);
        if !report.exists() {
            return Err(Error::Tool);
        }
        let mut counts = Counts::read(&read(&report)?)?;
        if !succeeded {
            // It also fails if it could not try something.
            counts.findings = counts.findings.max(1);
        }
        Ok(counts)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            // It may have exited already, which is as good.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

pub(crate) fn read(path: &Path) -> Result<Value, Error> {
    let text = std::fs::read(path)
        .map_err(|error| Error::Document(format!("{}: {error}", path.display())))?;
    serde_json::from_slice(&text)
        .map_err(|error| Error::Document(format!("{}: {error}", path.display())))
}
