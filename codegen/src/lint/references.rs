//! Rules about references: each leads somewhere.

use serde_json::Value;

use super::Findings;
use super::view::View;
use crate::load::escape;

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    walk(view, view.document, "", out);
}

fn walk<'a>(view: &View<'a>, value: &'a Value, pointer: &str, out: &mut Findings<'_>) {
    match value {
        Value::Object(map) => {
            if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                let (end, _) = view.resolve(value, pointer);
                let lost = end.get("$ref").is_some_and(Value::is_string);
                if lost || !kind(pointer).is_some_and(|kind| reference.starts_with(kind)) {
                    out.add(
                        &format!("{pointer}/$ref"),
                        "reference",
                        format!("`{reference}` leads to no such component, or round in a circle"),
                        "refer to a component of the kind that belongs here",
                    );
                }
                return;
            }
            for (key, inner) in map {
                // Examples are data, but for properties of that name.
                if matches!(key.as_str(), "example" | "value") && !pointer.ends_with("/properties")
                {
                    continue;
                }
                walk(view, inner, &format!("{pointer}/{}", escape(key)), out);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                walk(view, inner, &format!("{pointer}/{index}"), out);
            }
        }
        _ => {}
    }
}

/// What a reference at `pointer` begins with, if there can be one.
fn kind(pointer: &str) -> Option<&'static str> {
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    match steps[..] {
        ["paths", _, _, "parameters", _] => Some("#/components/parameters/"),
        ["paths", _, _, "responses", _] => Some("#/components/responses/"),
        ["paths", _, _, "requestBody"] => Some("#/components/requestBodies/"),
        // A component of these kinds is what it is, and no other name of something else.
        [
            "components",
            "parameters" | "responses" | "requestBodies" | "securitySchemes",
            _,
        ] => None,
        // Schemas have rules of their own.
        _ => Some("#/components/"),
    }
}
