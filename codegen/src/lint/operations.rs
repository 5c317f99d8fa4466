//! Rules about operations.

use std::collections::{BTreeMap, BTreeSet};

use harvest_openapi::extension;
use heck::ToPascalCase;
use serde_json::Value;

use super::link::is_link;
use super::view::{Operation, View, items, text};
use super::{Findings, bodies, deliveries, marks, names, parameters, ready, security, tags};

const PAGINATION: [&str; 4] = ["offset", "next-only", "cursor", "none"];
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// Extensions that are there, as `true`, or are not.
const MARKS: [&str; 3] = [
    extension::SITE_ADMIN,
    extension::PARTNER_ONLY,
    extension::INTERNAL,
];
const EXTENSIONS: [&str; 11] = [
    extension::PERMISSION,
    extension::DOCUMENTED_PERMISSION,
    extension::FORMERLY,
    extension::PAGINATION,
    extension::REPLACED_BY,
    extension::IDEMPOTENT,
    extension::READY,
    extension::CONFIDENCE,
    MARKS[0],
    MARKS[1],
    MARKS[2],
];

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    let operations = view.operations();
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    let mut former: BTreeSet<String> = BTreeSet::new();
    // The client has one method for all of them, so all have one name.
    let acting = operations
        .iter()
        .find_map(|o| parameters::acting_user(view, o))
        .map(|(name, _)| name);
    for operation in &operations {
        let id = text(operation.value, "operationId");
        out.operation = Some(if id.is_empty() {
            format!("{} {}", operation.method.to_uppercase(), operation.path)
        } else {
            id.to_owned()
        });
        identity(view, operation, id, &mut ids, out);
        file(operation, id, out);
        formerly(operation, &operations, &mut former, out);
        words(view, operation, out);
        extensions(view, operation, &operations, out);
        ready::check(view, operation, &operations, out);
        parameters::check(view, operation, acting, out);
        bodies::check(view, operation, out);
        deliveries::check(view, operation, out);
    }
    out.operation = None;
    tags::check(view, &operations, out);
}

