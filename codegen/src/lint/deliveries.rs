//! Rules about deliveries: each names its event everywhere, and is answered with the status that counts.

use serde_json::Value;

use super::Findings;
use super::view::{Operation, View, entries, items, text};
use crate::conventions::Deliveries;

/// The property by which an event is known.
const ACTION: &str = "action";

pub(super) fn check(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    let Some(deliveries) = &view.conventions.deliveries else {
        return;
    };
    let id = text(operation.value, "operationId");
    if operation.method != "post" || operation.path.strip_prefix('/') != Some(id) {
        out.add(
            &operation.pointer,
            "delivery",
            format!("the event {id} is {} {}", operation.method, operation.path),
            "describe it as a POST under its own name, `/name`: where it goes is up to the \
             receiver",
        );
    }
    headers(view, operation, deliveries, out);
    body(view, operation, id, out);
    let statuses: Vec<_> = entries(operation.value.get("responses")).collect();
    let success = deliveries.success.to_string();
    let is_bare = |answer: &Value| view.resolve(answer, "").0.get("content").is_none();
    if !matches!(statuses[..], [(status, answer)] if *status == success && is_bare(answer)) {
        out.add(
            &format!("{}/responses", operation.pointer),
            "delivery",
            format!("the answers are not {success} alone, without a body"),
            "describe the status that the service takes for a success, and nothing else",
        );
    }
}

/// Both headers that the conventions name are described.
fn headers(
    view: &View<'_>,
    operation: &Operation<'_>,
    deliveries: &Deliveries,
    out: &mut Findings<'_>,
) {
    for name in [&deliveries.signature, &deliveries.event_id] {
        let mut parameters = items(operation.value.get("parameters")).iter();
        let is_there = parameters.any(|parameter| {
            let (parameter, _) = view.resolve(parameter, "");
            let is = |key: &str, value: &str| parameter.get(key).is_some_and(|v| v == value);
            is("in", "header") && is("name", name)
        });
        if !is_there {
            out.add(
                &operation.pointer,
                "delivery",
                format!("the header {name} is not described"),
                "refer to the shared parameter",
            );
        }
    }
}

/// The body is an object whose `action` is an enumeration that has the event, and examples are of this event.
fn body(view: &View<'_>, operation: &Operation<'_>, id: &str, out: &mut Findings<'_>) {
    let body = operation.value.get("requestBody").unwrap_or(&Value::Null);
    let at = format!("{}/requestBody", operation.pointer);
    let (body, at) = view.resolve(body, &at);
    let content = body.pointer("/content/application~1json");
    let content = content.unwrap_or(&Value::Null);
    let (schema, _) = view.resolve(content.get("schema").unwrap_or(&Value::Null), "");
    let action = schema.pointer(&format!("/properties/{ACTION}"));
    let action = action.map(|action| match items(action.get("allOf")) {
        [only] => view.resolve(only, "").0,
        _ => view.resolve(action, "").0,
    });
    let values = items(action.and_then(|action| action.get("enum")));
    let is_required = items(schema.get("required")).iter().any(|r| r == ACTION);
    if !values.iter().any(|value| value == id) || !is_required {
        out.add(
            &at,
            "delivery",
            format!("the body has no required `{ACTION}` that can be `{id}`"),
            "refer to the enumeration of events, and list this one in it",
        );
    }
    let examples = entries(content.get("examples"));
    let examples = examples.filter_map(|(_, example)| example.get("value"));
    for example in content.get("example").into_iter().chain(examples) {
        if example.get(ACTION).is_none_or(|action| action != id) {
            out.add(
                &at,
                "delivery",
                format!("an example is not of the event `{id}`"),
                "write its name under `action`",
            );
        }
    }
}
