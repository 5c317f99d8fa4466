//! Rules about records that are not ready when they are created: where they are to be read.

use harvest_openapi::extension;
use serde_json::Value;

use super::view::{Operation, View, entries, items, text};
use super::{Findings, bodies};

const KEYS: [&str; 2] = ["operation", "id"];
/// With both, it is ready when the property of what is read has one of the values; without, once it is found.
const CONDITION: [&str; 2] = ["property", "values"];

pub(super) fn check(
    view: &View<'_>,
    operation: &Operation<'_>,
    all: &[Operation<'_>],
    out: &mut Findings<'_>,
) {
    let Some(value) = operation.value.get(extension::READY) else {
        return;
    };
    let pointer = format!("{}/{}", operation.pointer, extension::READY);
    let word = |key: &str| value.get(key).and_then(Value::as_str);
    let condition = CONDITION.map(|key| value.get(key));
    let (Some(reader), Some(property), true) = (
        word(KEYS[0]),
        word(KEYS[1]),
        entries(Some(value))
            .all(|(key, _)| KEYS.iter().chain(&CONDITION).any(|known| known == key)),
    ) else {
        out.add(
            &pointer,
            "ready",
            format!("{} does not say what it has to", extension::READY),
            "write {operation: get_thing, id: id}: the operation that reads what was created, and \
             the property of the answer that takes its parameter; with `property` and `values` \
             beside, if it can be read before it is ready",
        );
        return;
    };
    if operation.method == "get" {
        out.add(
            &pointer,
            "ready",
            format!("{} on an operation that creates nothing", extension::READY),
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
    if condition != [None, None] && !is_condition(view, found, condition) {
        out.add(
            &pointer,
            "ready",
            format!("`{reader}` has no property that could have these values"),
            "write both: `property`, an enumeration in what is read, and `values`, a list of some \
             of its values",
        );
    }
    let answer = bodies::only_success(view, operation);
    let named = answer.is_some_and(|answer| {
        let required = items(answer.get("required"))
            .iter()
            .any(|name| name.as_str() == Some(property));
        let property = answer.get("properties").and_then(|all| all.get(property));
        let property = property.map(|property| match items(property.get("allOf")) {
            [only] => only,
            _ => property,
        });
        required && property.and_then(View::schema_name) == Some(parameter)
    });
    if !named {
        out.add(
            &pointer,
            "ready",
            format!("the answer has no `{property}` that `{reader}` could take"),
            "name a property of the success that is required, and refers to the same id as the \
             parameter",
        );
    }
}

/// Whether what an operation reads has a property that can have each of the values.
fn is_condition(view: &View<'_>, reader: &Operation<'_>, condition: [Option<&Value>; 2]) -> bool {
    let [property, values] = condition;
    let (Some(property), values) = (property.and_then(Value::as_str), items(values)) else {
        return false;
    };
    let known = bodies::read_records(view, reader)
        .into_iter()
        .filter_map(|record| {
            let property = record.get("properties")?.get(property)?;
            let property = match items(property.get("allOf")) {
                [only] => only,
                _ => property,
            };
            Some(items(view.resolve(property, "").0.get("enum")))
        })
        .collect::<Vec<_>>();
    let is_known = |value| known.iter().all(|known| known.contains(value));
    !known.is_empty() && !values.is_empty() && values.iter().all(is_known)
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
    let is_id = view.resolve(schema, "").0.get(extension::ID).is_some();
    let reads_one = operation.method == "get" && bodies::only_success(view, operation).is_some();
    (in_path && is_id && reads_one).then(|| View::schema_name(schema))?
}
