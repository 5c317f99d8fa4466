//! Rules about operations.

use std::collections::BTreeMap;

use heck::ToPascalCase;
use serde_json::Value;

use super::view::{self, Operation, View, entries, items, text};
use super::{Findings, bodies, names, parameters, ready};
use crate::load::escape;

const PAGINATION: [&str; 4] = ["offset", "next-only", "cursor", "none"];
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
const EXTENSIONS: [&str; 5] = [
    "x-harvest-permission",
    "x-harvest-pagination",
    "x-harvest-replaced-by",
    "x-harvest-idempotent",
    ready::EXTENSION,
];

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    path_items(view, out);
    let operations = view.operations();
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    let acting = operations
        .iter()
        .any(|o| parameters::acting_user(view, o).is_some());
    for operation in &operations {
        let id = text(operation.value, "operationId");
        out.operation = Some(if id.is_empty() {
            format!("{} {}", operation.method.to_uppercase(), operation.path)
        } else {
            id.to_owned()
        });
        identity(operation, id, &mut ids, out);
        words(view, operation, out);
        extensions(view, operation, &operations, out);
        ready::check(view, operation, &operations, out);
        parameters::check(view, operation, acting, out);
        bodies::check(view, operation, out);
    }
    out.operation = None;
    tags(view, &operations, out);
}

/// Paths have to differ, and what they hold besides operations would be lost.
fn path_items(view: &View<'_>, out: &mut Findings<'_>) {
    let mut templates: BTreeMap<String, &str> = BTreeMap::new();
    for (path, item) in entries(view.document.get("paths")) {
        if let Some(other) = templates.insert(parameters::template(path), path) {
            out.add(
                &format!("/paths/{}", escape(path)),
                "path",
                format!("the path {path} is the same as {other}, but for the names of parameters"),
                "describe both under one path, and say by x-harvest-documented-name what the documentation calls them",
            );
        }
        for (key, _) in
            entries(Some(item)).filter(|(key, _)| !view::METHODS.contains(&key.as_str()))
        {
            out.add(
                &format!("/paths/{}/{}", escape(path), escape(key)),
                "path-item",
                format!("the path {path} has `{key}`"),
                "describe nothing but operations there: each has its own parameters, and words of its own",
            );
        }
    }
}

fn identity<'a>(
    operation: &Operation<'a>,
    id: &'a str,
    ids: &mut BTreeMap<String, &'a str>,
    out: &mut Findings<'_>,
) {
    let pointer = format!("{}/operationId", operation.pointer);
    // The client has methods of its own that are called so.
    let taken = id == "from_env" || id.starts_with("with_");
    if !names::is_name(id) || !id.contains('_') || taken {
        out.add(
            &pointer,
            "operation-id",
            format!("`{id}` is no operation id"),
            "name the operation verb_noun in snake_case, such as list_users, but neither from_env nor with_ and anything",
        );
        return;
    }
    // The builder of an operation is a type, so ids have to differ as type names do.
    if let Some(other) = ids.insert(id.to_pascal_case(), operation.path) {
        out.add(
            &pointer,
            "operation-id",
            format!("another operation, on {other}, has the id `{id}`"),
            "give each operation an id of its own",
        );
    }
    if !METHODS.contains(&operation.method) {
        out.add(
            &operation.pointer,
            "method",
            format!("the method {} has no place in the client", operation.method),
            "describe get, post, put, patch and delete only",
        );
    }
}

