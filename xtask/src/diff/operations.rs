//! Rules about operations, and about the API as a whole.

use std::collections::{BTreeMap, BTreeSet};

use harvest_openapi::extension;
use serde_json::Value;

use super::document::{Direction, Operation, entries, shape};
use super::schemas::{self, extensions, flag, kind, show};
use super::{Notes, union};

const JSON: &str = "application/json";

/// Compares what is said about the API as a whole.
pub(super) fn api(old: &Value, new: &Value, notes: &mut Notes) {
    let server = |api: &Value| {
        api.pointer("/servers/0/url")
            .map_or_else(|| "nowhere".to_owned(), show)
    };
    if server(old) != server(new) {
        notes.add(
            true,
            format!("is at {} now, was at {}", server(new), server(old)),
        );
    }
    let schemes = |api: &'_ Value| -> BTreeMap<String, Value> {
        let schemes = entries(api.get("securitySchemes"));
        schemes
            .map(|(name, scheme)| (name.clone(), shape(scheme)))
            .collect()
    };
    let (olds, news) = (schemes(old), schemes(new));
    for name in union(olds.keys(), news.keys()) {
        match (olds.get(name), news.get(name)) {
            (None, Some(_)) => notes.add(false, format!("security scheme `{name}` added")),
            (Some(_), None) => notes.add(true, format!("security scheme `{name}` removed")),
            (before, after) if before != after => {
                notes.add(true, format!("security scheme `{name}` changed"));
            }
            _ => {}
        }
    }
}

/// Compares an operation with what it was.
pub(super) fn compare(old: &Operation, new: &Operation, notes: &mut Notes) {
    if old.method != new.method || template(&old.path) != template(&new.path) {
        notes.add(
            true,
            format!("is {} now, was {}", new.request(), old.request()),
        );
    }
    let (before, after) = (&old.value, &new.value);
    if let Some(state) = flag("deprecated", before, after) {
        let replacement = after
            .get(extension::REPLACED_BY)
            .map(|id| format!(", replaced by {}", show(id)));
        let what = if state {
            format!("is deprecated{}", replacement.unwrap_or_default())
        } else {
            "is no longer deprecated".to_owned()
        };
        notes.add(false, what);
    }
    let list = |value: &Value, key: &str| value.get(key).map(shape);
    if list(before, "tags") != list(after, "tags") {
        let name = |value: &Value| {
            value
                .pointer("/tags/0")
                .map_or_else(|| "none".to_owned(), show)
        };
        notes.add(
            false,
            format!("the tag is {} now, was {}", name(after), name(before)),
        );
    }
    if list(before, "security") != list(after, "security") {
        notes.add(true, "takes other credentials now".to_owned());
    }
    settings(before, after, notes);
    parameters(old, new, notes);
    body(before.get("requestBody"), after.get("requestBody"), notes);
    answers(before, after, notes);
}

/// A path without the names of its placeholders, which are not on the wire.
fn template(path: &str) -> String {
    path.split('{')
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join("{}")
}

fn settings(old: &Value, new: &Value, notes: &mut Notes) {
    let own = [
        extension::PERMISSION,
        extension::PAGINATION,
        extension::REPLACED_BY,
    ];
    // A new name is said with the former one.
    let is_renamed = old.get("operationId") != new.get("operationId");
    let judged: Vec<_> = own
        .into_iter()
        .chain(is_renamed.then_some(extension::FORMERLY))
        .collect();
    extensions("the operation", old, new, &judged, notes);
    // A key that has the old permission only is refused.
    schemas::setting("the operation", own[0], old, new, |_, _| true, notes);
    let loses = |old: Option<&Value>, new: Option<&Value>| {
        let (old, new) = (old.and_then(Value::as_str), new.and_then(Value::as_str));
        let paged = |kind| !matches!(kind, None | Some("none"));
        // Who does not follow links misses pages; who goes to the last page or backwards no longer can.
        (!paged(old) && paged(new)) || (old == Some("offset") && paged(new))
    };
    schemas::setting("the operation", own[1], old, new, loses, notes);
    // That it is replaced is said where it becomes deprecated.
    if flag("deprecated", old, new).is_none() {
        schemas::setting("the operation", own[2], old, new, |_, _| false, notes);
    }
}

