//! The viewer of the API reference: Swagger UI, as the crate `utoipa-swagger-ui-vendored` has it.

use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::sync::OnceLock;

use axum::http::header::{CACHE_CONTROL, HeaderValue};
use bytes::Bytes;
use harvest_openapi::extension;
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
use zip::ZipArchive;

use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::refusal::{Refusal, broken};

/// A file of the viewer by its name.
pub(super) fn file(name: &str) -> Outcome {
    static STYLE: OnceLock<Bytes> = OnceLock::new();
    static SCRIPT: OnceLock<Bytes> = OnceLock::new();
    let (media_type, kept) = match name {
        "swagger-ui.css" => ("text/css; charset=utf-8", &STYLE),
        "swagger-ui-bundle.js" => ("text/javascript; charset=utf-8", &SCRIPT),
        _ => return Err(Refusal::not_found()),
    };
    let text = if let Some(text) = kept.get() {
        text.clone()
    } else {
        let text = unpacked(name).map_err(|error| broken(format!("the viewer: {error}")))?;
        kept.get_or_init(|| text.into()).clone()
    };
    // It is large, and changes with the sandbox only.
    let day = HeaderValue::from_static("max-age=86400");
    let media_type = HeaderValue::from_static(media_type);
    Ok(Reply::shared(media_type, text).with_header(CACHE_CONTROL, day))
}

fn unpacked(name: &str) -> zip::result::ZipResult<String> {
    let mut archive = ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED))?;
    // The archive is of the whole repository, below a folder that names the version.
    let suffix = format!("/dist/{name}");
    let path = archive
        .file_names()
        .filter_map(Result::ok)
        .find(|path| path.ends_with(&suffix))
        .map(Cow::into_owned)
        .ok_or(zip::result::ZipError::FileNotFound)?;
    let mut text = String::new();
    archive.by_name(&path)?.read_to_string(&mut text)?;
    Ok(text)
}

/// The description with this sandbox in the place of the service. What needs not be sent has no example, since the viewer
/// would fill it in: a first try of a list should not ask for records of one day in January.
pub(super) fn description(json: &str) -> Outcome<Value> {
    let mut description: Value =
        serde_json::from_str(json).map_err(|_| broken("the description is no JSON"))?;
    description["servers"] = json!([{"url": "/", "description": "This sandbox"}]);
    without_optional_examples(&mut description);
    with_what_is_asked(&mut description);
    Ok(description)
}

/// Puts the permission or the scope that an operation asks for in front of its description, where the viewer shows it.
fn with_what_is_asked(description: &mut Value) {
    let Some(Value::Object(paths)) = description
        .as_object_mut()
        .and_then(|it| it.get_mut("paths"))
    else {
        return;
    };
    let operations = paths.values_mut().filter_map(Value::as_object_mut);
    for operation in operations.flat_map(|item| item.values_mut()) {
        let Some(asked) = asked(operation) else {
            continue;
        };
        let text = operation["description"].as_str().unwrap_or_default();
        operation["description"] = format!("{asked}\n\n{text}").into();
    }
}

/// The permission or scope that an operation asks for, in Markdown.
fn asked(operation: &Value) -> Option<String> {
    if let Some(permission) = operation[extension::PERMISSION].as_str() {
        return Some(format!("**Permission:** `{permission}`"));
    }
    let requirements = operation["security"].as_array()?.iter();
    let objects = requirements.filter_map(Value::as_object);
    let scopes = objects
        .flat_map(|it| it.values())
        .filter_map(Value::as_array);
    let scope = scopes.flatten().find_map(Value::as_str)?;
    Some(format!("**Scope:** `{scope}`"))
}

fn without_optional_examples(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_optional_examples),
        Value::Object(fields) => {
            let is_parameter = matches!(
                fields.get("in").and_then(Value::as_str),
                Some("query" | "header")
            );
            if is_parameter && fields.get("required") != Some(&Value::Bool(true)) {
                fields.shift_remove("example");
                fields.shift_remove("examples");
            }
            fields.values_mut().for_each(without_optional_examples);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_there() {
        for name in ["swagger-ui.css", "swagger-ui-bundle.js"] {
            assert!(file(name).unwrap().body.len() > 100_000, "{name}");
        }
        for name in ["", "..", "index.html", "package.json", "../README.md"] {
            assert!(file(name).is_err(), "{name}");
        }
    }

    #[test]
    fn operations_say_what_they_ask_for() {
        for (version, count) in [("v1", extension::PERMISSION), ("v3", "oauth2")] {
            let document = harvest_spec::document(version).unwrap();
            let asking = document.json.matches(&format!("\"{count}\":")).count();
            let shown = description(document.json).unwrap();
            let shown = shown.to_string();
            let said = shown.matches("\"**Permission:** `").count()
                + shown.matches("\"**Scope:** `").count();
            assert!(
                said > 100 && said <= asking,
                "{version}: {said} of {asking}"
            );
        }
    }

    #[test]
    fn optional_parameters_start_empty() {
        let parameters = json!([
            {"name": "after", "in": "query", "example": 1, "schema": {}},
            {"name": "On-Behalf-Of", "in": "header", "required": true, "example": 2},
            {"name": "id", "in": "path", "required": true, "example": 3},
        ]);
        let mut description = json!({"paths": {"/a": {"get": {"parameters": parameters}}}});
        without_optional_examples(&mut description);
        let parameters = &description["paths"]["/a"]["get"]["parameters"];
        assert_eq!(
            parameters[0],
            json!({"name": "after", "in": "query", "schema": {}})
        );
        assert_eq!(
            (&parameters[1]["example"], &parameters[2]["example"]),
            (&json!(2), &json!(3))
        );
    }
}
