//! The text of `table.rs`: a row for each operation of the description, so that a new one is called by itself.
//!
//! `UPDATE_TABLE=1 cargo test -p harvest-tests --test contract table` writes it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use harvest_openapi::extension;
use serde_json::{Value, json};

use super::super::description::{Operation, V3, items, members};

const HEAD: &str = "\
//! The table of v3: a row an operation, as the generated client calls it. Written from the
//! description by `UPDATE_TABLE=1 cargo test -p harvest-tests --test contract table`.

#![allow(
    deprecated,
    clippy::too_many_lines,
    reason = \"one line for each thing that is described\"
)]

";

#[test]
fn the_table_of_v3_is_that_of_the_description() {
    let expected = text();
    // cargo runs a test in the folder of its package.
    let path = Path::new("tests/contract/v3/table.rs");
    if std::env::var_os("UPDATE_TABLE").is_some() {
        std::fs::write(path, expected).unwrap();
        return;
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == expected,
        "tests/tests/contract/v3/table.rs is out of date: UPDATE_TABLE=1 cargo test -p \
         harvest-tests --test contract table"
    );
}

fn text() -> String {
    let (mut rows, mut unions) = (String::new(), BTreeSet::new());
    let operations = V3.operations();
    // Of several lists of one record, the first has the method.
    let mut found: BTreeSet<_> = operations.iter().filter_map(read_alone).collect();
    for operation in &operations {
        row(operation, &mut rows, &mut unions, &mut found);
    }
    let mut text = HEAD.to_owned();
    for union in unions {
        let _ = writeln!(text, "use harvest_generated::v3::{union};");
    }
    text += "use harvest_generated::v3::types::*;\nuse harvest_runtime::List;\n\n";
    text +=
        "use super::super::operation_row::{Codec, body, called, debug, walked, walked_blocking};\n";
    text += "use super::rows::{Finds, Lists, Row, called_by, found, list, row};\n\n";
    text += "/// Every operation.\n#[rustfmt::skip]\npub fn table() -> Vec<Row> {\n    vec![\n";
    text += &rows;
    text += "    ]\n}\n";
    text
}

fn row(
    operation: &Operation,
    rows: &mut String,
    unions: &mut BTreeSet<String>,
    found: &mut BTreeSet<&'static str>,
) {
    let value = operation.value;
    let parameters = items(&value["parameters"]).map(|parameter| V3.resolve(parameter));
    let (mut path, mut set) = (Vec::new(), String::new());
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap();
        let schema = &parameter["schema"];
        match parameter["in"].as_str().unwrap() {
            "path" => path.push(format!("{name}: {}", named(schema))),
            // It stands alone, so that it cannot be set beside the others: lists are walked by it.
            _ if parameter["x-harvest-alone"] == true => {}
            _ => {
                let method = if name == "type" { "type_" } else { name };
                let line = format!(".{method}({})", argument(name, schema));
                if 12 + line.len() > 100 {
                    let argument = argument(name, schema);
                    let _ = write!(set, "\n            .{method}(\n                {argument})");
                } else {
                    let _ = write!(set, "\n            {line}");
                }
            }
        }
    }
    if !set.is_empty() {
        set += "\n        ";
    }
    let body = value.pointer("/requestBody/content/application~1json");
    let body = body
        .map(|body| V3.resolve(body))
        .filter(|body| body["example"] != json!({}));
    let body = body.map_or_else(String::new, |body| format!("[{}]", named(&body["schema"])));
    let is_list = value["x-harvest-pagination"] != "none";
    let (answer, kind) = answer(operation, is_list, unions);
    let find = found_by_ids(operation)
        .filter(|record| found.insert(record))
        .map_or_else(String::new, |record| format!(" find_{}", snake(record)));
    let mut call = format!(
        "        {kind}!(|args| {}({})",
        operation.id,
        path.join(", ")
    );
    // No line is longer than rustfmt would make it.
    if call.len() + body.len() > 100 {
        call += "\n            ";
    }
    call += &body;
    let rest = format!("=> ({answer}) {{{set}}}{find}),");
    let first = rest.lines().next().unwrap_or_default();
    let gap = if call.contains('\n') || call.len() + 1 + first.len() > 100 {
        "\n            "
    } else {
        " "
    };
    let _ = writeln!(rows, "{call}{gap}{rest}");
}

