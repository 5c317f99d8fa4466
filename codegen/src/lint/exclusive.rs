//! Rules about properties that exclude each other.

use std::collections::BTreeSet;

use harvest_openapi::extension;
use serde_json::{Map, Value};

use super::Findings;
use super::view::{entries, items};
use crate::names;

/// `direction` is whether the model is sent, and whether it is answered.
pub(super) fn check(
    map: &Map<String, Value>,
    component: bool,
    direction: (bool, bool),
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let Some(groups) = map.get(extension::EXCLUSIVE) else {
        return;
    };
    let pointer = format!("{pointer}/{}", extension::EXCLUSIVE);
    let groups = groups.as_array().filter(|groups| !groups.is_empty());
    let Some(groups) = groups.filter(|_| component) else {
        out.add(
            &pointer,
            "exclusive",
            format!(
                "{} is no list of groups of a component",
                extension::EXCLUSIVE
            ),
            "write a list of `{of: [a, b]}`, with `required: true` where one of them has to be \
             there",
        );
        return;
    };
    let (sent, answered) = direction;
    if !sent || answered {
        out.add(
            &pointer,
            "exclusive",
            format!("{} means nothing here", extension::EXCLUSIVE),
            "put the groups on a model that is sent and not answered: whatever the service \
             answers, it has answered",
        );
    }
    for (index, group) in groups.iter().enumerate() {
        check_group(map, group, &format!("{pointer}/{index}"), out);
    }
}

fn check_group(map: &Map<String, Value>, group: &Value, pointer: &str, out: &mut Findings<'_>) {
    let keys_fit = entries(Some(group)).all(|(key, value)| match key.as_str() {
        "of" => value.is_array(),
        "required" => value.is_boolean(),
        "several" => value == "undocumented",
        _ => false,
    });
    let members = items(group.get("of"));
    let names: BTreeSet<_> = members.iter().filter_map(Value::as_str).collect();
    if !keys_fit || names.len() < 2 || names.len() != members.len() {
        out.add(
            pointer,
            "exclusive",
            "this is no group of properties".to_owned(),
            "write `{of: [a, b]}`, with at least two names of properties, each once, with \
             `required: true` where one of them has to be there, and with `several: undocumented` \
             where the service is not known to refuse several",
        );
        return;
    }
    for name in &names {
        let property = map.get("properties").and_then(|all| all.get(name));
        let required = items(map.get("required"))
            .iter()
            .any(|r| r.as_str() == Some(name));
        if property.is_none() || required {
            out.add(
                pointer,
                "exclusive",
                format!("`{name}` cannot be left out for another one"),
                "name properties of the model that are not required",
            );
        }
    }
    let variants: BTreeSet<_> = names.iter().map(|name| names::variant(name)).collect();
    if is_selector(map) && variants.len() != names.len() {
        out.add(
            pointer,
            "exclusive",
            "two of the properties become one variant of an enumeration".to_owned(),
            "describe the model without the group",
        );
    }
}

/// Whether a model consists of one group, of which one property has to be there.
fn is_selector(map: &Map<String, Value>) -> bool {
    let [group] = items(map.get(extension::EXCLUSIVE)) else {
        return false;
    };
    is_required(group) && entries(map.get("properties")).count() == items(group.get("of")).len()
}

fn is_required(group: &Value) -> bool {
    group.get("required") == Some(&Value::Bool(true))
}
