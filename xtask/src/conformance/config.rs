//! Configuration of schemathesis: `schemathesis.toml`, credentials, the ids of each kind of record, and what is left out.

use std::collections::BTreeSet;
use std::fmt::Write;

use harvest_openapi::extension;
use serde_json::Value;

use super::access::Access;
use super::ids::{Known, id_schema, parameters, resolve};

/// The most ids of a kind in the configuration.
const IDS: usize = 100;
/// How deep in a body ids are looked for.
const DEPTH: usize = 6;
/// How often a known id is taken, of all times that one is wanted.
const PROBABILITY: f64 = 0.9;
/// The dictionary of the one user who may do everything.
const ACTING: &str = "acting-user";

/// The configuration for a document.
pub fn write(
    document: &Value,
    access: &Access,
    known: &Known,
    left_out: &BTreeSet<String>,
) -> String {
    let mut out = include_str!("schemathesis.toml").to_owned();
    let mut line = |text: String| {
        // Writing to a text does not fail.
        let _ = writeln!(out, "{text}");
    };
    let credentials = if access.bearer {
        format!("bearer = {}", quoted(&access.secret))
    } else {
        format!("username = {}, password = \"\"", quoted(&access.secret))
    };
    line(format!(
        "\n[auth.openapi]\n{} = {{ {credentials} }}",
        access.scheme
    ));
    line(format!(
        "\n[dictionaries.{ACTING}]\nvalues = [{}]",
        access.user
    ));
    let known = without(access.user, known);
    for (name, ids) in &known {
        let ids: Vec<_> = ids.iter().take(IDS).map(i64::to_string).collect();
        line(format!(
            "\n[dictionaries.{name}]\nvalues = [{}]",
            ids.join(", ")
        ));
    }
    for operation in left_out {
        line(format!(
            "\n[[operations]]\ninclude-operation-id = {}\nenabled = false",
            quoted(operation)
        ));
    }
    for (_, item) in entries(&document["paths"]) {
        for (_, operation) in entries(item) {
            if operation["operationId"]
                .as_str()
                .is_none_or(|id| left_out.contains(id))
            {
                continue;
            }
            let mut settings = Vec::new();
            if takes_other_words(document, operation) {
                settings.push("checks.negative_data_rejection.enabled = false".to_owned());
            }
            for (place, dictionary) in bindings(document, operation, &known) {
                settings.push(format!(
                    "parameters.{} = {{ dictionary = {}, probability = {PROBABILITY} }}",
                    quoted(&place),
                    quoted(&dictionary)
                ));
            }
            // schemathesis refuses a filter with nothing behind it.
            if !settings.is_empty() {
                line(format!(
                    "\n[[operations]]\ninclude-operation-id = {}\n{}",
                    operation["operationId"],
                    settings.join("\n")
                ));
            }
        }
    }
    out
}

/// The ids but for that of the acting user: requests could not act any more if that user was disabled.
fn without(user: i64, known: &Known) -> Known {
    let mut known = known.clone();
    for ids in known.values_mut() {
        ids.remove(&user);
    }
    known.retain(|_, ids| !ids.is_empty());
    known
}

/// Whether its query has an enumeration. The service is documented to take values there that it does not list.
fn takes_other_words(document: &Value, operation: &Value) -> bool {
    parameters(document, operation)
        .filter(|parameter| parameter["in"] == "query")
        .any(|parameter| resolve(document, &parameter["schema"])["enum"].is_array())
}

/// Where in its requests which ids belong: `path.id`, `query.job_id`, `body.applications[*].job_id`.
fn bindings(document: &Value, operation: &Value, known: &Known) -> BTreeSet<(String, String)> {
    let mut bound = BTreeSet::new();
    for parameter in parameters(document, operation) {
        let text = |key: &str| parameter[key].as_str().unwrap_or_default();
        let place = format!("{}.{}", text("in"), text("name"));
        if parameter[extension::ACTING_USER] == true {
            bound.insert((place, ACTING.to_owned()));
        } else if let Some(name) = id_schema(document, &parameter["schema"]) {
            bound.insert((place, name.to_owned()));
        }
    }
    let body = resolve(document, &operation["requestBody"]);
    let schema = &body["content"]["application/json"]["schema"];
    in_body(document, schema, "body", DEPTH, &mut bound);
    bound.retain(|(_, name)| name == ACTING || known.contains_key(name));
    bound
}

fn in_body(
    document: &Value,
    schema: &Value,
    place: &str,
    depth: usize,
    bound: &mut BTreeSet<(String, String)>,
) {
    if depth == 0 {
        return;
    }
    if let Some(name) = id_schema(document, schema) {
        bound.insert((place.to_owned(), name.to_owned()));
        return;
    }
    let schema = resolve(document, schema);
    for key in ["allOf", "oneOf", "anyOf"] {
        for member in schema[key].as_array().into_iter().flatten() {
            in_body(document, member, place, depth - 1, bound);
        }
    }
    if schema["items"].is_object() {
        in_body(
            document,
            &schema["items"],
            &format!("{place}[*]"),
            depth - 1,
            bound,
        );
    }
    for (name, property) in entries(&schema["properties"]) {
        in_body(
            document,
            property,
            &format!("{place}.{name}"),
            depth - 1,
            bound,
        );
    }
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// A text of TOML; JSON writes them the same.
fn quoted(text: &str) -> Value {
    Value::from(text)
}