fn identity<'a>(
    view: &View<'a>,
    operation: &Operation<'a>,
    id: &'a str,
    ids: &mut BTreeMap<String, &'a str>,
    out: &mut Findings<'_>,
) {
    let pointer = format!("{}/operationId", operation.pointer);
    let builder = id.to_pascal_case();
    // An event is called what the service calls it.
    let is_event = view.conventions.deliveries.is_some() && names::is_name(id);
    if !is_event && !is_id_of_operation(id) {
        out.add(
            &pointer,
            "operation-id",
            format!("`{id}` is no operation id"),
            "name the operation verb_noun in snake_case, such as list_users, but neither from_env, \
             nor with_ and anything, nor like a word of Rust",
        );
        return;
    }
    // The builder of an operation is a type, and so is what it answers if that differs by status: ids have to differ as
    // the names of types do.
    let answer = bodies::differ_by_status(view, operation).then(|| format!("{builder}Answer"));
    for name in std::iter::once(builder).chain(answer) {
        let Some(other) = ids.insert(name, operation.path) else {
            continue;
        };
        out.add(
            &pointer,
            "operation-id",
            format!("an operation on {other} has the id `{id}`, or one that becomes the same type"),
            "give each operation an id of its own; `x_answer` is taken where `x` answers different \
             things by status",
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

/// What an operation was called goes on working, so nothing else can be called so.
fn formerly(
    operation: &Operation<'_>,
    all: &[Operation<'_>],
    known: &mut BTreeSet<String>,
    out: &mut Findings<'_>,
) {
    let Some(value) = operation.value.get(extension::FORMERLY) else {
        return;
    };
    let at = format!("{}/{}", operation.pointer, extension::FORMERLY);
    let names: Vec<_> = items(Some(value)).iter().map(Value::as_str).collect();
    let is_free = |name: &str, known: &mut BTreeSet<String>| {
        let builder = name.to_pascal_case();
        let is_id = |other: &Operation<'_>| {
            let id = text(other.value, "operationId").to_pascal_case();
            builder == id || builder == format!("{id}Answer")
        };
        is_id_of_operation(name) && !all.iter().any(is_id) && known.insert(builder)
    };
    let all_fine = names
        .iter()
        .all(|name| name.is_some_and(|name| is_free(name, known)));
    if names.is_empty() || !all_fine {
        out.add(
            &at,
            "operation-id",
            format!(
                "{} does not name what the operation was called before",
                extension::FORMERLY
            ),
            "list the operationIds that it had, none of which another operation has or had",
        );
    }
}

/// Whether a text can be the id of an operation.
fn is_id_of_operation(id: &str) -> bool {
    // The client has methods of its own that are called so.
    let is_taken = id == "from_env" || id.starts_with("with_");
    names::is_name(id)
        && id.contains('_')
        && !is_taken
        && !names::is_taken_type(&id.to_pascal_case())
}

/// An operation that is a file of its own is found by its name.
fn file(operation: &Operation<'_>, id: &str, out: &mut Findings<'_>) {
    let place = out.bundle.place(&operation.pointer);
    if !place.pointer.is_empty() || place.file.is_empty() {
        return;
    }
    let mut steps = place.file.rsplit('/');
    let name = steps.next().unwrap_or_default();
    let folder = steps.next().unwrap_or_default();
    let tag = items(operation.value.get("tags")).first();
    let tag = tag.and_then(Value::as_str).unwrap_or_default();
    if name != format!("{id}.yaml") || folder != tag {
        out.add(
            &operation.pointer,
            "file-name",
            format!("the operation {id} of {tag} is in {}", place.file),
            format!(
                "move it to {tag}/{id}.yaml: a file is called after its operation, and its folder \
                 after the tag"
            ),
        );
    }
}

fn words(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    for key in ["summary", "description"] {
        let text = text(operation.value, key).trim();
        if text.is_empty() || (key == "summary" && text.contains('\n')) {
            out.add(
                &operation.pointer,
                "words",
                format!("no {key}"),
                if key == "summary" {
                    "add a summary in your own words, in one line".to_owned()
                } else {
                    format!("add a {key} in your own words")
                },
            );
        }
    }
    let url = operation
        .value
        .get("externalDocs")
        .and_then(|d| d.get("url"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !is_link(url) {
        out.add(
            &operation.pointer,
            "documentation",
            "no link to the official documentation".to_owned(),
            "add externalDocs.url, with the anchor of this operation: an https URL, in which \
             brackets are written as %28 and so on",
        );
    }
    security::requirement(view, operation, out);
}

fn extensions(
    view: &View<'_>,
    operation: &Operation<'_>,
    all: &[Operation<'_>],
    out: &mut Findings<'_>,
) {
    let value = operation.value;
    let permission = text(value, extension::PERMISSION).trim();
    security::permission(view, operation, out);
    documented_permission(operation, permission, all, out);
    let pagination = text(value, extension::PAGINATION);
    if view.conventions.deliveries.is_some() {
        if value.contains_key(extension::PAGINATION) {
            out.add(
                &operation.pointer,
                "pagination",
                "a delivery is paged".to_owned(),
                "remove x-harvest-pagination: the receiver answers with a status alone",
            );
        }
    } else if !PAGINATION.contains(&pagination) {
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
    let replacement = text(value, extension::REPLACED_BY);
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
    marks::confidence(value, &operation.pointer, out);
    for (key, v) in value {
        if key.starts_with("x-harvest") && !EXTENSIONS.contains(&key.as_str()) {
            out.add(
                &format!("{}/{key}", operation.pointer),
                "extension",
                format!("{key} means nothing on an operation"),
                format!("operations may have {}", EXTENSIONS.join(", ")),
            );
        }
        if MARKS.contains(&key.as_str()) && v != true {
            out.add(
                &format!("{}/{key}", operation.pointer),
                "extension",
                format!("{key} is not `true`"),
                "write true, or leave it out",
            );
        }
        if key == extension::IDEMPOTENT && !v.is_boolean() {
            out.add(
                &format!("{}/{key}", operation.pointer),
                "extension",
                format!("{key} is no boolean"),
                "write true or false",
            );
        }
    }
}

/// The documentation's name of a permission is an alias of it, so that it has to be its own.
fn documented_permission(
    operation: &Operation<'_>,
    permission: &str,
    all: &[Operation<'_>],
    out: &mut Findings<'_>,
) {
    let Some(documented) = operation.value.get(extension::DOCUMENTED_PERMISSION) else {
        return;
    };
    let documented = documented.as_str().unwrap_or_default().trim();
    let at = format!("{}/{}", operation.pointer, extension::DOCUMENTED_PERMISSION);
    if documented.is_empty() || documented.contains(['\n', '`']) || documented == permission {
        out.add(
            &at,
            "permission",
            format!(
                "{} is no other name of one line",
                extension::DOCUMENTED_PERMISSION
            ),
            "write the heading of the documentation, or leave it out where it is the name of the \
             permission",
        );
    }
    let other = all.iter().find(|other| {
        let name = text(other.value, extension::PERMISSION).trim();
        let alias = text(other.value, extension::DOCUMENTED_PERMISSION).trim();
        name == documented || (alias == documented && name != permission)
    });
    if let Some(other) = other {
        out.add(
            &at,
            "permission",
            format!(
                "`{documented}` stands for another permission, that of {}",
                text(other.value, "operationId")
            ),
            "a name stands for one permission only",
        );
    }
}
