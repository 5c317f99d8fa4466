//! One generator on one document.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::generators::Generator;
use super::tools;

/// The longest account of a failure in the table, in characters.
const MAX_ACCOUNT: usize = 120;

/// A program of its own that has to hold in any Python client.
const IMPORT_ALL: &str = include_str!("import_all.py");

pub(super) struct Folders {
    /// The name of the document, without its ending.
    pub(super) name: String,
    pub(super) document: PathBuf,
    /// The programs that list records.
    pub(super) programs: PathBuf,
    /// Where everything is installed and made.
    pub(super) target: PathBuf,
    /// A key or an access token.
    pub(super) secret: String,
}

/// The steps of a trial, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Install,
    Generate,
    Compile,
    List,
}

/// The failure of a trial, if there was one.
pub(super) struct Outcome {
    pub(super) generator: &'static Generator,
    pub(super) failure: Option<(Step, String)>,
}

impl Outcome {
    /// Whether a step was taken with success.
    pub(super) fn passes(&self, step: Step) -> bool {
        self.failure
            .as_ref()
            .is_none_or(|(failed, _)| *failed > step)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.failure {
            None => f.write_str("works"),
            Some((step, account)) => write!(f, "fails to {step:?}: {account}"),
        }
    }
}

/// Tries a generator: its client has to list these ids.
pub(super) fn run(
    generator: &'static Generator,
    folders: &Folders,
    url: &str,
    ids: &[String],
) -> io::Result<Outcome> {
    let failure = attempt(generator, folders, url, ids)?.err();
    Ok(Outcome { generator, failure })
}

fn attempt(
    generator: &Generator,
    folders: &Folders,
    url: &str,
    ids: &[String],
) -> io::Result<Result<(), (Step, String)>> {
    if let Some(problem) = tools::install(&folders.target, generator.packages)? {
        return Ok(Err((Step::Install, problem)));
    }
    let name = generator.name.replace(['/', ' '], "-");
    let name = name.trim_start_matches('@');
    let folder = folders.target.join(format!("{}-{name}", folders.name));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let call = |step, words: &[&str]| call(step, words, folders, &folder, url);
    if let Err(account) = call(Step::Generate, generator.generate)? {
        return Ok(Err((Step::Generate, account)));
    }
    for (from, to) in generator.files {
        let to = folder.join(to);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::copy(folders.programs.join(from), to)?;
    }
    std::fs::write(folder.join("import_all.py"), IMPORT_ALL)?;
    if let Some(prepare) = generator.prepare {
        prepare(&folder)?;
    }
    if let Err(account) = call(Step::Compile, generator.compile)? {
        return Ok(Err((Step::Compile, account)));
    }
    Ok(match call(Step::List, generator.list)? {
        Err(account) => Err((Step::List, account)),
        Ok(output) if output.lines().eq(ids) => Ok(()),
        Ok(output) => {
            let account = format!("{} ids in place of {}", output.lines().count(), ids.len());
            Err((Step::List, account))
        }
    })
}

/// Runs a command to its end: its output, or an account of its failure. Both are kept in a log.
fn call(
    step: Step,
    words: &[&str],
    folders: &Folders,
    folder: &Path,
    url: &str,
) -> io::Result<Result<String, String>> {
    let document = folders.document.to_string_lossy();
    let target = folders.target.to_string_lossy();
    let mut words = words.iter().map(|word| {
        let word = word.replace("{document}", &document);
        word.replace("{tool}", &target)
    });
    let program = words.next().unwrap_or_default();
    let path = tools::path(&folders.target);
    let output = Command::new(tools::found(&program, &path))
        .args(words)
        .current_dir(folder)
        .env("PATH", &path)
        .env("CARGO_TARGET_DIR", folders.target.join("cargo"))
        .env("GOCACHE", folders.target.join("go/cache"))
        .env("GOPATH", folders.target.join("go/path"))
        .env("GOFLAGS", "-mod=mod -modcacherw")
        .env("GOTOOLCHAIN", "local")
        .env("HARVEST_URL", url)
        .env("HARVEST_API_KEY", &folders.secret)
        .env("HARVEST_ACCESS_TOKEN", &folders.secret)
        .stdin(Stdio::null())
        .output()?;
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr),
    );
    let log = folder.join(format!("{step:?}.log").to_lowercase());
    std::fs::write(log, format!("{out}\n{err}"))?;
    if output.status.success() {
        return Ok(Ok(out));
    }
    let account = account(&out, &err);
    Ok(Err(account.replace(&*folder.to_string_lossy(), ".")))
}

/// The first line that speaks of an error, or else the last.
fn account(out: &str, err: &str) -> String {
    let lines = || err.lines().chain(out.lines()).map(str::trim);
    let is_error = |line: &&str| line.to_lowercase().contains("error");
    let line = lines().find(is_error);
    let line = line.or_else(|| lines().rfind(|line| !line.is_empty()));
    line.unwrap_or("no words")
        .chars()
        .take(MAX_ACCOUNT)
        .collect()
}
