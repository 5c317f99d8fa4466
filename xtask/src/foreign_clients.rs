//! Clients that others wrote for the service, as the registries have them: each is led to a sandbox without being changed,
//! and what it reads is compared with what the sandbox holds.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io;
use std::path::Path;

use harvest_codegen::conventions::Sandbox as Answers;

use crate::clients::tools::{self, Package};
use crate::conformance;
use crate::conformance::sandbox::{self, Sandbox};
use crate::workspace::Workspace;
use clients::{Client, Table};
use compare::Compared;
use held::Held;
use proxy::Proxy;
use trial::Report;

mod clients;
mod compare;
mod held;
mod programs;
mod proxy;
mod table;
mod trial;

/// For the proxy.
const TRUSTME: Package<'_> = Package::Pip("trustme==1.2.1");
/// Where clients are installed and run.
const FOLDER: &str = "target/foreign-clients";
/// More than one page of most clients, and few enough that one request for each takes no minutes.
const CANDIDATES: &str = "520";

/// The tried clients, and the use of the outcome.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only the clients with this in their names.
    pub only: Option<String>,
    /// Whether the table in `docs` is written.
    pub write: bool,
}

/// The reason why nothing was tried, or what failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read or written, or a program cannot be started.
    #[error("foreign clients cannot be tried: {0}")]
    Io(#[from] io::Error),
    /// There is no sandbox to read from.
    #[error(transparent)]
    Sandbox(#[from] conformance::Error),
    /// No client is called so.
    #[error("no client is called {0}; there are {1}")]
    Unknown(String, String),
    /// Only some clients were tried, which is not what the table says.
    #[error("--write is for all clients: leave --only out")]
    Partial,
    /// The proxy does not start. Why stands above.
    #[error("the proxy does not start")]
    Proxy,
    /// Some clients read something else than the sandbox holds, or fail otherwise than is known. Which stands above.
    #[error(
        "not all of them read what the sandbox holds; {FOLDER} has what each said. What is wrong \
         in the sandbox is mended there, what is wrong in a client is listed with its reason in \
         xtask/foreign-clients/clients.toml"
    )]
    Failed,
}

/// What came of one client.
struct Outcome<'a> {
    client: &'a Client,
    /// Why it was not run.
    install: Option<String>,
    lists: Vec<Compared>,
    /// What was written, and whether the sandbox shows it.
    written: Vec<(String, bool)>,
    /// What failed in its own words, by the name of a list or a tool.
    failures: BTreeMap<String, String>,
    requests: usize,
    /// Hosts beside those of the service.
    elsewhere: Vec<String>,
}

impl Outcome<'_> {
    /// What is neither as it should be nor known.
    fn surprises(&self) -> Vec<String> {
        let mut surprises: Vec<_> = self.install.iter().cloned().collect();
        let known = &self.client.known;
        for (name, account) in &self.failures {
            if !known.contains_key(name) {
                surprises.push(format!("{name}: {account}"));
            }
        }
        let gone = known.keys().filter(|_| self.install.is_none());
        let gone = gone.filter(|name| !self.failures.contains_key(*name));
        surprises.extend(gone.map(|name| format!("{name} is known to fail, and does not")));
        let differ = self.lists.iter().filter(|it| !it.is_whole());
        surprises.extend(differ.map(ToString::to_string));
        let lost = self.written.iter().filter(|(_, shown)| !shown);
        surprises.extend(lost.map(|(what, _)| format!("{what} is not what was written")));
        surprises
    }
}

