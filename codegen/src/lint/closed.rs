//! Rules about objects of requests that take less than their properties say: closed ones, and those in which
//! properties exclude each other.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Findings;
use super::view::{entries, items};

pub(super) const EXCLUSIVE: &str = "x-harvest-exclusive";
const CLOSED: &str = "additionalProperties";
const KEYS: [&str; 2] = ["of", "required"];

/// Whether an object is closed: what it does not describe is refused.
pub(super) fn is_closed(map: &Map<String, Value>) -> bool {
    map.get(CLOSED) == Some(&Value::Bool(false))
}

/// `direction` is whether the model is sent, and whether it is answered.
pub(super) fn check(
    map: &Map<String, Value>,
    direction: (bool, bool),
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let (sent, answered) = direction;
    if is_closed(map) && answered {
        out.add(
            &format!("{pointer}/{CLOSED}"),
            "closed",
            "an object of an answer is closed".to_owned(),
            "take `additionalProperties: false` out: the service adds properties without notice",
        );
    }
    if is_closed(map) && map.get("type").and_then(Value::as_str) != Some("object") {
        out.add(
            &format!("{pointer}/{CLOSED}"),
            "closed",
            "what is closed is no object".to_owned(),
            "add `type: object` and the properties that are taken",
        );
    }
    let Some(groups) = map.get(EXCLUSIVE) else {
        return;
    };
    let at = format!("{pointer}/{EXCLUSIVE}");
    if !sent || answered || items(Some(groups)).is_empty() {
        out.add(
            &at,
            "exclusive",
            format!("{EXCLUSIVE} means nothing here"),
            "list groups of properties, on a model that is sent and not answered",
        );
    }
    for (index, group) in items(Some(groups)).iter().enumerate() {
        if !is_group(map, group) {
            out.add(
                &format!("{at}/{index}"),
                "exclusive",
                "this is no group of properties that exclude each other".to_owned(),
                "write {of: [a, b]} with two or more properties of the model that are not required; `required: true` beside it where one of them has to be there",
            );
        }
    }
}

fn is_group(map: &Map<String, Value>, group: &Value) -> bool {
    let members: Vec<_> = items(group.get("of")).iter().map(Value::as_str).collect();
    let required = items(map.get("required"));
    let is_property = |name: &Option<&str>| {
        name.is_some_and(|name| {
            let described = map.get("properties").and_then(|all| all.get(name));
            described.is_some() && !required.iter().any(|other| other.as_str() == Some(name))
        })
    };
    let distinct: BTreeSet<_> = members.iter().collect();
    members.len() > 1
        && distinct.len() == members.len()
        && members.iter().all(is_property)
        && entries(Some(group)).all(|(key, _)| KEYS.contains(&key.as_str()))
        && group.get("required").is_none_or(Value::is_boolean)
}
