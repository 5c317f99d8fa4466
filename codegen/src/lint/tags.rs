//! Rules about tags: each is a resource, a module and a cargo feature.

use std::collections::BTreeSet;

use serde_json::Value;

use super::view::{Operation, View, items, text};
use super::{Findings, names};

pub(super) fn check(view: &View<'_>, operations: &[Operation<'_>], out: &mut Findings<'_>) {
    let tags = items(view.document.get("tags"));
    let declared: Vec<&str> = tags
        .iter()
        .filter_map(|t| t.get("name").and_then(Value::as_str))
        .collect();
    for operation in operations {
        out.operation = Some(text(operation.value, "operationId").to_owned());
        let tags: Vec<&str> = items(operation.value.get("tags"))
            .iter()
            .filter_map(Value::as_str)
            .collect();
        match tags[..] {
            [tag] if declared.contains(&tag) && names::is_name(tag) => {}
            [tag] => out.add(
                &operation.pointer,
                "tag",
                format!(
                    "the tag `{tag}` is not declared in the root, or cannot be the name of a module"
                ),
                "declare it under `tags` with a description, in snake_case; it becomes a module \
                 and a cargo feature",
            ),
            _ => out.add(
                &operation.pointer,
                "tag",
                format!("{} tags", tags.len()),
                "give the operation exactly one tag: the resource that it belongs to",
            ),
        }
    }
    out.operation = None;
    let mut known = BTreeSet::new();
    for (index, tag) in tags.iter().enumerate() {
        let at = format!("/tags/{index}");
        let name = tag.get("name").and_then(Value::as_str).unwrap_or_default();
        let is_used = operations.iter().any(|o| {
            items(o.value.get("tags"))
                .iter()
                .any(|t| t.as_str() == Some(name))
        });
        let is_described = tag
            .get("description")
            .and_then(Value::as_str)
            .is_some_and(|d| !d.trim().is_empty());
        if !is_used || !is_described {
            out.add(
                &at,
                "tag",
                format!("the tag `{name}` has no operation, or no description"),
                "describe it and use it, or remove it",
            );
        }
        if names::is_taken_module(name) {
            out.add(
                &at,
                "tag",
                format!(
                    "`{name}` is the name of a module, a feature or a crate that the client has \
                     anyway, or of a file that Windows does not have"
                ),
                "call the resource something else, here and in its operations",
            );
        }
        if !known.insert(name) {
            out.add(
                &at,
                "tag",
                format!("the tag `{name}` is declared twice"),
                "remove one",
            );
        }
    }
}
