//! Rules about what schemas say of their values beyond the shape: personal data, and weak facts.

use harvest_openapi::extension;
use serde_json::{Map, Value};

use super::Findings;
use super::view::{View, entries, items, text};
use crate::format::DATE_OR_DATE_TIME;

const CLASSES: [&str; 7] = [
    "contact",
    "identity",
    "free_text",
    "demographic",
    "compensation",
    "document",
    "none",
];
const WORDS: [&str; 4] = ["observed", "documented", "client", "inferred"];
/// How many schemas deep a value is looked into: arrays of arrays do not go on forever in practice.
const DEPTH: u8 = 8;

/// Whether the document classifies personal data. One that begins to has to go through with it.
pub(super) fn classifies(view: &View<'_>) -> bool {
    view.schemas().any(|(_, schema)| {
        entries(schema.get("properties"))
            .any(|(_, property)| property.get(extension::PERSONAL).is_some())
    })
}

/// Checks the marks of a schema, wherever it is.
pub(super) fn check(
    map: &Map<String, Value>,
    component: bool,
    pointer: &str,
    out: &mut Findings<'_>,
) {
    confidence(map, pointer, out);
    if component && map.contains_key(extension::PERSONAL) {
        out.add(
            &format!("{pointer}/{}", extension::PERSONAL),
            "personal",
            format!("{} on a component", extension::PERSONAL),
            "put it on the properties that refer to it: whose value it is depends on the model",
        );
    }
}

/// Checks that a property which is said to take the digits of a number as a text is a number that is only sent.
pub(super) fn accepts_text(
    view: &View<'_>,
    property: &Value,
    sent: bool,
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let Some(mark) = property.get(extension::ACCEPTS_TEXT) else {
        return;
    };
    let target = match items(property.get("allOf")) {
        [only] => only,
        _ => property,
    };
    let (target, _) = view.resolve(target, pointer);
    let is_number = matches!(
        target.get("type").and_then(Value::as_str),
        Some("integer" | "number")
    );
    if mark != true || !is_number || !sent {
        out.add(
            &format!("{pointer}/{}", extension::ACCEPTS_TEXT),
            "accepts-text",
            format!("{} means nothing here", extension::ACCEPTS_TEXT),
            "it is `true`, on a number that is sent and not answered",
        );
    }
}

/// Checks what a fact is said to stand on.
pub(super) fn confidence(map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
    if let Some(word) = map.get(extension::CONFIDENCE)
        && !word.as_str().is_some_and(|word| WORDS.contains(&word))
    {
        out.add(
            &format!("{pointer}/{}", extension::CONFIDENCE),
            "confidence",
            format!("{word} does not say what the fact stands on"),
            format!("write one of {}", WORDS.join(", ")),
        );
    }
}

/// Checks a property: in an answer each text has a class, and nothing else has one that is not known.
pub(super) fn property(
    view: &View<'_>,
    name: &str,
    property: &Value,
    answer: bool,
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let class = property.get(extension::PERSONAL);
    let fix = format!("write one of {}", CLASSES.join(", "));
    match class {
        Some(_) if !answer => out.add(
            &format!("{pointer}/{}", extension::PERSONAL),
            "personal",
            format!("{name} is only sent"),
            "remove the class: it is about what the service answers",
        ),
        Some(class) if !class.as_str().is_some_and(|c| CLASSES.contains(&c)) => out.add(
            &format!("{pointer}/{}", extension::PERSONAL),
            "personal",
            format!("{class} is no class of personal data"),
            fix,
        ),
        None if answer && is_text(view, property, DEPTH) => out.add(
            pointer,
            "personal",
            format!("{name} is a text, and nothing says whether it is about a person"),
            format!("add {}: {fix}", extension::PERSONAL),
        ),
        _ => {}
    }
}

/// Whether a value can hold words: a text that is neither an id, an enumeration nor a time, or a list or map of such.
/// An object is none itself; its properties are looked at where it is described.
fn is_text(view: &View<'_>, value: &Value, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    let value = match items(value.get("allOf")) {
        [only] => only,
        _ => value,
    };
    let (target, _) = view.resolve(value, "");
    let Some(map) = target.as_object() else {
        return false;
    };
    if map.contains_key(extension::ID) || map.contains_key("enum") {
        return false;
    }
    if let Some(values) = map.get("additionalProperties") {
        let values = match items(values.get("allOf")) {
            [only] => only,
            _ => values,
        };
        let has_role = view
            .resolve(values, "")
            .0
            .get(extension::RUNTIME_TYPE)
            .is_some();
        return has_role || is_text(view, values, depth);
    }
    match text(map, "type") {
        "string" => !["date", "date-time", DATE_OR_DATE_TIME].contains(&text(map, "format")),
        "array" => map.get("items").is_some_and(|i| is_text(view, i, depth)),
        _ => items(map.get("oneOf"))
            .iter()
            .any(|member| is_text(view, member, depth)),
    }
}
