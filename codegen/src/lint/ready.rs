//! Rules about records that are not ready when they are created: where they are to be read.

use serde_json::Value;

use super::view::{Operation, View, items, text};
use super::{Findings, bodies};

pub(super) const EXTENSION: &str = "x-harvest-ready";
const KEYS: [&str; 2] = ["operation", "id"];

pub(super) fn check(
    view: &View<'_>,
    operation: &Operation<'_>,
    all: &[Operation<'_>],
    out: &mut Findings<'_>,
) {
    let Some(value) = operation.value.get(EXTENSION) else {
        return;
    };
    let pointer = format!("{}/{EXTENSION}", operation.pointer);
    let word = |key: &str| value.get(key).and_then(Value::as_str);
    let (Some(reader), Some(property), Some(2)) = (
        word(KEYS[0]),
        word(KEYS[1]),
        value.as_object().map(serde_json::Map::len),
    ) else {
        out.add(
            &pointer,
            "ready",
            format!("{EXTENSION} does not say what it has to"),
            "write {operation: get_thing, id: id}: the operation that reads what was created, and the property of the answer that takes its parameter",
        );
        return;
    };
    if operation.method == "get" {
        out.add(
            &pointer,
            "ready",
            format!("{EXTENSION} on an operation that creates nothing"),
            "it belongs on the operation whose answer can come too early",
        );
    }
    let found = all
        .iter()
        .find(|other| text(other.value, "operationId") == reader);
    let Some(found) = found else {
        out.add(
            &pointer,
            "ready",
            format!("there is no operation `{reader}`"),
            "name the operationId of the one that reads what was created",
        );
        return;
    };
    let Some(parameter) = only_required(view, found) else {
        out.add(
            &pointer,
            "ready",
            format!("`{reader}` is no GET of one record by its id"),
            "name an operation that takes one parameter, in its path, and answers with a component",
        );
        return;
    };
    let answer = bodies::only_success(view, operation);
    let named = answer.is_some_and(|answer| {
        let required = items(answer.get("required"))
            .iter()
            .any(|name| name.as_str() == Some(property));
        let property = answer.get("properties").and_then(|all| all.get(property));
        required && property.and_then(View::schema_name) == Some(parameter)
    });
    if !named {
        out.add(
            &pointer,
            "ready",
            format!("the answer has no `{property}` that `{reader}` could take"),
            "name a property of the success that is required, and refers to the same id as the parameter",
        );
    }
}

/// The schema of the only parameter that has to be filled, if the operation reads one record by it.
fn only_required<'a>(view: &View<'a>, operation: &Operation<'a>) -> Option<&'a str> {
    let required: Vec<_> = items(operation.value.get("parameters"))
        .iter()
        .map(|parameter| view.resolve(parameter, "").0)
        .filter(|parameter| parameter.get("required") == Some(&Value::Bool(true)))
        .collect();
    let [parameter] = required[..] else {
        return None;
    };
    let in_path = parameter.get("in").and_then(Value::as_str) == Some("path");
    let schema = parameter.get("schema")?;
    let is_id = view.resolve(schema, "").0.get("x-harvest-id").is_some();
    let reads_one = operation.method == "get" && bodies::only_success(view, operation).is_some();
    (in_path && is_id && reads_one).then(|| View::schema_name(schema))?
}
