//! Commands.

mod api;
mod auth;
mod doctor;
mod export;
mod field;
mod import;
mod migrate;
mod operation;
mod privacy;
mod reference;
mod webhooks;

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use clap::error::{ContextKind, ContextValue};
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use harvest_export::catalog::Catalog;

use crate::arguments::{Arguments, Command, Global};
use crate::connection::Source;
use crate::failure::{EXIT_CODES, Exit, Failure};
use crate::output::wrapped;
use crate::profile::ProfileFile;
use crate::version::Version;

/// How many names are suggested in place of one that there is not.
const MOST_ALIKE: usize = 3;

/// Runs the command that the arguments of the process name.
pub(crate) async fn run() -> Result<(), Failure> {
    let version = version_of(&std::env::args_os().skip(1).collect::<Vec<_>>());
    let catalog = version.catalog()?;
    let parsed = parser(&catalog, version).try_get_matches();
    let matches = parsed.unwrap_or_else(|error| nearest_first(error).exit());
    if let Some((resource, within)) = matches.subcommand()
        && let Some((command, of_operation)) = within.subcommand()
        && let Some(entry) = operation::find(&catalog, resource, command)
    {
        return operation::run(&read::<Global>(&matches)?, entry, of_operation).await;
    }
    let Arguments { global, command } = read(&matches)?;
    match command {
        Command::Api(api) => api::run(&global, api).await,
        Command::Auth(auth) => auth::run(&global, auth),
        Command::Doctor(doctor) => doctor::run(&global, &catalog, doctor).await,
        // Its future is large.
        Command::Export(export) => Box::pin(export::run(&global, &catalog, export)).await,
        Command::Import(import) => import::run(&global, &catalog, import).await,
        Command::Migrate(migrate) => migrate::run(migrate),
        Command::Privacy(command) => privacy::run(&global, &catalog, command).await,
        Command::Webhooks(webhooks) => webhooks::run(&global, webhooks).await,
        Command::Sandbox(options) => {
            let outcome = harvest_sandbox::program::run(*options).await;
            outcome.map_err(|error| {
                let causes = std::iter::successors(error.source(), |&cause| cause.source());
                let text = causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"));
                Failure::new(Exit::Failed, text)
            })
        }
        Command::Completions { shell } => {
            let mut tree = tree(&catalog, version);
            clap_complete::generate(shell, &mut tree, "harvest", &mut io::stdout());
            Ok(())
        }
        Command::Man { folder } => {
            let failed = |error| {
                let place = folder.display();
                Failure::usage(format!(
                    "manual pages cannot be written to {place}: {error}"
                ))
            };
            std::fs::create_dir_all(&folder).map_err(failed)?;
            clap_mangen::generate_to(tree(&catalog, version), &folder).map_err(failed)
        }
        Command::Reference => reference::print(),
    }
}

/// The commands that are always there, and those of the operations of a version.
fn tree(catalog: &Catalog, version: &Version) -> clap::Command {
    joined(Arguments::command(), operation::commands(catalog, version))
}

/// Adds the commands of resources. Where a command has the name of a resource, the operations are among its own.
fn joined(root: clap::Command, resources: Vec<clap::Command>) -> clap::Command {
    resources.into_iter().fold(root, |root, resource| {
        let name = resource.get_name().to_owned();
        if root.find_subcommand(&name).is_none() {
            return root.subcommand(resource);
        }
        root.mut_subcommand(name, |own| {
            own.subcommands(resource.get_subcommands().cloned())
        })
    })
}

/// The same for a person: resources are one line of names in the help, since there are too many for a line each.
fn parser(catalog: &Catalog, version: &Version) -> clap::Command {
    let resources = operation::commands(catalog, version);
    let names: Vec<_> = resources.iter().map(clap::Command::get_name).collect();
    let help = format!(
        "Resources of {} (`harvest RESOURCE --help` has its operations):\n{}\n\n{EXIT_CODES}",
        version.name,
        wrapped(&names)
    );
    let hidden = resources.iter().map(|it| it.clone().hide(true));
    joined(Arguments::command(), hidden.collect()).after_help(help)
}

