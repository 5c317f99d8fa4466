//! Rules about schemas, be they models or parts of an operation.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::Value;

use super::document::{Direction, entries, reference};
use super::{Notes, union};

/// Bounds: whether a larger number lets less through.
const BOUNDS: [(&str, bool); 8] = [
    ("minimum", true),
    ("maximum", false),
    ("minLength", true),
    ("maxLength", false),
    ("minItems", true),
    ("maxItems", false),
    ("minProperties", true),
    ("maxProperties", false),
];

/// Other conditions. There is no telling which of two lets more through.
const CONDITIONS: [&str; 5] = [
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// Compares two schemas that stand for the same thing. `label` says what, such as "the model" or "field `name`".
pub(super) fn compare(
    label: &str,
    old: &Value,
    new: &Value,
    direction: Direction,
    notes: &mut Notes,
) {
    let (before, after) = (kind(old), kind(new));
    if before != after {
        notes.add(true, format!("{label} is {after} now, was {before}"));
    }
    match (nullable(old), nullable(new)) {
        (false, true) => notes.add(direction.received, format!("{label} may be null now")),
        (true, false) => notes.add(direction.sent, format!("{label} may no longer be null")),
        _ => {}
    }
    extensions(label, old, new, &[], notes);
    if let Some(state) = flag("deprecated", old, new) {
        let now = if state {
            "is deprecated"
        } else {
            "is no longer deprecated"
        };
        notes.add(false, format!("{label} {now}"));
    }
    if before != after {
        return;
    }
    values(label, old, new, direction, notes);
    bounds(label, old, new, direction, notes);
    fields(label, old, new, direction, notes);
    for (key, part) in [
        ("items", "an item of"),
        ("additionalProperties", "a value of"),
    ] {
        if let (Some(old @ Value::Object(_)), Some(new @ Value::Object(_))) =
            (old.get(key), new.get(key))
        {
            // Null inside of a list or map is part of its kind, and was compared.
            let (old, new) = (without_null(old), without_null(new));
            compare(&format!("{part} {label}"), &old, &new, direction, notes);
        }
    }
}

/// What a value of the schema is, in a few words. Models by name.
pub(super) fn kind(schema: &Value) -> String {
    let join = |key: &str, word: &str| {
        let members = schema.get(key)?.as_array()?;
        let kinds: BTreeSet<String> = members.iter().map(kind).collect();
        Some(kinds.into_iter().collect::<Vec<_>>().join(word))
    };
    if let Some(name) = reference(schema) {
        return format!("`{name}`");
    }
    if let Some(kinds) = join("allOf", " and ")
        .or_else(|| join("oneOf", " or "))
        .or_else(|| join("anyOf", " or "))
    {
        return kinds;
    }
    let text = |key| schema.get(key).and_then(Value::as_str);
    match text("type") {
        Some("array") => format!("an array of {}", inner(schema.get("items"))),
        Some("object")
            if schema
                .get("additionalProperties")
                .is_some_and(Value::is_object) =>
        {
            format!("a map of {}", inner(schema.get("additionalProperties")))
        }
        Some(name) => match text("format") {
            Some(format) => format!("`{name}` ({format})"),
            None => format!("`{name}`"),
        },
        None if schema.get("properties").is_some() => "`object`".to_owned(),
        None => "anything".to_owned(),
    }
}

fn inner(schema: Option<&Value>) -> String {
    match schema {
        Some(schema) if nullable(schema) => format!("({} or null)", kind(schema)),
        Some(schema) => kind(schema),
        None => "anything".to_owned(),
    }
}

fn nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
}

fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(map) = schema.as_object_mut() {
        map.remove("nullable");
    }
    schema
}

/// The new state of a flag that changed.
pub(super) fn flag(key: &str, old: &Value, new: &Value) -> Option<bool> {
    let state = |value: &Value| value.get(key) == Some(&Value::Bool(true));
    (state(old) != state(new)).then(|| state(new))
}

/// Notes changes of extensions, but for those that another rule judges.
pub(super) fn extensions(
    label: &str,
    old: &Value,
    new: &Value,
    judged: &[&str],
    notes: &mut Notes,
) {
    let names = |value| {
        entries(Some(value))
            .map(|(key, _)| key)
            .filter(|key| key.starts_with("x-"))
    };
    for key in union(names(old), names(new)) {
        if !judged.contains(&key.as_str()) {
            setting(label, key, old, new, |_, _| false, notes);
        }
    }
}

