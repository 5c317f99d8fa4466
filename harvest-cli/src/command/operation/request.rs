//! A request, filled from the arguments of its command.

use clap::ArgMatches;
use harvest_export::catalog::{Entry, Kind, Parameter, Property};
use harvest_generated::runtime::{Range, Request};
use serde_json::{Map, Value};

use crate::command::field::read_text;
use crate::failure::Failure;

/// Fills the path and the query.
pub(super) fn fill(request: &mut Request, entry: &Entry, matches: &ArgMatches) {
    for parameter in entry.parameters.iter().filter(|it| !it.alone) {
        let id = format!("parameter.{}", parameter.name);
        if let Kind::TimeRange | Kind::DateRange = parameter.kind {
            let side = |side: &str| matches.get_one::<String>(&format!("{id}.{side}"));
            fill_range(request, parameter, side("since"), side("before"));
            continue;
        }
        let Some(values) = matches.get_many::<String>(&id) else {
            continue;
        };
        let values: Vec<_> = values.map(String::as_str).collect();
        fill_one(request, parameter, &values);
    }
}

fn fill_range(
    request: &mut Request,
    parameter: &Parameter,
    since: Option<&String>,
    before: Option<&String>,
) {
    let mut range = since.map_or_else(Range::<String>::any, Range::since);
    if let Some(before) = before {
        range = range.before(before);
    }
    request.query_range(parameter.name, &range);
}

fn fill_one(request: &mut Request, parameter: &Parameter, values: &[&str]) {
    match (&parameter.kind, values) {
        (_, [value]) if parameter.in_path => request.path(parameter.name, *value),
        (Kind::List(_), values) if parameter.split => {
            request.query_split(parameter.name, values, parameter.most.unwrap_or(usize::MAX));
        }
        (Kind::List(_), values) => request.query_csv(parameter.name, values, parameter.most),
        (_, values) => {
            if let Some(value) = values.last() {
                request.query(parameter.name, *value);
            }
        }
    }
}

/// The body: what `--body` has, and the properties that options name.
pub(super) fn body(entry: &Entry, matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let Some(described) = &entry.body else {
        return Ok(None);
    };
    let given = matches.get_one::<String>("body").map(|text| whole(text));
    let given = given.transpose()?;
    let mut properties = Map::new();
    for property in &described.properties {
        let id = format!("property.{}", property.name);
        if let Some(values) = matches.get_many::<String>(&id) {
            let values: Vec<_> = values.map(String::as_str).collect();
            properties.insert(property.name.to_owned(), value(property, &values)?);
        }
    }
    match given {
        Some(Value::Object(mut object)) => {
            object.extend(properties);
            Ok(Some(Value::Object(object)))
        }
        Some(other) if properties.is_empty() => Ok(Some(other)),
        Some(_) => Err(Failure::usage(
            "--body is no object, so that no property can be added to it",
        )),
        None if properties.is_empty() && !described.required => Ok(None),
        None if properties.is_empty() => Err(Failure::usage(
            "give the body by --body, or its properties by options: see --help",
        )),
        None => Ok(Some(Value::Object(properties))),
    }
}

/// JSON, in the argument, in a file (`@FILE`) or on standard input (`-`).
fn whole(text: &str) -> Result<Value, Failure> {
    let (text, place) = match (text, text.strip_prefix('@')) {
        ("-", _) => (read_text("-")?, "standard input"),
        (_, Some(file)) => (read_text(file)?, file),
        _ => (text.to_owned(), "--body"),
    };
    serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{place} is not JSON: {error}")))
}

fn value(property: &Property, values: &[&str]) -> Result<Value, Failure> {
    match &property.kind {
        Kind::List(items) if items.is_scalar() => {
            let all = values.iter().map(|text| one(property.name, items, text));
            Ok(Value::Array(all.collect::<Result<_, _>>()?))
        }
        kind => one(
            property.name,
            kind,
            values.last().copied().unwrap_or_default(),
        ),
    }
}

fn one(name: &str, kind: &Kind, text: &str) -> Result<Value, Failure> {
    match kind {
        Kind::Integer | Kind::Number | Kind::Boolean | Kind::Json | Kind::List(_) => {
            serde_json::from_str(text).map_err(|_| {
                Failure::usage(format!("`{name}` takes JSON, such as {}", example(kind)))
            })
        }
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn example(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer => "5",
        Kind::Number => "2.5",
        Kind::Boolean => "true",
        Kind::List(_) => "[{\"value\": \"a\"}]",
        _ => "{\"name\": \"a\"}",
    }
}
