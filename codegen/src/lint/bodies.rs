//! Rules about request bodies and answers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::view::{Operation, View, entries, items, text};
use super::{Findings, marks, parameters};
use crate::conventions::Media;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const TEXT: &str = "text/plain";
/// What a request body is called in messages.
const REQUEST: &str = "request body";

pub(super) fn check(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    request(view, operation, out);
    answers(view, operation, out);
}

/// Whether the success of an operation is an array, described in place: a component would be a type of its own.
pub(super) fn answers_array(view: &View<'_>, operation: &Operation<'_>) -> bool {
    let schemas: Vec<_> = success_schemas(view, operation).collect();
    matches!(schemas[..], [schema] if schema.get("type").and_then(Value::as_str) == Some("array"))
}

/// The component that every success of an operation is, if they are one.
pub(super) fn only_success<'a>(view: &View<'a>, operation: &Operation<'a>) -> Option<&'a Value> {
    let mut schemas: Vec<_> = success_schemas(view, operation).collect();
    let none_is_empty = schemas.len() == successes(view, operation).count();
    schemas.dedup();
    match schemas[..] {
        [schema] if none_is_empty && View::schema_name(schema).is_some() => {
            Some(view.resolve(schema, "").0)
        }
        _ => None,
    }
}

/// The records that an operation reads, if it reads one: each form of its success that is an object, or a list of
/// such.
pub(super) fn read_records<'a>(view: &View<'a>, operation: &Operation<'a>) -> Vec<&'a Value> {
    let mut open: Vec<_> = success_schemas(view, operation).collect();
    let mut records = Vec::new();
    // A union of an object and a list of that is as deep as it gets.
    for _ in 0..3 {
        for schema in std::mem::take(&mut open) {
            let (schema, _) = view.resolve(schema, "");
            open.extend(schema.get("items"));
            open.extend(items(schema.get("oneOf")));
            if schema.get("properties").is_some() {
                records.push(schema);
            }
        }
    }
    records
}

/// Whether the successes of an operation hold different things, so that its answer is a type of its own.
pub(super) fn differ_by_status(view: &View<'_>, operation: &Operation<'_>) -> bool {
    let schemas: Vec<_> = success_schemas(view, operation).collect();
    schemas.windows(2).any(|two| two[0] != two[1])
}

fn success_schemas<'a>(
    view: &View<'a>,
    operation: &Operation<'a>,
) -> impl Iterator<Item = &'a Value> {
    successes(view, operation)
        .filter_map(|(_, answer, _)| answer.pointer("/content/application~1json/schema"))
}

fn successes<'a>(
    view: &View<'a>,
    operation: &Operation<'a>,
) -> impl Iterator<Item = (&'a String, &'a Value, String)> {
    let base = format!("{}/responses", operation.pointer);
    entries(operation.value.get("responses"))
        .filter(|(status, _)| status.starts_with('2'))
        .map(|(status, value)| {
            let (value, pointer) = view.resolve(value, &format!("{base}/{status}"));
            (status, value, pointer)
        })
        .collect::<Vec<_>>()
        .into_iter()
}

fn request(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    let Some(raw) = operation.value.get("requestBody") else {
        return;
    };
    let (body, pointer) = view.resolve(raw, &format!("{}/requestBody", operation.pointer));
    if operation.method == "get" {
        out.add(
            &pointer,
            "request-body",
            "a GET has a request body".to_owned(),
            "move it to the query; services refuse GETs with bodies",
        );
    }
    match body.get("required").and_then(Value::as_bool) {
        Some(true) => {}
        Some(false) if !view.conventions.client => {}
        Some(false) => out.add(
            &pointer,
            "request-body",
            "the request body is optional".to_owned(),
            "say `required: true`: the client always sends a body that is described",
        ),
        None => out.add(
            &pointer,
            "request-body",
            "nothing says whether the request body is required".to_owned(),
            "say `required: true`; where it may be left out, and the version has no client, \
             `required: false`",
        ),
    }
    content(view, body, &pointer, REQUEST, out);
}

