//! Difference of two JSON values in a line: examples are too long to be printed twice.

use serde_json::Value;

use super::description::members;

/// The first place where they differ, order of keys included; `None` if their texts are the same.
pub fn difference(left: &Value, right: &Value) -> Option<String> {
    at("", left, right)
}

fn at(place: &str, left: &Value, right: &Value) -> Option<String> {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            if let Some(key) = a.keys().find(|key| !b.contains_key(*key)) {
                return Some(format!("{place}: only the first has {key}"));
            }
            if let Some(key) = b.keys().find(|key| !a.contains_key(*key)) {
                return Some(format!("{place}: only the second has {key}"));
            }
            if let Some((a, b)) = a.keys().zip(b.keys()).find(|(a, b)| a != b) {
                return Some(format!("{place}: {a} stands where {b} should"));
            }
            members(left).find_map(|(key, value)| at(&format!("{place}/{key}"), value, &right[key]))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(index, (a, b))| at(&format!("{place}/{index}"), a, b)),
        _ if left == right => None,
        _ => Some(format!("{place}: {left} is not {right}")),
    }
}

/// The same of two texts.
pub fn text_difference(left: &str, right: &str) -> Option<String> {
    if left == right {
        return None;
    }
    let parse =
        |text| serde_json::from_str(text).unwrap_or_else(|_| Value::String(String::from(text)));
    Some(difference(&parse(left), &parse(right)).unwrap_or_else(|| "spelling".to_owned()))
}
