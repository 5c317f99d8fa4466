//! Clients that other generators make of the published documents: generated, compiled, and run against the sandbox.

use std::io;

use crate::conformance;
use crate::conformance::access::Access;
use crate::conformance::sandbox::{self, Sandbox};
use crate::workspace::{Version, Workspace};
use generators::{GENERATORS, Generator};
use trial::Folders;

mod generators;
mod table;
pub(crate) mod tools;
mod trial;

/// The folder of a version with the programs that list records, and the path that lists all of them at once.
const PROGRAMS: &str = "clients";
const PATH: &str = "path.txt";

/// The tried generators, and the use of the outcome.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only the generators with this in their names.
    pub only: Option<String>,
    /// Whether the table in `docs` is written.
    pub write: bool,
}

/// The reason why nothing was tried, or what failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read or written, or a program cannot be started.
    #[error("clients cannot be tried: {0}")]
    Io(io::Error),
    /// There is no sandbox to list records of.
    #[error(transparent)]
    Sandbox(conformance::Error),
    /// A description cannot be read.
    #[error(transparent)]
    Description(harvest_codegen::load::Error),
    /// No generator is called so.
    #[error("no generator is called {0}; there are {known}", known = names())]
    Unknown(String),
    /// Only some generators were tried, which is not what the table says.
    #[error("--write is for all generators: leave --only out")]
    Partial,
    /// Some clients are not generated, do not compile, or list something else. Which stands above.
    #[error("not all of them work; target/clients has the code, and a log beside it for each step")]
    Failed,
}

/// The names of the generators there are.
fn names() -> String {
    let names: Vec<_> = GENERATORS.iter().map(|it| it.name).collect();
    names.join(", ")
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<harvest_codegen::load::Error> for Error {
    fn from(error: harvest_codegen::load::Error) -> Self {
        Self::Description(error)
    }
}

impl From<conformance::Error> for Error {
    fn from(error: conformance::Error) -> Self {
        Self::Sandbox(error)
    }
}

/// Tries the generators on each version that has programs for them, and prints the table.
///
/// # Errors
///
/// If one fails, or nothing can be tried.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    let only = options.only.as_deref();
    if options.write && only.is_some() {
        return Err(Error::Partial);
    }
    let chosen = |it: &&Generator| only.is_none_or(|only| it.name.contains(only));
    let chosen: Vec<_> = GENERATORS.iter().filter(chosen).collect();
    if chosen.is_empty() {
        return Err(Error::Unknown(only.unwrap_or_default().to_owned()));
    }
    let binary = sandbox::built(workspace)?;
    let mut text = table::HEAD.to_owned();
    let mut failed = false;
    for version in workspace.versions()? {
        let programs = workspace.spec().join(&version.name).join(PROGRAMS);
        if !programs.is_dir() {
            continue;
        }
        let answers_from = conformance::answers_from(workspace, &version)?;
        let server = Sandbox::start(&binary, &version.name, answers_from)?;
        let published = documents(workspace, &version)?;
        let described = conformance::read(&workspace.dist().join(&published[0]))?;
        let access = Access::to(&server, &described)?;
        let ids = ids(&server, &access, &programs.join(PATH))?;
        for document in published {
            let folders = Folders {
                name: document.trim_end_matches(".json").to_owned(),
                document: workspace.dist().join(&document),
                programs: programs.clone(),
                target: workspace.root().join("target/clients"),
                secret: access.secret.clone(),
            };
            let mut outcomes = Vec::new();
            for generator in &chosen {
                let outcome = trial::run(generator, &folders, &server.url, &ids)?;
                println!("{document}, {}: {outcome}", generator.name);
                failed |= outcome.failure.is_some();
                outcomes.push(outcome);
            }
            text += &table::of(&document, &outcomes);
        }
    }
    print!("\n{text}");
    if options.write {
        std::fs::write(workspace.root().join("docs/clients.md"), text)?;
    }
    if failed { Err(Error::Failed) } else { Ok(()) }
}

/// The published documents of a version, in each form of `OpenAPI`.
fn documents(workspace: &Workspace, version: &Version) -> Result<Vec<String>, Error> {
    let conventions = version.conventions(workspace)?;
    let first = format!("{}.json", version.name);
    Ok([first].into_iter().chain(conventions.openapi_3_1).collect())
}

/// The ids of all records, in the order of the list.
fn ids(server: &Sandbox, access: &Access, path: &std::path::Path) -> Result<Vec<String>, Error> {
    let path = std::fs::read_to_string(path)?;
    let list = server.get(access, path.trim())?.unwrap_or_default();
    let records = list.as_array().into_iter().flatten();
    Ok(records.map(|record| record["id"].to_string()).collect())
}