/// Runs the clients, prints the table, and says what surprises.
///
/// # Errors
///
/// If one does not read what is there, or nothing can be tried.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    let only = options.only.as_deref();
    if options.write && only.is_some() {
        return Err(Error::Partial);
    }
    let programs = clients::folder(workspace);
    let Table {
        acting_user_header,
        hosts,
        clients,
    } = clients::read(&programs)?;
    let chosen = |it: &&Client| only.is_none_or(|only| it.trial.contains(only));
    let chosen: Vec<_> = clients.iter().filter(chosen).collect();
    if chosen.is_empty() {
        let names: Vec<_> = clients.iter().map(|it| it.trial.as_str()).collect();
        return Err(Error::Unknown(
            only.unwrap_or_default().to_owned(),
            names.join(", "),
        ));
    }
    let binary = sandbox::built(workspace)?;
    let folder = workspace.root().join(FOLDER);
    if let Some(problem) = tools::install(&folder, &[TRUSTME])? {
        return Err(conformance::Error::Install(problem).into());
    }
    let sandbox = start(workspace, &binary, &hosts)?;
    let proxy = Proxy::start(&programs, &folder, &sandbox.url, &hosts)?;
    let mut held = Held::of(&sandbox, &acting_user_header)?;
    let mut outcomes = Vec::new();
    for client in chosen {
        let outcome = outcome(client, (&programs, &folder), &sandbox, &proxy, &mut held)?;
        println!("{}: {}", client.trial, table::summary(&outcome));
        for surprise in outcome.surprises() {
            println!("  {surprise}");
        }
        outcomes.push(outcome);
    }
    let part = |name: &str| std::fs::read_to_string(programs.join(name));
    let text = table::of(&outcomes, &part("above.md")?, &part("below.md")?);
    print!("\n{text}");
    if options.write {
        std::fs::write(workspace.root().join("docs/foreign-clients.md"), text)?;
    }
    let surprises = outcomes.iter().any(|it| !it.surprises().is_empty());
    if surprises {
        Err(Error::Failed)
    } else {
        Ok(())
    }
}

/// A sandbox that is known by the names of the service.
fn start(workspace: &Workspace, binary: &Path, hosts: &[String]) -> Result<Sandbox, Error> {
    let mut served = None;
    for version in workspace.versions()? {
        // Each version whose records it keeps is served with all others.
        if conformance::answers_from(workspace, &version)? == Answers::Records {
            served.get_or_insert(version.name);
        }
    }
    let none = || conformance::Error::Sandbox("it keeps records of no version".to_owned());
    let version = served.ok_or_else(none)?;
    let urls: Vec<_> = hosts.iter().map(|host| format!("https://{host}")).collect();
    let mut arguments = vec![
        "--candidates",
        CANDIDATES,
        "--control",
        "--trusted-proxy",
        "127.0.0.1",
    ];
    for url in &urls {
        arguments.extend(["--public-url", url]);
    }
    Ok(Sandbox::start_with(binary, &version, &arguments)?)
}

fn outcome<'a>(
    client: &'a Client,
    (programs, folder): (&Path, &Path),
    sandbox: &Sandbox,
    proxy: &Proxy,
    held: &mut Held<'_>,
) -> Result<Outcome<'a>, Error> {
    let mut outcome = Outcome {
        client,
        install: None,
        lists: Vec::new(),
        written: Vec::new(),
        failures: BTreeMap::new(),
        requests: 0,
        elsewhere: Vec::new(),
    };
    let own = folder.join(client.trial.replace('/', "-").trim_start_matches('@'));
    let pip = client.pip.iter().map(|it| Package::Pip(it));
    let npm = client.npm.iter().map(|it| Package::Npm(it));
    let packages: Vec<_> = pip.chain(npm).collect();
    if let Some(problem) = tools::install(&own, &packages)? {
        outcome.install = Some(problem);
        return Ok(outcome);
    }
    held.control("DELETE", "requests")?;
    let before = proxy.refused()?.len();
    let Report {
        lists,
        written,
        failures,
    } = trial::run(client, (programs, &own), sandbox, proxy)?;
    outcome.failures = failures;
    outcome.requests = held
        .control("GET", "requests")?
        .as_array()
        .map_or(0, Vec::len);
    let mut elsewhere = proxy.refused()?.split_off(before);
    elsewhere.sort();
    elsewhere.dedup();
    outcome.elsewhere = elsewhere;
    for (path, pointer, value) in written {
        let shown = held.shows(&path, &pointer, &value)?;
        outcome.written.push((path, shown));
    }
    // What is compared with is what was there before it wrote.
    if !outcome.written.is_empty() {
        held.reset()?;
    }
    for (path, records) in lists {
        let there = held.list(&path, client.bearer)?;
        outcome
            .lists
            .push(Compared::of(&path, there, &records, &sandbox.url));
    }
    Ok(outcome)
}

/// An error of the sandbox, which answered something unexpected.
fn wrong(what: &str, error: &dyn Display) -> Error {
    conformance::Error::Sandbox(format!("{what}: {error}")).into()
}
