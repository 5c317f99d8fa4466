//! Every example of the description: valid, and kept whole by the generated types.

use std::collections::{BTreeMap, HashMap};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::description::{Description, Example, V1, V3, members};
use super::difference::text_difference;
use super::operation_row::Codec;
use super::strict::validator;
use super::subjects::subjects;

/// An example, wherever in the document it is.
struct Found {
    place: String,
    /// What has the example, as the place tells it.
    kind: &'static str,
    schema: &'static Value,
    value: &'static Value,
}

/// Everything that has a schema and an example, and every schema that has one of its own.
fn find(place: &str, kind: &'static str, value: &'static Value, found: &mut Vec<Found>) {
    if let Some(items) = value.as_array() {
        for (index, item) in items.iter().enumerate() {
            find(&format!("{place}/{index}"), kind, item, found);
        }
        return;
    }
    let schema = value.get("schema").unwrap_or(value);
    // In a map of properties, `example` would be the name of one.
    let names_only = kind == "properties";
    if !names_only {
        let mut add = |place: String, value| {
            found.push(Found {
                place,
                kind,
                schema,
                value,
            });
        };
        if let Some(example) = value.get("example") {
            add(format!("{place}/example"), example);
        }
        for (name, example) in members(&value["examples"]) {
            add(format!("{place}/examples/{name}"), &example["value"]);
        }
    }
    for (key, child) in members(value) {
        if !names_only && matches!(key, "example" | "examples" | "enum" | "default") {
            continue;
        }
        let kind = match key {
            "properties" if kind != "properties" => "properties",
            "requestBody" => "request",
            "responses" => "answer",
            "parameters" => "parameter",
            "headers" => "header",
            "schemas" | "schema" => "schema",
            // The schema of one property.
            _ if kind == "properties" => "schema",
            _ => kind,
        };
        find(&format!("{place}/{key}"), kind, child, found);
    }
}

#[test]
fn every_example_is_valid() {
    for description in [&*V1, &*V3] {
        examples_are_valid(description);
    }
}

fn examples_are_valid(description: &'static Description) {
    let mut found = Vec::new();
    find("", "document", &description.root, &mut found);
    let mut validators: HashMap<String, Validator> = HashMap::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for example in found {
        let validator = validators
            .entry(example.schema.to_string())
            .or_insert_with(|| validator(&description.root, example.schema));
        for error in validator.iter_errors(example.value) {
            faults.push(format!(
                "{}{}: {error}",
                example.place,
                error.instance_path()
            ));
        }
        *counts.entry(example.kind).or_default() += 1;
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    println!("valid examples: {counts:?}");
    for kind in ["answer", "parameter", "request"] {
        assert!(counts.contains_key(kind), "no example of {kind} was found");
    }
}

#[test]
fn every_example_survives_its_type() {
    let (mut requests, mut answers, mut empty, mut out_of_order) = (0, 0, 0, 0);
    let mut faults = Vec::new();
    let mut check = |codec: &Codec, example: &Example| {
        let text = example.value.to_string();
        match (codec.recode)(&text) {
            Err(error) => faults.push(format!("{}: {error}", example.place)),
            Ok(again) => {
                let same = serde_json::from_str::<Value>(&again)
                    .is_ok_and(|again| &again == example.value);
                let difference = text_difference(&again, &example.in_order().to_string());
                if !same || difference.is_some() {
                    faults.push(format!("{}: {difference:?}", example.place));
                }
                if !(codec.is_described)(&text) {
                    faults.push(format!("{}: not of the described types", example.place));
                }
                out_of_order += usize::from(again != text);
            }
        }
    };
    for subject in subjects() {
        for (codec, example) in &subject.requests {
            if let Some(codec) = codec {
                check(codec, example);
                requests += 1;
            } else {
                assert_eq!(example.value, &json!({}), "{}", example.place);
                empty += 1;
            }
        }
        for (codec, example) in &subject.answers {
            check(codec, example);
            answers += 1;
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    println!(
        "{requests} examples of requests ({empty} more can only be {{}}) and {answers} of \
         successes survive their types"
    );
}
