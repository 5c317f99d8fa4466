//! Rules about keys: each object of the document has the form that it should, and nothing in it would be ignored.

use harvest_openapi::extension;
use serde_json::Value;

use super::Findings;
use super::view::{self, View, entries, items};
use crate::load::escape;

/// An object of the document: its name, and the keys that mean something in it.
struct Form {
    name: &'static str,
    keys: &'static [&'static str],
    /// Whether keys of ours can stand in it, which another rule looks at.
    extended: bool,
}

const ROOT: Form = Form {
    name: "the document",
    keys: &[
        "openapi",
        "info",
        "servers",
        "tags",
        "paths",
        "components",
        "security",
        "externalDocs",
        extension::CONVENTIONS,
        extension::CLOSED_QUERY,
    ],
    extended: false,
};
const INFO: Form = Form {
    name: "`info`",
    keys: &[
        "title",
        "version",
        "description",
        "license",
        "contact",
        "termsOfService",
    ],
    extended: false,
};
const SERVER: Form = Form {
    name: "a server",
    keys: &["url", "description"],
    extended: false,
};
const TAG: Form = Form {
    name: "a tag",
    keys: &["name", "description", "externalDocs"],
    extended: false,
};
const COMPONENTS: Form = Form {
    name: "`components`",
    keys: &[
        "schemas",
        "responses",
        "parameters",
        "examples",
        "requestBodies",
        "headers",
        "securitySchemes",
    ],
    extended: false,
};
const OPERATION: Form = Form {
    name: "an operation",
    keys: OPERATION_WITH_SERVERS.keys.split_at(1).1,
    extended: true,
};
const OPERATION_WITH_SERVERS: Form = Form {
    name: "an operation",
    keys: &[
        "servers",
        "operationId",
        "tags",
        "summary",
        "description",
        "externalDocs",
        "security",
        "deprecated",
        "parameters",
        "requestBody",
        "responses",
    ],
    extended: true,
};
const PARAMETER: Form = Form {
    name: "a parameter",
    keys: &[
        "name",
        "in",
        "description",
        "required",
        "schema",
        "example",
        "examples",
        "style",
        "explode",
        // Another rule says why they are refused.
        "content",
        "deprecated",
    ],
    extended: true,
};
const REQUEST: Form = Form {
    name: "a request body",
    keys: &["description", "content", "required"],
    extended: false,
};
const RESPONSE: Form = Form {
    name: "an answer",
    keys: &["description", "headers", "content", extension::CONFIDENCE],
    extended: false,
};
const HEADER: Form = Form {
    name: "a header",
    keys: &["description", "required", "schema", "example", "examples"],
    extended: false,
};
const MEDIA: Form = Form {
    name: "a body",
    keys: &["schema", "example", "examples"],
    extended: false,
};
const EXAMPLE: Form = Form {
    name: "an example",
    keys: &["summary", "description", "value"],
    extended: false,
};

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    let root = view.document;
    ROOT.check(root, "", out);
    if let Some(info) = root.get("info") {
        INFO.check(info, "/info", out);
    }
    list(root, "/servers", &SERVER, out);
    list(root, "/tags", &TAG, out);
    if let Some(components) = root.get("components") {
        COMPONENTS.check(components, "/components", out);
    }
    for (path, item) in entries(root.get("paths")) {
        let at = format!("/paths/{}", escape(path));
        for (method, operation) in entries(Some(item)) {
            if view::METHODS.contains(&method.as_str()) {
                self::operation(view, operation, &format!("{at}/{method}"), out);
            }
        }
    }
    let component = |kind: &str| {
        let at = format!("/components/{kind}");
        entries(root.pointer(&at))
            .map(|(name, value)| (format!("{at}/{}", escape(name)), value))
            .collect::<Vec<_>>()
    };
    for (at, value) in component("parameters") {
        parameter(value, &at, out);
    }
    for (at, value) in component("requestBodies") {
        request(value, &at, out);
    }
    for (at, value) in component("responses") {
        response(value, &at, out);
    }
    for (at, value) in component("headers") {
        header(value, &at, out);
    }
    for (at, value) in component("examples") {
        EXAMPLE.check(value, &at, out);
    }
}