fn words(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    for key in ["summary", "description"] {
        if text(operation.value, key).trim().is_empty() {
            out.add(
                &operation.pointer,
                "words",
                format!("no {key}"),
                format!("add a {key} in your own words"),
            );
        }
    }
    let url = operation
        .value
        .get("externalDocs")
        .and_then(|d| d.get("url"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !url.starts_with("https://") {
        out.add(
            &operation.pointer,
            "documentation",
            "no link to the official documentation".to_owned(),
            "add externalDocs.url, with the anchor of this operation",
        );
    }
    let requirement = items(operation.value.get("security"));
    let schemes = view.schemes();
    let known = requirement
        .iter()
        .flat_map(|r| entries(Some(r)))
        .all(|(name, _)| schemes.iter().any(|(n, _)| *n == name));
    if requirement.is_empty() || !known {
        out.add(
            &operation.pointer,
            "security",
            "no security requirement that names a security scheme of the document".to_owned(),
            "add `security` with the name of a scheme under components/securitySchemes",
        );
    }
}

fn extensions(
    view: &View<'_>,
    operation: &Operation<'_>,
    all: &[Operation<'_>],
    out: &mut Findings<'_>,
) {
    let value = operation.value;
    if text(value, "x-harvest-permission").is_empty() {
        out.add(
            &operation.pointer,
            "permission",
            "no x-harvest-permission".to_owned(),
            "name the permission that a key needs, as the service's settings name it, such as `GET: List Users`",
        );
    }
    let pagination = text(value, "x-harvest-pagination");
    if !PAGINATION.contains(&pagination) {
        out.add(
            &operation.pointer,
            "pagination",
            format!("x-harvest-pagination is `{pagination}`"),
            format!("use one of {}", PAGINATION.join(", ")),
        );
    } else if pagination != "none"
        && (operation.method != "get" || !bodies::answers_array(view, operation))
    {
        out.add(
            &operation.pointer,
            "pagination",
            format!(
                "x-harvest-pagination is `{pagination}`, but the operation does not return a list"
            ),
            "a paged operation is a GET whose success is an array; otherwise use none",
        );
    }
    let deprecated = value.get("deprecated") == Some(&Value::Bool(true));
    let replacement = text(value, "x-harvest-replaced-by");
    if deprecated
        && !all
            .iter()
            .any(|o| text(o.value, "operationId") == replacement)
    {
        out.add(
            &operation.pointer,
            "deprecated",
            format!("the operation is deprecated, and x-harvest-replaced-by is `{replacement}`"),
            "name the operationId that takes its place",
        );
    }
    if !deprecated && !replacement.is_empty() {
        out.add(
            &operation.pointer,
            "deprecated",
            "x-harvest-replaced-by without deprecated".to_owned(),
            "add `deprecated: true`, or remove the extension",
        );
    }
    for (key, v) in value {
        if key.starts_with("x-harvest") && !EXTENSIONS.contains(&key.as_str()) {
            out.add(
                &format!("{}/{key}", operation.pointer),
                "extension",
                format!("{key} means nothing on an operation"),
                format!("operations may have {}", EXTENSIONS.join(", ")),
            );
        }
        if key == "x-harvest-idempotent" && !v.is_boolean() {
            out.add(
                &format!("{}/{key}", operation.pointer),
                "extension",
                format!("{key} is no boolean"),
                "write true or false",
            );
        }
    }
}

fn tags(view: &View<'_>, operations: &[Operation<'_>], out: &mut Findings<'_>) {
    let declared: Vec<&str> = items(view.document.get("tags"))
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
                format!("the tag `{tag}` is not declared in the root, or cannot be the name of a module"),
                "declare it under `tags` with a description, in snake_case; it becomes a module and a cargo feature",
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
    for (index, tag) in items(view.document.get("tags")).iter().enumerate() {
        let name = tag.get("name").and_then(Value::as_str).unwrap_or_default();
        let used = operations.iter().any(|o| {
            items(o.value.get("tags"))
                .iter()
                .any(|t| t.as_str() == Some(name))
        });
        let described = tag
            .get("description")
            .and_then(Value::as_str)
            .is_some_and(|d| !d.is_empty());
        if !used || !described || RESERVED.contains(&name) {
            out.add(
                &format!("/tags/{index}"),
                "tag",
                format!("the tag `{name}` has no operation, no description, or a name that the client needs itself"),
                format!("describe it, use it, and avoid {}", RESERVED.join(", ")),
            );
        }
    }
}

/// Modules and features that every generated client has.
const RESERVED: [&str; 9] = [
    "types",
    "client",
    "operations",
    "full",
    "default",
    "rustls",
    "native_tls",
    "blocking",
    "shared",
];