/// The record that an operation reads by what its path names.
fn read_alone(operation: &Operation) -> Option<&'static str> {
    let is_one = operation.method == "GET"
        && operation.value["x-harvest-pagination"] == "none"
        && operation.parameters.iter().any(|of| of.place == "path");
    let answer = V3.resolve(&operation.value["responses"]["200"]);
    let schema = answer.pointer("/content/application~1json/schema")?;
    let is_named = is_one && schema.get("$ref").is_some();
    is_named.then(|| named(schema))
}

/// The record of a list that takes the ids of its own records, many more than go into one request.
fn found_by_ids(operation: &Operation) -> Option<&'static str> {
    let parameters = items(&operation.value["parameters"]).map(|of| V3.resolve(of));
    let mut split = parameters.filter(|of| of[extension::SPLIT] == true);
    let ids = named(&split.next()?["schema"]["items"]);
    let answer = V3.resolve(&operation.value["responses"]["200"]);
    let record = named(&answer.pointer("/content/application~1json/schema")?["items"]);
    let own = &V3.root["components"]["schemas"][record]["properties"]["id"];
    (named(own) == ids).then_some(record)
}

/// `CandidateTag` becomes `candidate_tag`.
fn snake(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// The name of the component that a schema is.
fn named(schema: &Value) -> &str {
    let only = items(&schema["allOf"]).next().unwrap_or(schema);
    let reference = only["$ref"].as_str().expect("a component");
    reference.rsplit_once('/').unwrap().1
}

/// How a parameter is filled.
fn argument(name: &str, schema: &'static Value) -> String {
    let resolved = V3.schema(schema);
    match resolved["type"].as_str() {
        Some("object") => {
            let (_, comparison) = members(&resolved["properties"]).next().unwrap();
            let of = if comparison["format"] == "date" {
                "days"
            } else {
                "times"
            };
            format!("args.{of}({name:?})")
        }
        Some("array") if resolved["items"].get("$ref").is_some() => {
            format!("args.get::<Vec<{}>>({name:?})", named(&resolved["items"]))
        }
        Some("array") => format!("args.texts({name:?})"),
        _ if schema.get("$ref").is_some() => format!("args.get::<{}>({name:?})", named(schema)),
        Some("string") => format!("args.text({name:?})"),
        _ => format!("args.get({name:?})"),
    }
}

/// The type of the success, and the macro of its row.
fn answer(
    operation: &Operation,
    is_list: bool,
    unions: &mut BTreeSet<String>,
) -> (String, &'static str) {
    let mut named_by_status = Vec::new();
    let mut is_empty = false;
    for (status, answer) in members(&operation.value["responses"]) {
        let schema = V3
            .resolve(answer)
            .pointer("/content/application~1json/schema");
        match schema {
            _ if !status.starts_with('2') => {}
            None => is_empty = true,
            Some(schema) if schema["type"] == "array" => {
                return if is_list {
                    (named(&schema["items"]).to_owned(), "list")
                } else {
                    (format!("List<{}>", named(&schema["items"])), "row")
                };
            }
            // Several statuses can have one type.
            Some(schema) if named_by_status.iter().any(|(of, _)| *of == named(schema)) => {}
            Some(schema) => named_by_status.push((named(schema), status)),
        }
    }
    let answer = match (named_by_status.as_slice(), is_empty) {
        ([], _) => "()".to_owned(),
        ([(name, _)], false) => (*name).to_owned(),
        ([(name, _)], true) => format!("Option<{name}>"),
        (several, _) => {
            let words = operation.id.split('_');
            let union: String = words
                .map(|word| word[..1].to_uppercase() + &word[1..])
                .collect();
            let union = format!("{union}Answer");
            let tag = operation.value["tags"][0].as_str().unwrap();
            unions.insert(format!("{tag}::{union}"));
            let variants = several
                .iter()
                .map(|(name, status)| format!("{name} = {status}"));
            format!("{union}: {}", variants.collect::<Vec<_>>().join(", "))
        }
    };
    (answer, "row")
}
