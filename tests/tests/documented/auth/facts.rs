//! The facts about the token service. Only read when the test runs; nothing of them is kept.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::folder::json;
use crate::v3::facts::Errors;
use crate::v3::shape::Shape;

/// The calls of the token service.
pub struct Facts {
    pub calls: Vec<Call>,
}

#[derive(Deserialize)]
pub struct Call {
    pub method: String,
    /// The whole URL.
    pub path: String,
    /// How a call is authenticated, in words.
    pub auth: Option<String>,
    #[serde(default)]
    pub deprecated: bool,
    pub request_body: Option<Body>,
    pub success: Success,
    response_fields: Value,
    response_object: Option<String>,
    pub error_statuses: Errors,
    /// The properties that an answer always has.
    #[serde(skip)]
    required: Value,
}

#[derive(Deserialize)]
pub struct Body {
    pub content_type: String,
    pub required: bool,
    fields: Value,
}

#[derive(Deserialize)]
pub struct Success {
    pub status: u16,
}

impl Facts {
    pub fn read(folder: &Path) -> Self {
        let all: Vec<Value> = json(&folder.join("inventory.json"));
        let objects: Value = json(&folder.join("objects.json"));
        // Operations of Harvest itself have no base of their own.
        let calls = all.into_iter().filter(|call| !call["base"].is_null());
        let calls: Vec<_> = calls
            .map(|call| {
                let mut call: Call = serde_json::from_value(call).expect("a call");
                if let Some(object) = &call.response_object {
                    call.required = objects["objects"][object]["required"].clone();
                }
                call
            })
            .collect();
        assert!(!calls.is_empty(), "the facts have no call of the service");
        Self { calls }
    }
}

impl Call {
    /// `POST https://auth.example.com/token`: what findings and exceptions call it.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub fn answer(&self) -> Shape {
        object(&self.response_fields, &self.required)
    }
}

impl Body {
    pub fn shape(&self) -> Shape {
        let fields = self.fields.as_array().into_iter().flatten();
        let required = fields.filter(|field| field["required"] == true);
        let required: Value = required.map(|field| field["name"].clone()).collect();
        object(&self.fields, &required)
    }
}

fn object(fields: &Value, required: &Value) -> Shape {
    Shape::documented(&json!({
        "type": "object",
        "properties": fields,
        "required_properties": required,
    }))
}
