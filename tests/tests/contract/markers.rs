//! Data that is easily found again: a marker stands in every text, and another in every number that is not a record's own
//! id.

use serde_json::{Map, Value, json};

use super::args::Args;
use super::description::{Description, Example, Operation};
use super::operation_row::Call;

/// Like a name and an address; no name of a property looks like this.
pub const TEXT: &str = "Hush Hush hush@example.com";
/// Fits every width of a number.
pub const NUMBER: i64 = 1_357_924_680;

/// The marker that stands in a text, if one does.
pub fn find(printed: &str) -> Option<&'static str> {
    if printed.to_lowercase().contains("hush") {
        return Some("the text");
    }
    printed
        .contains(&NUMBER.to_string())
        .then_some("the number")
}

pub fn assert_quiet(what: &str, printed: &str) {
    assert_eq!(find(printed), None, "{what}: {printed}");
}

/// Marks every text and every number but the record's own ids, which are printed on purpose.
pub fn mark(description: &'static Description, schema: &'static Value, value: &Value) -> Value {
    let schema = description.member(schema, value);
    match value {
        Value::String(_) => TEXT.into(),
        Value::Number(_) => NUMBER.into(),
        Value::Array(values) => values
            .iter()
            .map(|value| mark(description, &schema["items"], value))
            .collect(),
        Value::Object(map) => {
            let properties = &schema["properties"];
            let mut marked = Map::new();
            for (name, value) in map {
                let described = properties.get(name);
                let kept = name == "id" && value.is_number();
                let value = match described {
                    _ if kept => value.clone(),
                    Some(schema) => mark(description, schema, value),
                    None => mark(description, &schema["additionalProperties"], value),
                };
                // The keys of a map are data.
                let name = described.map_or(TEXT, |_| name.as_str());
                marked.insert(name.to_owned(), value);
            }
            marked.into()
        }
        other => other.clone(),
    }
}

pub fn marked(example: &Example) -> String {
    mark(example.description, example.schema, example.value).to_string()
}

/// A call whose every argument is marked, but for page numbers, which have bounds.
pub fn call(operation: &Operation, body: Option<String>) -> Call {
    let args = Args::examples(operation).map(|value| match value {
        Value::String(_) => TEXT.into(),
        Value::Number(_) => NUMBER.into(),
        Value::Array(values) => values
            .into_iter()
            .map(|value| {
                if value.is_number() {
                    NUMBER.into()
                } else {
                    Value::from(TEXT)
                }
            })
            .collect(),
        other => other,
    });
    Call {
        args: args.with_known("per_page", 5).with_known("page", 1),
        body,
        all: true,
    }
}

/// Answers of a success that are not as described, with a marker in each.
pub fn odd_answers(operation: &Operation) -> Vec<String> {
    let mut answers = vec![
        json!(TEXT),
        json!([[TEXT]]),
        json!([{ "id": TEXT }]),
        json!({ "id": TEXT }),
        json!(NUMBER),
        json!([NUMBER]),
    ];
    let examples = operation.success().examples.iter();
    answers.extend(examples.map(|of| with_wrong_types(&mark(of.description, of.schema, of.value))));
    let mut texts: Vec<_> = answers.iter().map(Value::to_string).collect();
    texts.push(format!("<html>{TEXT}</html>"));
    texts.push(format!("[\"{TEXT}"));
    texts
}

/// Every number and every flag is a text instead.
fn with_wrong_types(value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => TEXT.into(),
        Value::Array(values) => values.iter().map(with_wrong_types).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(name, value)| (name.clone(), with_wrong_types(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