fn operation(view: &View<'_>, value: &Value, at: &str, out: &mut Findings<'_>) {
    // The key means something where the conventions say so.
    let form = if view.conventions.servers {
        &OPERATION_WITH_SERVERS
    } else {
        &OPERATION
    };
    if !form.check(value, at, out) {
        return;
    }
    list(view.document, &format!("{at}/servers"), &SERVER, out);
    list(view.document, &format!("{at}/parameters"), &PARAMETER, out);
    for (index, value) in items(value.get("parameters")).iter().enumerate() {
        examples(value, &format!("{at}/parameters/{index}"), out);
    }
    if let Some(body) = value.get("requestBody") {
        request(body, &format!("{at}/requestBody"), out);
    }
    let at = format!("{at}/responses");
    for (status, answer) in map(value.get("responses"), &at, out) {
        response(answer, &format!("{at}/{}", escape(status)), out);
    }
}

fn parameter(value: &Value, at: &str, out: &mut Findings<'_>) {
    if PARAMETER.check(value, at, out) {
        examples(value, at, out);
    }
}

fn request(value: &Value, at: &str, out: &mut Findings<'_>) {
    if REQUEST.check(value, at, out) {
        content(value, at, out);
    }
}

fn response(value: &Value, at: &str, out: &mut Findings<'_>) {
    if RESPONSE.check(value, at, out) {
        content(value, at, out);
        let at = format!("{at}/headers");
        for (name, value) in map(value.get("headers"), &at, out) {
            header(value, &format!("{at}/{}", escape(name)), out);
        }
    }
}

fn header(value: &Value, at: &str, out: &mut Findings<'_>) {
    if HEADER.check(value, at, out) {
        examples(value, at, out);
    }
}

fn content(holder: &Value, at: &str, out: &mut Findings<'_>) {
    let at = format!("{at}/content");
    for (media, body) in map(holder.get("content"), &at, out) {
        let at = format!("{at}/{}", escape(media));
        if MEDIA.check(body, &at, out) {
            examples(body, &at, out);
        }
    }
}

fn examples(holder: &Value, at: &str, out: &mut Findings<'_>) {
    let at = format!("{at}/examples");
    for (name, example) in map(holder.get("examples"), &at, out) {
        EXAMPLE.check(example, &format!("{at}/{}", escape(name)), out);
    }
}

/// The entries of an object, which has to be one if it is there.
fn map<'a>(
    value: Option<&'a Value>,
    at: &str,
    out: &mut Findings<'_>,
) -> Vec<(&'a String, &'a Value)> {
    if value.is_some_and(|value| !value.is_object()) {
        shape(at, "a map of names", out);
    }
    entries(value).collect()
}

/// The items of a list, which has to be one if it is there.
fn list(root: &Value, at: &str, form: &Form, out: &mut Findings<'_>) {
    let value = root.pointer(at);
    if value.is_some_and(|value| !value.is_array()) {
        shape(at, "a list", out);
    }
    for (index, item) in items(value).iter().enumerate() {
        form.check(item, &format!("{at}/{index}"), out);
    }
}

fn shape(at: &str, what: &str, out: &mut Findings<'_>) {
    out.add(
        at,
        "shape",
        format!("this should be {what}"),
        "compare with another one, or with the OpenAPI 3.0.3 specification",
    );
}

impl Form {
    /// Checks an object, and returns whether it is one.
    fn check(&self, value: &Value, at: &str, out: &mut Findings<'_>) -> bool {
        let Some(map) = value.as_object().filter(|map| !map.is_empty()) else {
            shape(at, &format!("{}, with keys and values", self.name), out);
            return false;
        };
        if map.contains_key("$ref") {
            return false;
        }
        for key in map.keys() {
            // Others may have extensions, for tools of theirs. Ours stand where they mean something.
            let ours = key.starts_with("x-harvest");
            let extension = key.starts_with("x-") && (self.extended || !ours);
            if !extension && !self.keys.contains(&key.as_str()) {
                out.add(
                    &format!("{at}/{}", escape(key)),
                    "key",
                    format!("`{key}` means nothing in {}", self.name),
                    format!("it would be ignored; known are {}", self.keys.join(", ")),
                );
            }
        }
        true
    }
}