/// Notes that a key has another value. `breaking` decides with the old and the new value, where there are.
pub(super) fn setting(
    label: &str,
    key: &str,
    old: &Value,
    new: &Value,
    breaking: impl FnOnce(Option<&Value>, Option<&Value>) -> bool,
    notes: &mut Notes,
) {
    let (before, after) = (old.get(key), new.get(key));
    if before == after {
        return;
    }
    let breaking = breaking(before, after);
    let (was, now) = (before.map(show), after.map(show));
    notes.add(
        breaking,
        match (was, now) {
            (Some(was), Some(now)) => format!("{label}: {key} is {now} now, was {was}"),
            (None, now) => format!(
                "{label}: {key} is {} now, was not there",
                now.unwrap_or_default()
            ),
            (Some(was), None) => format!("{label}: {key} is gone, was {was}"),
        },
    );
}

/// A value in a message.
pub(super) fn show(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| format!("`{value}`"), |text| format!("`{text}`"))
}

fn values(label: &str, old: &Value, new: &Value, direction: Direction, notes: &mut Notes) {
    let list = |schema: &Value| schema.get("enum").and_then(Value::as_array).cloned();
    match (list(old), list(new)) {
        (None, Some(_)) => notes.add(direction.sent, format!("{label} is an enumeration now")),
        (Some(_), None) => notes.add(false, format!("{label} is no longer an enumeration")),
        (Some(old), Some(new)) => {
            for value in new.iter().filter(|v| !old.contains(v)) {
                notes.add(false, format!("{label} has a new value {}", show(value)));
            }
            for value in old.iter().filter(|v| !new.contains(v)) {
                notes.add(
                    direction.sent,
                    format!("{label} no longer has the value {}", show(value)),
                );
            }
        }
        (None, None) => {}
    }
}

fn bounds(label: &str, old: &Value, new: &Value, direction: Direction, notes: &mut Notes) {
    for (key, lower) in BOUNDS {
        let narrower = |before: Option<&Value>, after: Option<&Value>| {
            let narrower = match (
                before.and_then(Value::as_f64),
                after.and_then(Value::as_f64),
            ) {
                (Some(before), Some(after)) => match after.partial_cmp(&before) {
                    Some(Ordering::Greater) => lower,
                    Some(Ordering::Less) => !lower,
                    _ => false,
                },
                (_, None) => false,
                (None, Some(_)) => true,
            };
            direction.sent && narrower
        };
        setting(label, key, old, new, narrower, notes);
    }
    for key in CONDITIONS {
        setting(
            label,
            key,
            old,
            new,
            |_, after| direction.sent && after.is_some(),
            notes,
        );
    }
    // To say what the default is changes nothing; to replace it changes what leaving the value out means.
    let replaced = |before: Option<&Value>, after: Option<&Value>| {
        direction.sent && before.is_some() && after.is_some()
    };
    setting(label, "default", old, new, replaced, notes);
}

fn fields(label: &str, old: &Value, new: &Value, direction: Direction, notes: &mut Notes) {
    let required = |schema: &Value, name: &str| {
        let list = schema.get("required").and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(|n| n.as_str() == Some(name)))
    };
    let names = |schema| entries(Option::<&Value>::Some(schema)).map(|(name, _)| name);
    let (empty, olds, news) = (Value::Null, old.get("properties"), new.get("properties"));
    let (olds, news) = (olds.unwrap_or(&empty), news.unwrap_or(&empty));
    for name in union(names(olds), names(news)) {
        let field = match label
            .strip_prefix("field `")
            .and_then(|l| l.strip_suffix('`'))
        {
            Some(outer) => format!("field `{outer}.{name}`"),
            None if label == "the model" => format!("field `{name}`"),
            None => format!("field `{name}` of {label}"),
        };
        match (olds.get(name), news.get(name)) {
            (Some(before), Some(after)) => {
                compare(&field, before, after, direction, notes);
                match (required(old, name), required(new, name)) {
                    (false, true) => notes.add(direction.sent, format!("{field} is required now")),
                    (true, false) => {
                        notes.add(direction.received, format!("{field} is optional now"));
                    }
                    _ => {}
                }
            }
            (None, Some(after)) => {
                let must = required(new, name);
                let word = if must { "required" } else { "optional" };
                notes.add(
                    direction.sent && must,
                    format!("{field} added: {}, {word}", kind(after)),
                );
            }
            (Some(before), None) => {
                notes.add(true, format!("{field} removed, was {}", kind(before)));
            }
            (None, None) => {}
        }
    }
}
