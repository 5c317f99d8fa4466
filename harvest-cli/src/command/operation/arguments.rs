//! Arguments of an operation: its parameters, the properties of its body, and how the answer is written.

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, Command, value_parser};
use harvest_export::catalog::{Catalog, Entry, Kind, Parameter, Property, Resource, kebab};

use crate::moment;
use crate::output::records::Format;
use crate::version::Version;

/// Names of options that mean the same with every operation.
const OWN: [&str; 18] = [
    "acting-user",
    "api-version",
    "body",
    "columns",
    "dry-run",
    "help",
    "jq",
    "limit",
    "max-response-size",
    "max-wait",
    "output",
    "profile",
    "quiet",
    "resume-from",
    "sandbox",
    "version",
    "yes",
    "escape-formulas",
];

/// The commands of all resources.
pub(crate) fn commands(catalog: &Catalog, version: &Version) -> Vec<Command> {
    let resources = catalog.resources.iter();
    resources.map(|it| resource(it, version)).collect()
}

fn resource(resource: &Resource, version: &Version) -> Command {
    let entries = resource.entries.iter();
    Command::new(kebab(resource.name))
        .about(plain(&resource.description))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading("Operations")
        .subcommands(entries.map(|entry| operation(entry, version)))
}

fn operation(entry: &Entry, version: &Version) -> Command {
    let operation = entry.operation;
    let mut facts = format!("Request: {} {}", operation.method.as_str(), operation.path);
    if !operation.permission.is_empty() {
        let mut name = version.conventions.permission_name.to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        facts = format!("{facts}\n{name}: {}", operation.permission);
    }
    facts = format!("{facts}\nDocumentation: {}", operation.documentation);
    let mut command = Command::new(entry.command.clone())
        .about(plain(&entry.summary))
        .long_about(format!(
            "{}\n\n{}",
            plain(&entry.summary),
            plain(&entry.description)
        ))
        .after_help(facts);
    // What takes the whole query for itself is followed by the client.
    for parameter in entry.parameters.iter().filter(|it| !it.alone) {
        command = command.args(of_parameter(parameter));
    }
    if let Some(body) = &entry.body {
        command = command.args(body.properties.iter().map(|it| of_property(it, entry)));
        command = command.arg(
            Arg::new("body")
                .long("body")
                .value_name("JSON|@FILE|-")
                .help(
                    "The body as JSON, in a file or on standard input; properties given by options \
                     go before those in it",
                )
                .help_heading("Body"),
        );
    }
    if !entry.is_read() {
        command = command
            .arg(flag("yes", "Send it without asking").short('y'))
            .arg(flag(
                "dry-run",
                "Print the request as JSON, and do not send it",
            ));
    }
    if entry.is_list() {
        command = command.arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .value_parser(value_parser!(u64))
                .help("Stop after that many records; ends with 3 if there are more")
                .help_heading("Output"),
        );
        command = command.arg(
            Arg::new("resume-from")
                .long("resume-from")
                .value_name("URL")
                .help(
                    "Go on where an earlier run ended, which said so; filters are those of the URL",
                ),
        );
    }
    command.args(output())
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}

/// Options of what is written.
fn output() -> [Arg; 4] {
    [
        Arg::new("output")
            .long("output")
            .short('o')
            .value_name("FORMAT")
            .value_parser(value_parser!(Format))
            .help("How records are written [default: table on a terminal, otherwise ndjson]"),
        Arg::new("columns")
            .long("columns")
            .value_name("A,B.C")
            .value_delimiter(',')
            .help("The columns of a table, csv or tsv; a dot leads into an object"),
        Arg::new("jq")
            .long("jq")
            .short('q')
            .value_name("FILTER")
            .conflicts_with_all(["output", "columns"])
            .help("Print what this filter of jq makes of each record"),
        flag(
            "escape-formulas",
            "In csv and tsv, put ' before what a spreadsheet would take for a formula",
        ),
    ]
    .map(|arg| arg.help_heading("Output"))
}

