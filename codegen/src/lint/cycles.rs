//! A rule about models that hold themselves: there has to be an end to it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Findings;
use super::view::{View, entries, items};
use crate::load::escape;

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    let edges: BTreeMap<&str, BTreeSet<&str>> = view
        .schemas()
        .map(|(name, schema)| (name.as_str(), needs(schema)))
        .collect();
    for (name, _) in view.schemas() {
        let mut seen = BTreeSet::new();
        let mut open = vec![name.as_str()];
        while let Some(next) = open.pop() {
            for needed in edges.get(next).into_iter().flatten() {
                if seen.insert(*needed) {
                    open.push(needed);
                }
            }
        }
        if seen.contains(name.as_str()) {
            out.add(
                &format!("/components/schemas/{}", escape(name)),
                "recursion",
                format!("{name} always holds another {name}, so that there is no end to it"),
                "make one of the properties that lead back optional or nullable, or a list",
            );
        }
    }
}

/// The components without which there is no value of a schema.
fn needs(schema: &Value) -> BTreeSet<&str> {
    let mut needed = BTreeSet::new();
    needed.extend(View::schema_name(schema));
    let required = items(schema.get("required"));
    for (name, property) in entries(schema.get("properties")) {
        let is_required = required.iter().any(|r| r.as_str() == Some(name));
        if is_required && property.get("nullable") != Some(&Value::Bool(true)) {
            needed.extend(needs(property));
        }
    }
    for key in ["allOf", "oneOf"] {
        // Of a union, what it is when nothing is known: the first.
        needed.extend(
            items(schema.get(key))
                .first()
                .map(needs)
                .into_iter()
                .flatten(),
        );
    }
    needed
}
