//! Rules about every value of the document: nothing is left empty, and every text can be read.

use serde_json::Value;

use super::Findings;
use super::view::View;
use crate::load::escape;
use crate::markdown;

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    walk(view.document, "", out);
}

fn walk(value: &Value, pointer: &str, out: &mut Findings<'_>) {
    match value {
        // What is null is read as if it were not there, and would be lost without a word.
        Value::Null => out.add(
            pointer,
            "null",
            "nothing stands here".to_owned(),
            "write what belongs here, or remove the key",
        ),
        Value::String(text) => {
            characters(text, pointer, out);
            if text.trim_start().starts_with("TODO") {
                out.add(
                    pointer,
                    "placeholder",
                    text.trim().to_owned(),
                    "write it in place of the TODO",
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{pointer}/{index}"), out);
            }
        }
        Value::Object(map) => {
            for (key, inner) in map {
                let at = format!("{pointer}/{}", escape(key));
                characters(key, &at, out);
                if !is_data(pointer, key) {
                    walk(inner, &at, out);
                }
            }
        }
        Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether the value of a key is data of the service, in which null and any text have a meaning of their own.
pub(super) fn is_data(pointer: &str, key: &str) -> bool {
    let is_named = pointer.ends_with("/properties");
    !is_named
        && (matches!(key, "example" | "default" | "enum")
            || (key == "value" && pointer.contains("/examples/")))
}

fn characters(text: &str, pointer: &str, out: &mut Findings<'_>) {
    if let Some(hidden) = text.chars().find(|c| markdown::is_hidden(*c)) {
        out.add(
            pointer,
            "characters",
            format!("an invisible character (U+{:04X})", u32::from(hidden)),
            "take it out: the compiler refuses some of them in comments, and readers are misled by \
             others",
        );
    }
}
