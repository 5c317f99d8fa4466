//! Rules about parameters.

use std::collections::BTreeSet;

use harvest_openapi::extension;
use serde_json::Value;

use super::view::{Operation, View, items, text};
use super::{Findings, marks, names, paths, ranges, schemas};
use crate::conventions::ActingUser;
use crate::names as rust;

const EXTENSIONS: [&str; 5] = [
    extension::ACTING_USER,
    extension::DOCUMENTED_NAME,
    extension::ALONE,
    extension::SPLIT,
    extension::CONFIDENCE,
];
/// What every request builder has, and what the code of an operation calls other things.
const RESERVED: [&str; 8] = [
    "send",
    "send_and_wait",
    "wait_until_ready",
    "pages",
    "items",
    "request",
    "body",
    "with_options",
];

/// Headers that the client, or the library that it sends with, sets automatically.
const OWN_HEADERS: [&str; 10] = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// The acting user's header of an operation: its name, and whether it is required.
pub(super) fn acting_user<'a>(
    view: &View<'a>,
    operation: &Operation<'a>,
) -> Option<(&'a str, bool)> {
    items(operation.value.get("parameters"))
        .iter()
        .map(|p| view.resolve(p, "").0)
        .find(|parameter| parameter.get(extension::ACTING_USER) == Some(&Value::Bool(true)))
        .map(|parameter| {
            let name = parameter.get("name").and_then(Value::as_str);
            let is_required = parameter.get("required") == Some(&Value::Bool(true));
            (name.unwrap_or_default(), is_required)
        })
}

/// Whether anything can be asked for that may be refused.
pub(super) fn takes_query(view: &View<'_>, operation: &Operation<'_>) -> bool {
    items(operation.value.get("parameters")).iter().any(|raw| {
        let (parameter, _) = view.resolve(raw, "");
        parameter.get("in").is_some_and(|place| place == "query")
    })
}

pub(super) fn check(
    view: &View<'_>,
    operation: &Operation<'_>,
    acting: Option<&str>,
    out: &mut Findings<'_>,
) {
    let mut known = BTreeSet::new();
    let mut in_path = BTreeSet::new();
    for (index, raw) in items(operation.value.get("parameters")).iter().enumerate() {
        let (value, pointer) =
            view.resolve(raw, &format!("{}/parameters/{index}", operation.pointer));
        let Some(parameter) = value.as_object() else {
            continue;
        };
        let name = text(parameter, "name");
        let location = text(parameter, "in");
        let shown = parameter
            .get(extension::DOCUMENTED_NAME)
            .map_or(name, |n| n.as_str().unwrap_or_default());
        let ident = rust::field(shown);
        if !names::is_ascii(shown) || RESERVED.contains(&&*ident) {
            out.add(
                &pointer,
                "parameter",
                format!("`{shown}` cannot be the name of a method or an argument"),
                format!(
                    "names are of ASCII letters and digits, and none of {}",
                    RESERVED.join(", ")
                ),
            );
        }
        if !known.insert(ident) {
            out.add(
                &pointer,
                "parameter",
                format!(
                    "another parameter is called {name}, wherever it goes and however it is written"
                ),
                "remove one",
            );
        }
        if location == "path" {
            in_path.insert(name.to_owned());
            if parameter.get("required") != Some(&Value::Bool(true)) {
                out.add(
                    &pointer,
                    "parameter",
                    format!("the path parameter {name} is optional"),
                    "add `required: true`: a path without it is another path",
                );
            }
        }
        for key in ["description", "example", "schema"] {
            if parameter.get(key).is_none() {
                out.add(
                    &pointer,
                    "parameter",
                    format!("the parameter {name} has no {key}"),
                    if key == "schema" {
                        "describe it by a schema; `content` is not understood".to_owned()
                    } else {
                        format!("add one: `{key}` is shown to people and used by tests")
                    },
                );
            }
        }
        if parameter.get("deprecated").is_some() || parameter.get("content").is_some() {
            out.add(
                &pointer,
                "parameter",
                format!("the parameter {name} has `content` or `deprecated`"),
                "describe it by a schema; say in the description if it is better left out",
            );
        }
        shape(view, parameter, &pointer, out);
        values(view, parameter, shown, &pointer, out);
        for (key, _) in parameter.iter().filter(|(k, _)| k.starts_with("x-harvest")) {
            if !EXTENSIONS.contains(&key.as_str()) {
                out.add(
                    &format!("{pointer}/{key}"),
                    "extension",
                    format!("{key} means nothing on a parameter"),
                    format!("parameters may have {}", EXTENSIONS.join(", ")),
                );
            }
        }
        marks::confidence(parameter, &pointer, out);
        if parameter.contains_key(extension::ACTING_USER) && location != "header" {
            out.add(
                &pointer,
                "acting-user",
                "the acting user is not a header".to_owned(),
                "x-harvest-acting-user belongs on a header parameter",
            );
        }
        let by_header = view.conventions.acting_user == ActingUser::Header;
        if parameter.contains_key(extension::ACTING_USER) && !by_header {
            out.add(
                &pointer,
                "acting-user",
                "a parameter names the acting user, whom the token names".to_owned(),
                "remove it, or write `acting-user: header` in x-harvest-conventions",
            );
        }
        alone(operation, parameter, &pointer, out);
        if parameter.get(extension::DOCUMENTED_NAME).is_some() && location != "path" {
            out.add(
                &pointer,
                "extension",
                "x-harvest-documented-name is not on a path parameter".to_owned(),
                "only path parameters can need another name",
            );
        }
    }
    split(view, operation, out);
    let template: BTreeSet<String> = paths::placeholders(operation.path);
    if template != in_path {
        out.add(
            &operation.pointer,
            "path",
            format!(
                "the path {} and its parameters {in_path:?} do not agree",
                operation.path
            ),
            "describe each {name} of the path as a path parameter, and nothing else",
        );
    }
    if let Some(acting) = acting {
        let found = acting_user(view, operation);
        if found != Some((acting, operation.method != "get")) {
            out.add(
                &operation.pointer,
                "acting-user",
                format!(
                    "the acting user's header {acting} is missing, or called otherwise, or \
                     required where it shouldn't be, or the other way round"
                ),
                "refer to the required header on everything that isn't a GET, and to the optional \
                 one on each GET",
            );
        }
    }
}

