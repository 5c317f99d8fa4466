//! Operations that the sandbox does not answer yet: it says so by 501, to a request that the description allows.

use std::collections::BTreeSet;

use harvest_openapi::{Document, extension};
use reqwest::StatusCode;
use serde_json::Value;

use super::Error;
use super::ids::{parameters, resolve};

/// A request that is made of the examples of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Example<'a> {
    /// In lower case.
    pub method: &'a str,
    /// With the query, if parameters of it are required.
    pub path: String,
    /// The header that names the acting user.
    pub acting_user: Option<&'a str>,
    /// A JSON body.
    pub body: Option<&'a Value>,
}

/// The ids of the operations that are not answered. `ask` sends a request, which may change records.
///
/// # Errors
///
/// Those of `ask`.
pub fn unanswered(
    document: &Value,
    mut ask: impl FnMut(&Example<'_>) -> Result<StatusCode, Error>,
) -> Result<BTreeSet<String>, Error> {
    let mut unanswered = BTreeSet::new();
    for operation in Document::new(document).operations() {
        let example = example(document, operation.method, operation.path, operation.value);
        if ask(&example)? == StatusCode::NOT_IMPLEMENTED
            && let Some(id) = operation.value["operationId"].as_str()
        {
            unanswered.insert(id.to_owned());
        }
    }
    Ok(unanswered)
}

fn example<'a>(
    document: &'a Value,
    method: &'a str,
    template: &str,
    operation: &'a Value,
) -> Example<'a> {
    let mut path = template.to_owned();
    let mut query = Vec::new();
    let mut acting_user = None;
    for parameter in parameters(document, operation) {
        let name = parameter["name"].as_str().unwrap_or_default();
        match parameter["in"].as_str() {
            Some("path") => {
                path = path.replace(&format!("{{{name}}}"), &written(document, parameter));
            }
            Some("query") if parameter["required"] == true => {
                query.push(format!("{name}={}", written(document, parameter)));
            }
            Some("header") if parameter[extension::ACTING_USER] == true => {
                acting_user = Some(name);
            }
            _ => {}
        }
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    let body = resolve(document, &operation["requestBody"]);
    let content = &body["content"]["application/json"];
    let named = content["examples"].as_object();
    let named = named.and_then(|examples| examples.values().next());
    let body = content.get("example");
    Example {
        method,
        path,
        acting_user,
        body: body.or_else(|| named.and_then(|example| example.get("value"))),
    }
}

/// The example of a parameter as it stands in a URL.
fn written(document: &Value, parameter: &Value) -> String {
    let schema = resolve(document, &parameter["schema"]);
    let places = [
        &parameter["example"],
        &schema["example"],
        &schema["enum"][0],
    ];
    match places.into_iter().find(|example| !example.is_null()) {
        Some(Value::String(text)) => text.clone(),
        Some(example) => example.to_string(),
        None => "1".to_owned(),
    }
}
