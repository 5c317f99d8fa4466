//! Directions of schemas: sent, answered, or both.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::view::{View, entries};

/// The schemas that requests and answers lead to.
pub(super) fn directions<'a>(view: &View<'a>) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    let mut requests = BTreeSet::new();
    let mut answers = BTreeSet::new();
    for operation in view.operations() {
        if let Some(body) = operation.value.get("requestBody") {
            follow(view, view.resolve(body, "").0, &mut requests);
        }
        for (_, answer) in entries(operation.value.get("responses")) {
            follow(
                view,
                view.resolve(answer, "")
                    .0
                    .get("content")
                    .unwrap_or(&Value::Null),
                &mut answers,
            );
        }
    }
    if view.conventions.deliveries.is_some() {
        // Who reads them is the receiver: what is sent to it is what our code decodes.
        (answers, requests)
    } else {
        (requests, answers)
    }
}

fn follow<'a>(view: &View<'a>, value: &'a Value, seen: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(map) => {
            if let Some(name) = View::schema_name(value) {
                if seen.insert(name) {
                    follow(view, view.resolve(value, "").0, seen);
                }
                return;
            }
            for (key, inner) in map {
                if key != "example" && key != "examples" {
                    follow(view, inner, seen);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|i| follow(view, i, seen)),
        _ => {}
    }
}