fn shape(
    view: &View<'_>,
    parameter: &serde_json::Map<String, Value>,
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let name = text(parameter, "name");
    let location = text(parameter, "in");
    let empty = Value::Null;
    let (schema, _) = view.resolve(parameter.get("schema").unwrap_or(&empty), pointer);
    let kind = schema
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let array = kind == "array";
    if !["path", "query", "header"].contains(&location) {
        out.add(
            pointer,
            "parameter",
            format!("the parameter {name} is in `{location}`"),
            "only path, query and header are understood",
        );
    }
    if array && location != "query" {
        out.add(
            pointer,
            "parameter",
            format!("the {location} parameter {name} is an array"),
            "only query parameters can be arrays",
        );
    }
    let style = text(parameter, "style");
    let usual = match location {
        "query" => "form",
        _ => "simple",
    };
    if style == ranges::STYLE {
        if !ranges::is_range(view, parameter) {
            out.add(
                pointer,
                "range",
                format!("the parameter {name} is no range that the client can write"),
                "describe a query parameter with `explode: false` that is an object of gte, gt, \
                 lte and lt, none of them required, all of format date-time or all of format date",
            );
        }
        return;
    }
    if !style.is_empty() && style != usual {
        out.add(
            pointer,
            "parameter",
            format!("the parameter {name} has the style {style}"),
            format!(
                "only {usual} is understood here, and {} for ranges",
                ranges::STYLE
            ),
        );
    }
    let item = schema.get("items").map(|i| view.resolve(i, pointer).0);
    let scalar = |v: &Value| {
        let kind = v.get("type").and_then(Value::as_str).unwrap_or_default();
        ["string", "integer", "number", "boolean"].contains(&kind)
    };
    if parameter.contains_key("schema") && !scalar(schema) && !(array && item.is_some_and(scalar)) {
        out.add(
            pointer,
            "parameter",
            format!("the parameter {name} is neither a scalar nor an array of scalars"),
            "such a parameter has no form in a URL that the client knows",
        );
    }
    let plain = |v: &Value| v.get(extension::ID).is_none() && v.get("enum").is_none();
    let referred = |v: Option<&Value>| v.is_some_and(|v| View::schema_name(v).is_some());
    if referred(parameter.get("schema")) && plain(schema)
        || referred(schema.get("items")) && item.is_some_and(plain)
    {
        out.add(
            pointer,
            "parameter",
            format!(
                "the parameter {name} refers to a schema that is neither an id nor an enumeration"
            ),
            "describe its schema in place: other components become types that have no form in a \
             URL",
        );
    }
    for inline in [
        parameter.get("schema"),
        parameter.get("schema").and_then(|s| s.get("items")),
    ]
    .into_iter()
    .flatten()
    {
        if inline.get("enum").is_some() {
            out.add(
                pointer,
                "inline",
                format!("the parameter {name} has an inline enumeration"),
                "make it a component, and refer to it",
            );
        }
    }
}