/// The names that could be meant, the nearest first. There are a hundred commands, and clap has the nearest last of all that
/// are alike.
fn nearest_first(mut error: clap::Error) -> clap::Error {
    let alike = error.get(ContextKind::SuggestedSubcommand);
    if let Some(ContextValue::Strings(names)) = alike {
        let nearest = names.iter().rev().take(MOST_ALIKE).cloned().collect();
        error.insert(
            ContextKind::SuggestedSubcommand,
            ContextValue::Strings(nearest),
        );
    }
    error
}

/// Asks before a change is made, unless that is said already.
fn confirm(question: &str, yes: bool) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Failure::usage(
            "this changes something, and there is no terminal to ask at: pass --yes, or see it \
             with --dry-run",
        ));
    }
    eprint!("{question} [y/N] ");
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    if matches!(line.trim(), "y" | "Y" | "yes") {
        Ok(())
    } else {
        Err(Failure::new(Exit::Failed, "not sent"))
    }
}

fn read<T: FromArgMatches>(matches: &ArgMatches) -> Result<T, Failure> {
    T::from_arg_matches(matches).map_err(|error| error.exit())
}

/// The version whose operations are commands. It decides which commands there are, so it is looked for before the
/// arguments are read; a mistake in them is reported when they are.
fn version_of(arguments: &[OsString]) -> &'static Version {
    let mut global = Global::default();
    let texts: Vec<_> = arguments.iter().map(|it| it.to_string_lossy()).collect();
    let value = |long: &str, short: Option<&str>| {
        let mut pairs = texts.iter().zip(texts.iter().skip(1));
        let behind =
            pairs.find(|(name, _)| *name == long || short.is_some_and(|short| *name == short));
        let within = || {
            let mut all = texts.iter();
            all.find_map(|it| it.strip_prefix(long)?.strip_prefix('='))
        };
        behind
            .map(|(_, value)| value.to_string())
            .or_else(|| within().map(str::to_owned))
    };
    global.sandbox = texts.iter().any(|it| it == "--sandbox");
    global.api_version = value("--api-version", None);
    global.profile = value("--profile", Some("-p"));
    let found = ProfileFile::locate().and_then(|file| Source::find(&global, &file));
    found.map_or(Version::current(), |(_, version)| version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::VERSIONS;

    /// Names of options and commands that collide are found here, and not by a user.
    #[test]
    fn every_operation_is_a_command() {
        for version in &VERSIONS {
            let catalog = version.catalog().expect("a catalog");
            assert_eq!(catalog.entries().count(), version.operations.len());
            tree(&catalog, version).debug_assert();
            for resource in &catalog.resources {
                for entry in &resource.entries {
                    let name = harvest_export::catalog::kebab(resource.name);
                    let found = operation::find(&catalog, &name, &entry.command);
                    assert_eq!(found.map(|it| it.operation.id), Some(entry.operation.id));
                }
            }
        }
    }

    #[test]
    fn the_nearest_command_is_suggested_first() {
        let version = &VERSIONS[0];
        let catalog = version.catalog().expect("a catalog");
        for (typed, meant) in [
            ("candidats", "candidates"),
            ("ofers", "offers"),
            ("exprot", "export"),
        ] {
            let parsed = parser(&catalog, version).try_get_matches_from(["harvest", typed]);
            let error = nearest_first(parsed.expect_err("no command")).to_string();
            let tip = error.lines().find(|it| it.contains("tip:"));
            let tip = tip.unwrap_or_else(|| panic!("{error}"));
            let suggested = tip.split('\'').skip(1).step_by(2).collect::<Vec<_>>();
            assert_eq!(suggested.first(), Some(&meant), "{error}");
            assert!(suggested.len() <= MOST_ALIKE, "{error}");
        }
    }
}
