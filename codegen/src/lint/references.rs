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
                if end.get("$ref").is_some_and(Value::is_string) {
                    out.add(
                        &format!("{pointer}/$ref"),
                        "reference",
                        format!("`{reference}` leads nowhere, or round in a circle"),
                        "refer to a component of the document",
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