/// What the value of a parameter can be, beyond its form in a URL.
fn values(
    view: &View<'_>,
    parameter: &serde_json::Map<String, Value>,
    name: &str,
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let Some(schema) = parameter.get("schema") else {
        return;
    };
    let at = format!("{pointer}/schema");
    let (resolved, _) = view.resolve(schema, "");
    if schemas::is_plain_id(view, name, schema) {
        out.add(
            &at,
            "id",
            format!("{name} is a plain integer"),
            "refer to an id schema (x-harvest-id), so that ids of different kinds cannot be mixed \
             up",
        );
    }
    let nullable = |schema: &Value| schema.get("nullable") == Some(&Value::Bool(true));
    if nullable(resolved) || resolved.get("items").is_some_and(nullable) {
        out.add(
            &at,
            "parameter",
            format!("the parameter {name} may be null"),
            "take `nullable` out: a URL and a header have no null; what is optional can be left \
             out",
        );
    }
    let bound = |key| resolved.get(key).and_then(Value::as_i64);
    let int32 = resolved.get("format").and_then(Value::as_str) == Some("int32");
    let fits = |bound: i64| !int32 || i32::try_from(bound).is_ok();
    let (least, most) = (bound("minimum"), bound("maximum"));
    let is_empty = least.zip(most).is_some_and(|(least, most)| least > most);
    if is_empty || ![least, most].into_iter().flatten().all(fits) {
        out.add(
            &at,
            "parameter",
            format!("the bounds of {name} let nothing through, or are outside of its format"),
            "write a minimum that is at most the maximum, and both within the format",
        );
    }
    let acts = parameter.get(extension::ACTING_USER) == Some(&Value::Bool(true));
    if acts && resolved.get("type").and_then(Value::as_str) != Some("integer") {
        out.add(
            &at,
            "acting-user",
            "the acting user is no integer".to_owned(),
            "describe it as int64, or refer to the id of a user: the client keeps it as a number",
        );
    }
    let header = name.to_lowercase();
    if text(parameter, "in") == "header" && OWN_HEADERS.contains(&header.as_str()) {
        out.add(
            pointer,
            "parameter",
            format!("the header {name} is the client's own"),
            "leave it out: the client fills it in, and OpenAPI ignores most of these",
        );
    }
}

/// A cursor stands for all that was asked for first, and is sent without it.
fn alone(
    operation: &Operation<'_>,
    parameter: &serde_json::Map<String, Value>,
    pointer: &str,
    out: &mut Findings<'_>,
) {
    let Some(value) = parameter.get(extension::ALONE) else {
        return;
    };
    let is_cursor = text(operation.value, extension::PAGINATION) == "cursor";
    let required = parameter.get("required") == Some(&Value::Bool(true));
    if value != true || text(parameter, "in") != "query" || !is_cursor || required {
        out.add(
            &format!("{pointer}/{}", extension::ALONE),
            "alone",
            format!("{} means nothing here", extension::ALONE),
            "write `true`, on an optional query parameter of a list that is paged by cursor",
        );
    }
}

/// A list that is too long for one request can be taken apart where nothing but the list of answers grows by it.
fn split(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    let parameters = items(operation.value.get("parameters")).iter().enumerate();
    let split = parameters.filter_map(|(index, raw)| {
        let pointer = format!("{}/parameters/{index}", operation.pointer);
        let (parameter, pointer) = view.resolve(raw, &pointer);
        Some((parameter, parameter.get(extension::SPLIT)?, pointer))
    });
    let paged = text(operation.value, extension::PAGINATION) != "none";
    for (number, (parameter, value, pointer)) in split.enumerate() {
        let (schema, _) = view.resolve(parameter.get("schema").unwrap_or(&Value::Null), "");
        let commas = parameter.get("explode") == Some(&Value::Bool(false));
        let bounded = schema.get("maxItems").is_some_and(Value::is_u64);
        if *value != Value::Bool(true) || number > 0 || !paged || !commas || !bounded {
            out.add(
                &format!("{pointer}/{}", extension::SPLIT),
                "split",
                "the client cannot take this apart".to_owned(),
                "write `true`, on one parameter of a paged list, that is an array with `maxItems` \
                 and `explode: false`",
            );
        }
    }
}