/// What makes a parameter the same: where it is, and its name there. In a path, the name is the place.
fn key(path: &str, parameter: &Value) -> (String, String) {
    let text = |key| {
        parameter
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (location, name) = (text("in"), text("name"));
    let name = match location.as_str() {
        "path" => path
            .find(&format!("{{{name}}}"))
            .map_or(name, |at| format!("{:02}", path[..at].matches('{').count())),
        "header" => name.to_lowercase(),
        _ => name,
    };
    (location, name)
}

fn parameters(old: &Operation, new: &Operation, notes: &mut Notes) {
    let list = |operation: &Operation| -> BTreeMap<(String, String), Value> {
        let list = operation.value.get("parameters").and_then(Value::as_array);
        let list = list.into_iter().flatten();
        list.map(|parameter| (key(&operation.path, parameter), parameter.clone()))
            .collect()
    };
    let name = |parameter: &Value| {
        let text = |key| {
            parameter
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        format!("{} parameter `{}`", text("in"), text("name"))
    };
    let (olds, news) = (list(old), list(new));
    for key in union(olds.keys(), news.keys()) {
        match (olds.get(key), news.get(key)) {
            (Some(before), Some(after)) => parameter(&name(after), before, after, notes),
            (None, Some(after)) => {
                let must = after.get("required") == Some(&Value::Bool(true));
                let word = if must { "required" } else { "optional" };
                let kind = after
                    .get("schema")
                    .map_or_else(|| "anything".to_owned(), kind);
                notes.add(must, format!("{} added: {kind}, {word}", name(after)));
            }
            (Some(before), None) => notes.add(true, format!("{} removed", name(before))),
            (None, None) => {}
        }
    }
}

fn parameter(label: &str, old: &Value, new: &Value, notes: &mut Notes) {
    // Parameters of a path go by their place, and headers by their letters in either case.
    schemas::setting(label, "name", old, new, |_, _| false, notes);
    match flag("required", old, new) {
        Some(true) => notes.add(true, format!("{label} is required now")),
        Some(false) => notes.add(false, format!("{label} is optional now")),
        None => {}
    }
    for key in ["style", "explode"] {
        schemas::setting(label, key, old, new, |_, _| true, notes);
    }
    extensions(label, old, new, &[], notes);
    let empty = Value::Null;
    let schema = |parameter: &'_ Value| parameter.get("schema").unwrap_or(&empty).clone();
    schemas::compare(label, &schema(old), &schema(new), Direction::SENT, notes);
}

fn body(old: Option<&Value>, new: Option<&Value>, notes: &mut Notes) {
    let must = |body: &Value| body.get("required") == Some(&Value::Bool(true));
    match (old, new) {
        (None, Some(new)) => {
            let word = if must(new) { "required" } else { "optional" };
            notes.add(
                must(new),
                format!("the request body added: {}, {word}", content(new).kind),
            );
        }
        (Some(old), None) => notes.add(
            true,
            format!("the request body removed, was {}", content(old).kind),
        ),
        (Some(old), Some(new)) => {
            match flag("required", old, new) {
                Some(true) => notes.add(true, "the request body is required now".to_owned()),
                Some(false) => notes.add(false, "the request body is optional now".to_owned()),
                None => {}
            }
            contents("the request body", old, new, Direction::SENT, notes);
        }
        (None, None) => {}
    }
}

/// What is in a body.
struct Content<'a> {
    /// In words, with the media type where it isn't JSON.
    kind: String,
    schema: Option<&'a Value>,
}

fn content(holder: &Value) -> Content<'_> {
    let parts: Vec<_> = entries(holder.get("content")).collect();
    let one = |(media, body): &(&String, &Value)| {
        let kind = body
            .get("schema")
            .map_or_else(|| "anything".to_owned(), kind);
        if *media == JSON {
            kind
        } else {
            format!("{kind} as {media}")
        }
    };
    Content {
        kind: if parts.is_empty() {
            "nothing".to_owned()
        } else {
            parts.iter().map(one).collect::<Vec<_>>().join(" or ")
        },
        schema: parts.first().and_then(|(_, body)| body.get("schema")),
    }
}

fn contents(label: &str, old: &Value, new: &Value, direction: Direction, notes: &mut Notes) {
    let (before, after) = (content(old), content(new));
    if before.kind != after.kind {
        notes.add(
            true,
            format!("{label} is {} now, was {}", after.kind, before.kind),
        );
    } else if let (Some(old), Some(new)) = (before.schema, after.schema) {
        schemas::compare(label, old, new, direction, notes);
    }
}

fn answers(old: &Value, new: &Value, notes: &mut Notes) {
    let (olds, news) = (old.get("responses"), new.get("responses"));
    let answer =
        |answers: Option<&Value>, status: &str| answers.and_then(|a| a.get(status)).cloned();
    let success = |status: &str| status.starts_with('2');
    // A body of a kind that some success had already is no surprise.
    let known: BTreeSet<String> = entries(olds)
        .filter(|(status, _)| success(status))
        .map(|(_, a)| content(a).kind)
        .collect();
    let statuses = union(entries(olds).map(|(s, _)| s), entries(news).map(|(s, _)| s));
    for status in statuses {
        let word = if success(status) { "success" } else { "error" };
        match (answer(olds, status), answer(news, status)) {
            (None, Some(after)) => {
                let kind = content(&after).kind;
                let surprise = success(status) && !known.contains(&kind);
                notes.add(surprise, format!("{word} {status} added: {kind}"));
            }
            (Some(_), None) => notes.add(false, format!("{word} {status} removed")),
            (Some(before), Some(after)) => {
                let label = format!("the body of {word} {status}");
                contents(&label, &before, &after, Direction::RECEIVED, notes);
                headers(
                    &format!("{word} {status}"),
                    success(status),
                    &before,
                    &after,
                    notes,
                );
            }
            (None, None) => {}
        }
    }
}

fn headers(label: &str, success: bool, old: &Value, new: &Value, notes: &mut Notes) {
    let list = |answer: &Value| -> BTreeMap<String, (String, Value)> {
        let headers = entries(answer.get("headers"));
        headers
            .map(|(name, header)| (name.to_lowercase(), (name.clone(), header.clone())))
            .collect()
    };
    let (olds, news) = (list(old), list(new));
    for key in union(olds.keys(), news.keys()) {
        match (olds.get(key), news.get(key)) {
            (None, Some((name, _))) => {
                notes.add(false, format!("{label} has a new header `{name}`"));
            }
            (Some((name, _)), None) => notes.add(
                success,
                format!("{label} no longer has the header `{name}`"),
            ),
            (Some((spelling, before)), Some((name, after))) => {
                if spelling != name {
                    let what = format!("{label} spells the header `{name}` so, not `{spelling}`");
                    notes.add(false, what);
                }
                if let (Some(before), Some(after)) = (before.get("schema"), after.get("schema")) {
                    let label = format!("header `{name}` of {label}");
                    schemas::compare(&label, before, after, Direction::RECEIVED, notes);
                }
            }
            (None, None) => {}
        }
    }
}
