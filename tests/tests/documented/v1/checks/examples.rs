//! The examples of requests and answers: they fit their schema, and come out of their Rust type as they went in.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::described::{Described, Operation};
use crate::folder::text;
use crate::report::{Check, Report};
use crate::v1::decode::{Decode, OBJECTS, row};
use crate::v1::facts::{Example, Facts, Numbers};

pub fn examples(facts: &Facts, described: &Described, report: &mut Report) {
    complete(facts);
    for documented in &facts.operations {
        let name = documented.name();
        let Some(operation) = described.operation(&documented.method, &documented.path) else {
            continue;
        };
        let row = row(operation.id());
        let mut numbers = Numbers::default();
        let mut next = |example: &Example, what: &str| {
            let example = text(&facts.file(documented, example));
            (example, format!("{what} {}", numbers.next(what)))
        };
        for example in &documented.request_examples {
            let (text, item) = next(example, "request");
            let decode = row.and_then(|row| row.request);
            let result = survives(described, operation.request(), decode, &text);
            report.compare(Check::RequestExample, &name, &item, result);
        }
        for example in &documented.response_examples {
            if example.is_error() {
                let (text, item) = next(example, "error");
                let result = refuses(described, operation, &text);
                report.compare(Check::ErrorExample, &name, &item, result);
            } else {
                let (text, item) = next(example, "answer");
                let decode = row.and_then(|row| row.answer);
                let result = survives(described, operation.answer("2"), decode, &text);
                report.compare(Check::AnswerExample, &name, &item, result);
            }
        }
    }
}

/// That the operations and objects lead to every example there is.
fn complete(facts: &Facts) {
    let of_operations = facts.operations.iter().flat_map(|operation| {
        let examples = [&operation.request_examples, &operation.response_examples];
        let examples = examples.into_iter().flatten();
        examples.map(|example| facts.file(operation, example))
    });
    let of_objects = OBJECTS
        .iter()
        .flat_map(|object| facts.examples_of(object.name));
    let led_to: BTreeSet<PathBuf> = of_operations.chain(of_objects).collect();
    let unseen = facts.all_examples();
    let unseen: Vec<_> = unseen.difference(&led_to).collect();
    assert!(
        unseen.is_empty(),
        "nothing looks at these examples: {unseen:?}"
    );
}

/// That a text fits a schema, and that its Rust type neither loses nor changes anything in it.
pub fn survives(
    described: &Described,
    schema: Option<&Value>,
    decode: Option<Decode>,
    text: &str,
) -> Result<(), String> {
    let read: Value = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    let mut faults = described.faults(schema.ok_or("no body is described")?, &read);
    let written = decode.ok_or("no type is known that reads it")?(text)?;
    differences(&read, &written, "", &mut faults);
    settled(&faults)
}

/// Where two values differ. Places, and no values.
fn differences(read: &Value, written: &Value, at: &str, into: &mut Vec<String>) {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (key, value) in read {
                let at = format!("{at}/{key}");
                match written.get(key) {
                    Some(written) => differences(value, written, &at, into),
                    None => into.push(format!("{at} is lost")),
                }
            }
            let added = written.keys().filter(|key| !read.contains_key(*key));
            into.extend(added.map(|key| format!("{at}/{key} is added")));
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            for (number, (read, written)) in read.iter().zip(written).enumerate() {
                differences(read, written, &format!("{at}/{number}"), into);
            }
        }
        (read, written) if read == written => {}
        _ => into.push(format!("{at} is changed")),
    }
}

fn settled(faults: &[String]) -> Result<(), String> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("; "))
    }
}

/// That an error has the described form, and that there is a message in it.
fn refuses(described: &Described, operation: Operation<'_>, text: &str) -> Result<(), String> {
    let read: Value = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    let schema = operation.answer("4").ok_or("no error is described")?;
    settled(&described.faults(schema, &read))?;
    let errors = read["errors"].as_array().map_or(&[][..], Vec::as_slice);
    let said =
        read["message"].is_string() || errors.iter().any(|error| error["message"].is_string());
    said.then_some(()).ok_or("says nothing".to_owned())
}