fn answers(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    let base = format!("{}/responses", operation.pointer);
    let mut statuses = Vec::new();
    for (status, raw) in entries(operation.value.get("responses")) {
        statuses.push(status.as_str());
        let (answer, pointer) = view.resolve(raw, &format!("{base}/{status}"));
        let number: u16 = status.parse().unwrap_or_default();
        let redirects = (300..400).contains(&number);
        if !(200..600).contains(&number) || redirects && !view.conventions.redirects {
            out.add(
                &pointer,
                "status",
                format!("the answer `{status}` has no status of its own"),
                "name each status by its number; `default`, ranges and redirects say too little",
            );
        }
        if answer
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .is_empty()
        {
            out.add(
                &pointer,
                "words",
                format!("the answer {status} has no description"),
                "say what it means",
            );
        }
        if let Some(answer) = answer.as_object() {
            marks::confidence(answer, &pointer, out);
        }
        if [204, 205].contains(&number) && answer.get("content").is_some() {
            out.add(
                &pointer,
                "status",
                format!("an answer {status} has no body"),
                "remove `content`",
            );
        }
        if answer.get("content").is_some() {
            let what = format!("answer {status}");
            if view.conventions.plain_text.contains(&number) {
                plain_text(answer, &pointer, &what, out);
            } else {
                content(view, answer, &pointer, &what, out);
            }
        }
    }
    // A redirect is as good: other rules say whether there may be one.
    if !statuses.iter().any(|s| s.starts_with(['2', '3'])) {
        out.add(
            &base,
            "status",
            "no success is described".to_owned(),
            "add the documented 2xx answers",
        );
    }
    let differ = differ_by_status(view, operation);
    if differ && success_schemas(view, operation).any(|s| View::schema_name(s).is_none()) {
        out.add(
            &base,
            "status",
            "the successes differ, and not each is a component".to_owned(),
            "make each a component: it becomes a variant of the answer, and needs a name",
        );
    }
    for status in wanted(view, operation) {
        let status = status.to_string();
        if !statuses.contains(&status.as_str()) {
            out.add(
                &base,
                "errors",
                format!("the error answer {status} is not described"),
                "refer to the shared response",
            );
        }
    }
}

/// The errors that an operation has to describe by the conventions of the version.
fn wanted(view: &View<'_>, operation: &Operation<'_>) -> BTreeSet<u16> {
    let errors = &view.conventions.errors;
    let acts = parameters::acting_user(view, operation).is_some();
    let groups = [
        (&errors.every, true),
        (&errors.change, operation.method != "get"),
        (&errors.path, operation.path.contains('{')),
        (&errors.query, parameters::takes_query(view, operation)),
        (&errors.acting_user, acts),
        (&errors.job, operation.starts_job()),
    ];
    let groups = groups.into_iter().filter(|(_, applies)| *applies);
    groups.flat_map(|(statuses, _)| statuses).copied().collect()
}

/// A body that is a plain text: it has no structure that a component could name.
fn plain_text(answer: &Value, pointer: &str, what: &str, out: &mut Findings<'_>) {
    let types: Vec<_> = entries(answer.get("content")).collect();
    let is_text = matches!(types[..], [(media, body)] if media == TEXT
        && body.pointer("/schema/type").and_then(Value::as_str) == Some("string")
        && body.get("example").is_some_and(Value::is_string));
    if !is_text {
        out.add(
            pointer,
            "media-type",
            format!("the {what} is not a plain text with an example"),
            "describe it as text/plain, with the schema `type: string` and an example; or take the \
             status out of `plain-text` in x-harvest-conventions",
        );
    }
}

/// A body: one media type, JSON, a schema that is a component or an array of one, and examples.
fn content(view: &View<'_>, holder: &Value, pointer: &str, what: &str, out: &mut Findings<'_>) {
    let types: Vec<_> = entries(holder.get("content")).collect();
    let [(media, body)] = types[..] else {
        out.add(
            pointer,
            "media-type",
            format!("the {what} has {} media types", types.len()),
            "describe exactly one, application/json",
        );
        return;
    };
    let requests = &view.conventions.requests;
    let is_known = match media.as_str() {
        JSON => what != REQUEST || requests.contains(&Media::Json),
        FORM => what == REQUEST && requests.contains(&Media::Form),
        _ => false,
    };
    if !is_known {
        out.add(
            pointer,
            "media-type",
            format!("the {what} is {media}"),
            "describe it as application/json, which is all that is understood unless \
             x-harvest-conventions says more",
        );
    }
    let Some(schema) = body.get("schema") else {
        out.add(
            pointer,
            "media-type",
            format!("the {what} has no schema"),
            "describe it; a body of any shape is a component without a type",
        );
        return;
    };
    // What is sent is an argument, and needs a type with a name.
    let item = schema.get("items").filter(|_| what != REQUEST);
    let named =
        View::schema_name(schema).is_some() || item.is_some_and(|i| View::schema_name(i).is_some());
    if !named {
        out.add(
            &format!("{pointer}/content/application~1json/schema"),
            "inline",
            format!("the {what} has an inline schema"),
            "make it a component; only an array of a component may be inline, and only in an \
             answer",
        );
    }
    let single = body.get("example").is_some();
    let several = entries(body.get("examples")).count();
    if !single && several == 0 {
        out.add(
            pointer,
            "example",
            format!("the {what} has no example"),
            "add one of our own: the sandbox answers with it and tests check it",
        );
    }
    for (name, example) in entries(body.get("examples")) {
        let (example, at) = view.resolve(example, pointer);
        if example
            .as_object()
            .is_none_or(|e| !e.contains_key("value") || !text(e, "$ref").is_empty())
        {
            out.add(
                &at,
                "example",
                format!("the example {name} has no value"),
                "put it under `value`",
            );
        }
    }
}
