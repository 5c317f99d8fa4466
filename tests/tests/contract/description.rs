//! The published description, as these tests read it: plain JSON, without the generator's help.

use std::sync::LazyLock;

use harvest_openapi::extension;
use serde_json::{Map, Value};

/// The document of v1.
pub static V1: LazyLock<Description> = LazyLock::new(|| Description::of("v1"));

/// The document of v3.
pub static V3: LazyLock<Description> = LazyLock::new(|| Description::of("v3"));

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
    /// No other parameter may be beside it.
    pub alone: bool,
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
    /// The document that it is in.
    pub description: &'static Description,
    /// Where it is, for messages.
    pub place: String,
}

impl Description {
    fn of(version: &str) -> Self {
        let json = harvest_spec::document(version)
            .expect("it is embedded")
            .json;
        Self {
            root: serde_json::from_str(json).expect("the document is JSON"),
        }
    }

    /// Every operation, in the order of the document.
    pub fn operations(&'static self) -> Vec<Operation> {
        let operations = harvest_openapi::Document::new(&self.root).operations();
        operations
            .map(|it| self.operation(it.path, it.method, it.value))
            .collect()
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
                    examples: self.examples(answer, &format!("{id} {status}")),
                }
            })
            .collect();
        Operation {
            id,
            method: method.to_uppercase(),
            path,
            value,
            parameters,
            requests: self.examples(body, &format!("{id} request")),
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
                .get(extension::DOCUMENTED_NAME)
                .and_then(Value::as_str)
                .unwrap_or(name),
            required: parameter["required"] == true,
            alone: parameter[extension::ALONE] == true,
            schema: self.resolve(&parameter["schema"]),
            example: parameter
                .get("example")
                .unwrap_or_else(|| panic!("the parameter {name} has no example")),
        }
    }

    /// What a reference leads to; anything else as it is.
    pub fn resolve(&'static self, value: &'static Value) -> &'static Value {
        let followed = harvest_openapi::reference::follow(&self.root, value);
        if let Some(error) = followed.error {
            panic!("{error}");
        }
        followed.value
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

    /// The member of a `oneOf` that a value is, by its JSON type and, of objects, by what they require; a schema without
    /// `oneOf` is its own member.
    pub fn member(&'static self, schema: &'static Value, value: &Value) -> &'static Value {
        let schema = self.schema(schema);
        let required = |member: &Value| items(&member["required"]).count();
        let fits = |member: &&Value| match (member["type"].as_str(), value) {
            (Some("object"), Value::Object(map)) => items(&member["required"])
                .all(|name| map.contains_key(name.as_str().unwrap_or_default())),
            (Some("array"), Value::Array(_))
            | (Some("string"), Value::String(_))
            | (Some("boolean"), Value::Bool(_))
            | (Some("integer" | "number"), Value::Number(_)) => true,
            _ => false,
        };
        items(&schema["oneOf"])
            .map(|member| self.schema(member))
            .filter(fits)
            .max_by_key(|member| required(member))
            .unwrap_or(schema)
    }

    fn examples(&'static self, holder: &'static Value, place: &str) -> Vec<Example> {
        let mut found = Vec::new();
        for (media_type, media) in members(&holder["content"]) {
            // An error may be a plain text.
            let known = ["application/json", "text/plain"];
            assert!(known.contains(&media_type), "{place}");
            let schema = &media["schema"];
            if let Some(value) = media.get("example") {
                found.push(Example {
                    name: None,
                    value,
                    schema,
                    description: self,
                    place: place.to_owned(),
                });
            }
            for (name, example) in members(&media["examples"]) {
                found.push(Example {
                    name: Some(name),
                    value: &example["value"],
                    schema,
                    description: self,
                    place: format!("{place} ({name})"),
                });
            }
            assert!(!found.is_empty(), "{place} has no example");
        }
        found
    }

    /// The value with its keys in the order of the description, in which models are written. What is inside of a
    /// hand-written type stays as it came.
    pub fn in_order(&'static self, schema: &'static Value, value: &Value) -> Value {
        let schema = self.member(schema, value);
        let is_hand_written = schema.get("x-harvest-runtime-type").is_some();
        match value {
            Value::Array(values) => values
                .iter()
                .map(|value| self.in_order(&schema["items"], value))
                .collect(),
            Value::Object(map) => {
                let properties = &schema["properties"];
                let described = members(properties)
                    .filter_map(|(name, schema)| Some((name, schema, map.get(name)?)));
                let rest = map
                    .iter()
                    .filter(|(name, _)| properties.get(name).is_none())
                    .map(|(name, value)| (name.as_str(), &schema["additionalProperties"], value));
                described
                    .chain(rest)
                    .map(|(name, schema, value)| {
                        let value = if is_hand_written {
                            value.clone()
                        } else {
                            self.in_order(schema, value)
                        };
                        (name.to_owned(), value)
                    })
                    .collect::<Map<_, _>>()
                    .into()
            }
            other => other.clone(),
        }
    }
}

impl Example {
    /// The value as a model writes it: as it is, but with its keys in the order of the description.
    pub fn in_order(&self) -> Value {
        self.description.in_order(self.schema, self.value)
    }
}

impl Operation {
    /// The permission of a key of v1, or the scope of a token of v3, that the operation wants.
    pub fn permission(&self) -> Option<&'static str> {
        let scope = self.value["security"][0]["oauth2"][0].as_str();
        self.value["x-harvest-permission"].as_str().or(scope)
    }

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
        Some(self.requests.first()?.in_order().to_string())
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
            // A range.
            Value::Object(comparisons) => comparisons
                .iter()
                .map(|(name, value)| format!("{name}|{}", Self::wire(value)))
                .collect::<Vec<_>>()
                .join("|"),
            other => other.to_string(),
        }
    }
}

/// The entries of an object; none of anything else.
pub fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flat_map(Map::iter)
        .map(|(key, value)| (key.as_str(), value))
}

/// The entries of a list; none of anything else.
pub fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is not a text"))
}
