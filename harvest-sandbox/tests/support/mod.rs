//! A client that knows no more than the document: it sends the documented examples.

#![allow(
    dead_code,
    reason = "each test file is a crate of its own, and uses what it needs"
)]

pub mod ordered;

use std::time::{Duration, SystemTime};

use harvest_openapi::Document;
use harvest_sandbox::{Builder, Sandbox};
use ordered::Ordered;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

/// Up to when things have happened in an organization that is the same on every day: 2026-06-02.
const PRESENT: Duration = Duration::from_secs(1_780_358_400);

/// A sandbox whose records do not depend on the day of the test.
pub fn builder() -> Builder {
    Sandbox::builder().now(SystemTime::UNIX_EPOCH + PRESENT)
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.unwrap(),
    }
}

/// A request with the key, or with a token where the version takes one.
pub fn request(client: &Client, sandbox: &Sandbox, method: &str, path: &str) -> RequestBuilder {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = client.request(method, format!("{}{path}", sandbox.url()));
    if path.starts_with("/v3") {
        let token = sandbox.access_token(None);
        // Of a sandbox of examples, the key is the token.
        request.bearer_auth(token.unwrap_or_else(|_| sandbox.key().to_owned()))
    } else {
        request.basic_auth(sandbox.key(), Some(""))
    }
}

/// A request with the key and with a body.
pub fn with_body(request: RequestBuilder, body: impl Into<String>) -> RequestBuilder {
    request
        .header("content-type", "application/json")
        .body(body.into())
}

pub async fn get(sandbox: &Sandbox, path: &str) -> Answer {
    send(request(&Client::new(), sandbox, "GET", path)).await
}

/// Operations of v1 without a handler so far: the sandbox answers them from their examples, and no test expects them to
/// change or show records.
pub const FROM_EXAMPLES: &[&str] = &[];

/// The permissions that the operations of a document name.
pub fn permissions(json: &str) -> std::collections::BTreeSet<String> {
    let root: Value = serde_json::from_str(json).unwrap();
    Document::new(&root)
        .operations()
        .filter_map(|operation| operation.value["x-harvest-permission"].as_str())
        .map(str::to_owned)
        .collect()
}

/// An operation as the document shows it.
pub struct Documented {
    pub id: String,
    pub method: String,
    /// With the examples of its parameters, and with the required ones in the query.
    pub url: String,
    pub acting_user_required: bool,
    /// Whether it needs a key.
    pub secured: bool,
    pub bodies: Vec<Ordered>,
    pub body_required: bool,
    /// The statuses of its successes, lowest first, with the first example of each.
    pub successes: Vec<(u16, Option<Ordered>)>,
    /// The statuses of its refusals.
    pub refusals: Vec<u16>,
    /// What is answered without a key, if that is described.
    pub unauthorized: Option<Value>,
    /// Whether the document says that other parameters in the query are refused.
    pub closed_query: bool,
    /// The examples of the parameters that the query can have.
    pub query: Vec<(String, Value)>,
    pub pagination: String,
}

/// Every operation of a document.
pub fn operations(json: &str) -> Vec<Documented> {
    let root: Value = serde_json::from_str(json).unwrap();
    let ordered: Ordered = serde_json::from_str(json).unwrap();
    Document::new(&root)
        .operations()
        .map(|it| read(&root, &ordered, (it.path, it.method), it.value))
        .collect()
}

fn read(
    root: &Value,
    ordered: &Ordered,
    (path, method): (&str, &str),
    operation: &Value,
) -> Documented {
    let examples = |of: &[&str]| {
        let content = ["content", "application/json"];
        let steps = [&["paths", path, method], of, &content].concat();
        ordered
            .at(&steps)
            .map(Ordered::examples)
            .unwrap_or_default()
    };
    let mut url = path.to_owned();
    let mut query = Vec::new();
    let mut in_query = Vec::new();
    let mut acting_user_required = false;
    for parameter in Document::new(root).parameters(operation) {
        let name = parameter["name"].as_str().unwrap();
        let example = example(root, parameter);
        if parameter["in"] == "query" {
            in_query.push((name.to_owned(), example.clone()));
        }
        match parameter["in"].as_str().unwrap() {
            "path" => url = url.replace(&format!("{{{name}}}"), &text(&example)),
            "query" if parameter["required"] == true => {
                query.push(format!("{name}={}", text(&example)));
            }
            "header" if parameter["required"] == true => acting_user_required = true,
            _ => {}
        }
    }
    if !query.is_empty() {
        url = format!("{url}?{}", query.join("&"));
    }
    let body = resolve(root, &operation["requestBody"]);
    let responses = operation["responses"].as_object().unwrap();
    let refusals = responses.keys().filter(|code| !code.starts_with('2'));
    let unauthorized = responses.get("401").map(|answer| resolve(root, answer));
    let mut successes: Vec<_> = operation["responses"]
        .as_object()
        .unwrap()
        .keys()
        .filter(|code| code.starts_with('2'))
        .map(|code| {
            let examples = examples(&["responses", code]);
            (code.parse().unwrap(), examples.into_iter().next())
        })
        .collect();
    successes.sort_by_key(|(code, _)| *code);
    Documented {
        refusals: refusals.map(|code| code.parse().unwrap()).collect(),
        unauthorized: unauthorized
            .and_then(|answer| answer.pointer("/content/application~1json/example"))
            .cloned(),
        closed_query: root["x-harvest-closed-query"] == true,
        query: in_query,
        id: operation["operationId"].as_str().unwrap_or(path).to_owned(),
        method: method.to_uppercase(),
        url,
        acting_user_required,
        secured: operation
            .get("security")
            .or_else(|| root.get("security"))
            .is_some_and(|s| s != &Value::Array(vec![])),
        bodies: examples(&["requestBody"]),
        body_required: body["required"] == true,
        successes,
        pagination: operation["x-harvest-pagination"]
            .as_str()
            .unwrap_or("none")
            .to_owned(),
    }
}

impl Documented {
    /// The status to expect, and the body.
    pub fn success(&self) -> &(u16, Option<Ordered>) {
        self.successes
            .iter()
            .find(|(_, example)| example.is_some())
            .unwrap_or(&self.successes[0])
    }

    /// As documented, but for the body.
    pub fn request(&self, client: &Client, sandbox: &Sandbox) -> RequestBuilder {
        let request = request(client, sandbox, &self.method, &self.url);
        if self.acting_user_required {
            request.header("On-Behalf-Of", sandbox.user_id())
        } else {
            request
        }
    }
}

fn resolve<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    Document::new(root).resolve(value)
}

fn example(root: &Value, parameter: &Value) -> Value {
    let schema = resolve(root, &parameter["schema"]);
    parameter
        .get("example")
        .or_else(|| schema.get("example"))
        .or_else(|| schema["enum"].get(0))
        .cloned()
        .unwrap_or_else(|| 1.into())
}

/// As it goes into a URL; the examples hold nothing else that would have to be encoded.
pub fn text(example: &Value) -> String {
    match example {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        // A range.
        Value::Object(comparisons) => {
            let comparisons = comparisons.iter();
            let joined = comparisons.map(|(name, value)| format!("{name}%7C{}", text(value)));
            joined.collect::<Vec<_>>().join("%7C")
        }
        other => other.to_string(),
    }
}

/// Takes out the links to files, which are signed again each time.
pub fn drop_links(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, it| it.as_str().is_none_or(|text| !text.contains("/_files/")));
            fields.values_mut().for_each(drop_links);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_links),
        _ => {}
    }
}
