//! The published description, as these tests read it: plain JSON, without the generator's help.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The document of v1.
pub static V1: LazyLock<Description> = LazyLock::new(|| {
    let json = harvest_spec::document("v1").expect("v1 is embedded").json;
    Description {
        root: serde_json::from_str(json).expect("the document is JSON"),
    }
});

pub struct Description {
    pub root: Value,
}

/// One operation, its references resolved one step.
pub struct Operation {
    pub id: &'static str,
    pub method: String,
    pub path: &'static str,
    pub value: &'static Value,
    pub parameters: Vec<Parameter>,
    pub requests: Vec<Example>,
    pub answers: Vec<Answer>,
}

pub struct Parameter {
    /// `path`, `query` or `header`.
    pub place: &'static str,
    /// The name in the document, which for a path is the one in the template.
    pub name: &'static str,
    /// The name in the documentation, which is the one in Rust.
    pub documented_name: &'static str,
    pub required: bool,
    pub schema: &'static Value,
    pub example: &'static Value,
}

/// What is documented of one status.
pub struct Answer {
    pub status: u16,
    pub has_body: bool,
    pub examples: Vec<Example>,
}

#[derive(Clone)]
pub struct Example {
    /// Of one among several.
    pub name: Option<&'static str>,
    pub value: &'static Value,
    pub schema: &'static Value,
    /// Where it is, for messages.
    pub place: String,
}

impl Description {
    /// Every operation, in the order of the document.
    pub fn operations(&'static self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in members(&self.root["paths"]) {
            for (method, value) in members(item) {
                operations.push(self.operation(path, method, value));
            }
        }
        operations
    }

    fn operation(
        &'static self,
        path: &'static str,
        method: &str,
        value: &'static Value,
    ) -> Operation {
        let id = text(value, "operationId");
        let parameters = items(&value["parameters"])
            .map(|parameter| self.parameter(parameter))
            .collect();
        let body = self.resolve(&value["requestBody"]);
        let answers = members(&value["responses"])
            .map(|(status, answer)| {
                let answer = self.resolve(answer);
                Answer {
                    status: status.parse().expect("statuses are numbers"),
                    has_body: answer.get("content").is_some(),
                    examples: examples(answer, &format!("{id} {status}")),
                }
            })
            .collect();
        Operation {
            id,
            method: method.to_uppercase(),
            path,
            value,
            parameters,
            requests: examples(body, &format!("{id} request")),
            answers,
        }
    }

    fn parameter(&'static self, parameter: &'static Value) -> Parameter {
        let parameter = self.resolve(parameter);
        let name = text(parameter, "name");
        Parameter {
            place: text(parameter, "in"),
            name,
            documented_name: parameter
                .get("x-harvest-documented-name")
                .and_then(Value::as_str)
                .unwrap_or(name),
            required: parameter["required"] == true,
            schema: self.resolve(&parameter["schema"]),
            example: parameter
                .get("example")
                .unwrap_or_else(|| panic!("the parameter {name} has no example")),
        }
    }

    /// What a reference leads to; anything else as it is.
    pub fn resolve(&'static self, value: &'static Value) -> &'static Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let found = reference
                    .strip_prefix('#')
                    .and_then(|pointer| self.root.pointer(pointer));
                self.resolve(found.unwrap_or_else(|| panic!("{reference} leads nowhere")))
            }
            None => value,
        }
    }

    /// The schema itself, behind its references and behind `allOf` with one member.
    pub fn schema(&'static self, schema: &'static Value) -> &'static Value {
        let schema = self.resolve(schema);
        match schema
            .get("allOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            Some([only]) => self.schema(only),
            Some(_) => panic!("an allOf with several members is not in use"),
            None => schema,
        }
    }
}

impl Operation {
    /// The answer that the sandbox gives unasked: the lowest success with a body, or else the lowest.
    pub fn success(&self) -> &Answer {
        let successes = || self.answers.iter().filter(|answer| answer.is_success());
        successes()
            .filter(|answer| answer.has_body)
            .min_by_key(|answer| answer.status)
            .or_else(|| successes().min_by_key(|answer| answer.status))
            .expect("a success is documented")
    }

    /// The body to send, if one is.
    pub fn request(&self) -> Option<String> {
        Some(self.requests.first()?.value.to_string())
    }

    pub fn is_paged(&self) -> bool {
        self.value["x-harvest-pagination"] != "none"
    }
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Parameter {
    /// A value as it goes over the wire.
    pub fn wire(value: &Value) -> String {
        match value {
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().map(Self::wire).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        }
    }
}

fn examples(holder: &'static Value, place: &str) -> Vec<Example> {
    let mut found = Vec::new();
    for (media_type, media) in members(&holder["content"]) {
        assert_eq!(media_type, "application/json", "{place}");
        let schema = &media["schema"];
        if let Some(value) = media.get("example") {
            found.push(Example {
                name: None,
                value,
                schema,
                place: place.to_owned(),
            });
        }
        for (name, example) in members(&media["examples"]) {
            found.push(Example {
                name: Some(name),
                value: &example["value"],
                schema,
                place: format!("{place} ({name})"),
            });
        }
        assert!(!found.is_empty(), "{place} has no example");
    }
    found
}

/// The entries of an object; none of anything else.
pub fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flat_map(Map::iter)
        .map(|(key, value)| (key.as_str(), value))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is not a text"))
}
