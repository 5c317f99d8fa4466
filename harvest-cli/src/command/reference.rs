//! `harvest reference`: every command as Markdown, out of what the help is made of.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::{Arg, Command, CommandFactory};
use harvest_export::catalog::kebab;

use crate::arguments::Arguments;
use crate::failure::{EXIT_CODES, Failure};
use crate::version::{VERSIONS, Version};

const HEAD: &str = "\
<!-- Made by `UPDATE_DOCS=1 cargo test -p harvest-cli`; what is changed here by hand is lost. -->

# The command `harvest`

";

const OPERATIONS: &str = "\
## Operations

Each operation of the API is a command. `harvest <resource> <operation> --help` has its \
                          parameters, the properties of its
body, and the permission or scope that it takes. Lists take `--limit`; what changes something asks \
                          first, unless `--yes` is
given, and `--dry-run` prints the request. All take `--output`, `--columns`, `--jq` and \
                          `--escape-formulas`.
";

/// Prints the reference.
pub(crate) fn print() -> Result<(), Failure> {
    let mut text = HEAD.to_owned();
    let tree = Arguments::command();
    about(&mut text, &tree);
    let codes = EXIT_CODES.trim_start_matches("Exit codes:\n");
    let _ = write!(text, "\n## Exit codes\n\n```text\n{codes}\n```\n");
    text.push_str("\n## Options of every command\n\n");
    options(&mut text, tree.get_arguments());
    for command in tree.get_subcommands().filter(|it| !it.is_hide_set()) {
        section(&mut text, command, "harvest", 2);
    }
    let _ = write!(text, "\n{OPERATIONS}");
    for version in &VERSIONS {
        operations(&mut text, version)?;
    }
    Ok(std::io::stdout().lock().write_all(text.as_bytes())?)
}

/// A command, and those within it.
fn section(text: &mut String, command: &Command, parent: &str, level: usize) {
    let path = format!("{parent} {}", command.get_name());
    let _ = write!(text, "\n{} `{path}`\n\n", "#".repeat(level));
    about(text, command);
    let usage = command.clone().bin_name(&path).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let _ = write!(text, "\n```text\n{usage}\n```\n\n");
    options(text, command.get_arguments());
    if let Some(more) = command.get_after_help() {
        let _ = write!(text, "\n```text\n{more}\n```\n");
    }
    let within = command.get_subcommands().filter(|it| !it.is_hide_set());
    for command in within {
        section(text, command, &path, level + 1);
    }
}

fn about(text: &mut String, command: &Command) {
    let about = command.get_long_about().or(command.get_about());
    let about = about.map(ToString::to_string).unwrap_or_default();
    let (first, rest) = about.split_once('\n').unwrap_or((&about, ""));
    let _ = writeln!(text, "{first}.");
    if !rest.is_empty() {
        let _ = writeln!(text, "{rest}");
    }
}

fn options<'a>(text: &mut String, all: impl Iterator<Item = &'a Arg>) {
    let is_shown =
        |arg: &&Arg| !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version");
    for arg in all.filter(is_shown) {
        let _ = writeln!(text, "- `{}`: {}", name(arg), help(arg));
    }
}

/// `-o, --output <FORMAT>`, or `<PATH>`.
fn name(arg: &Arg) -> String {
    let takes = arg.get_action().takes_values();
    let values = arg.get_value_names().unwrap_or_default().iter();
    let values: Vec<_> = values.map(|it| format!(" <{it}>")).collect();
    let values = if takes {
        values.concat()
    } else {
        String::new()
    };
    let short = arg.get_short().map(|it| format!("-{it}"));
    let long = arg.get_long().map(|it| format!("--{it}"));
    let names: Vec<_> = [short, long].into_iter().flatten().collect();
    format!("{}{values}", names.join(", "))
        .trim_start()
        .to_owned()
}

fn help(arg: &Arg) -> String {
    let mut text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<_> = arg
        .get_possible_values()
        .iter()
        .map(|it| match it.get_help() {
            Some(help) => format!("`{}` ({help})", it.get_name()),
            None => format!("`{}`", it.get_name()),
        })
        .collect();
    if arg.get_action().takes_values() && !values.is_empty() {
        let _ = write!(text, ": {}", values.join(", "));
    }
    let defaults = arg.get_default_values().iter();
    let defaults: Vec<_> = defaults.map(|it| it.to_string_lossy()).collect();
    if arg.get_action().takes_values() && !defaults.is_empty() {
        let _ = write!(text, " [default: {}]", defaults.join(", "));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The operations of a version, as a table.
fn operations(text: &mut String, version: &Version) -> Result<(), Failure> {
    let catalog = version.catalog()?;
    let _ = write!(
        text,
        "\n### {}\n\n| command | request | {} |\n| --- | --- | --- |\n",
        version.name, version.conventions.permission_name
    );
    for resource in &catalog.resources {
        for entry in &resource.entries {
            let operation = entry.operation;
            let permission = match operation.permission {
                "" => String::new(),
                name => format!("`{name}`"),
            };
            let _ = writeln!(
                text,
                "| `{} {}` | {} `{}` | {permission} |",
                kebab(resource.name),
                entry.command,
                operation.method.as_str(),
                operation.path,
            );
        }
    }
    Ok(())
}