fn of_parameter(parameter: &Parameter) -> Vec<Arg> {
    let id = format!("parameter.{}", parameter.name);
    let help = plain(&parameter.description);
    if parameter.in_path {
        let arg = Arg::new(id)
            .value_name(parameter.name.to_uppercase())
            .required(true)
            .help(help);
        return vec![typed(arg, &parameter.kind, None)];
    }
    let filter = |arg: Arg| arg.help_heading("Filters");
    if let Kind::TimeRange | Kind::DateRange = parameter.kind {
        let stem = parameter
            .name
            .trim_end_matches("_at")
            .trim_end_matches("_on");
        let bound = |side: &str, word: &str| {
            let long = kebab(&format!("{stem}_{side}"));
            let arg = Arg::new(format!("{id}.{side}"))
                .value_name("TIME")
                .help(format!("Only records whose {} is {word}", parameter.name))
                .value_parser(parser(&parameter.kind));
            filter(arg.long(free(long)))
        };
        return vec![
            bound(
                "since",
                "then or later: a moment, a day, or a time ago such as 7d",
            ),
            bound("before", "earlier than then"),
        ];
    }
    let mut arg = Arg::new(id).required(parameter.required).help(help);
    if let Some(stem) = parameter.name.strip_suffix("_after") {
        arg = arg.visible_alias(kebab(&format!("{stem}_since")));
    }
    arg = arg.long(free(kebab(parameter.name)));
    vec![filter(typed(arg, &parameter.kind, parameter.most))]
}

fn of_property(property: &Property, entry: &Entry) -> Arg {
    let long = kebab(property.name);
    let is_taken = entry.parameter(property.name).is_some_and(|it| !it.in_path);
    let long = if is_taken {
        format!("set-{long}")
    } else {
        free(long)
    };
    let help = plain(&property.description);
    let help = if property.required {
        format!("{help} [required]")
    } else {
        help
    };
    let arg = Arg::new(format!("property.{}", property.name))
        .long(long)
        .help(help)
        .help_heading("Body");
    typed(arg, &property.kind, None)
}

/// A name that no option of every operation has.
fn free(long: String) -> String {
    if OWN.contains(&long.as_str()) {
        format!("set-{long}")
    } else {
        long
    }
}

/// The argument with what its kind takes.
fn typed(arg: Arg, kind: &Kind, most: Option<usize>) -> Arg {
    let named = arg.get_value_names().is_some();
    let name = |arg: Arg, name: &'static str| if named { arg } else { arg.value_name(name) };
    match kind {
        Kind::Boolean => name(arg, "BOOLEAN")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(PossibleValuesParser::new(["true", "false"])),
        Kind::Choice(values) => {
            let known = values
                .iter()
                .take(12)
                .cloned()
                .collect::<Vec<_>>()
                .join(", ");
            let more = if values.len() > 12 { ", …" } else { "" };
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            name(arg, "TEXT").help(format!("{help} [one of: {known}{more}]"))
        }
        Kind::List(items) if items.is_scalar() => {
            let arg = name(arg, "A,B")
                .action(ArgAction::Append)
                .value_parser(parser(items));
            // A text can have commas; ids have none, and are many.
            let is_text = matches!(**items, Kind::Text) && most.is_none();
            if is_text {
                arg
            } else {
                arg.value_delimiter(',')
            }
        }
        Kind::List(_) | Kind::Json => name(arg, "JSON"),
        Kind::Integer => name(arg, "N")
            .value_parser(parser(kind))
            .allow_negative_numbers(true),
        Kind::Number => name(arg, "NUMBER").allow_negative_numbers(true),
        Kind::Time | Kind::Date => name(arg, "TIME").value_parser(parser(kind)),
        _ => name(arg, "TEXT"),
    }
}

/// The check of a value, which stays a text.
fn parser(kind: &Kind) -> ValueParser {
    match kind {
        Kind::Integer => ValueParser::new(integer),
        Kind::Time | Kind::TimeRange => ValueParser::new(moment::moment),
        Kind::Date | Kind::DateRange => ValueParser::new(moment::day),
        _ => ValueParser::string(),
    }
}

fn integer(text: &str) -> Result<String, String> {
    let number: Result<i64, _> = text.parse();
    number
        .map(|number| number.to_string())
        .map_err(|_| "a whole number".to_owned())
}

/// Markdown as text for a terminal: lines of one paragraph are joined, references lose their brackets.
fn plain(markdown: &str) -> String {
    let paragraphs = markdown.trim().split("\n\n");
    let joined = paragraphs.map(|paragraph| {
        let mut lines = paragraph.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        lines.fold(first, |text, line| {
            let is_item = line.starts_with(['-', '*', '|']) || line.starts_with("  ");
            format!("{text}{}{line}", if is_item { '\n' } else { ' ' })
        })
    });
    let text = joined.collect::<Vec<_>>().join("\n\n");
    text.strip_suffix('.').map_or(text.clone(), str::to_owned)
}
