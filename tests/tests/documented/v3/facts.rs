//! The facts about v3. Only read when the test runs; nothing of them is kept.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::shape::Shape;
use crate::folder::json;

/// Everything that the checks compare the description with.
pub struct Facts {
    pub operations: Vec<Operation>,
    /// The objects that are answered, by what the facts call them.
    pub objects: BTreeMap<String, Shape>,
    /// The request bodies, by `POST /v3/jobs`.
    pub bodies: BTreeMap<String, Shape>,
}

#[derive(Deserialize)]
pub struct Operation {
    pub method: String,
    pub path: String,
    pub oauth_scope: Option<String>,
    pub site_admin_required: Option<bool>,
    #[serde(default)]
    pub deprecated: bool,
    #[serde(default)]
    pub internal: bool,
    #[serde(default)]
    pub partner_only: bool,
    pub parameters: Vec<Parameter>,
    pub request_body: Option<Value>,
    pub success: Success,
    #[serde(default)]
    pub responses: Vec<Response>,
    pub error_statuses: Errors,
    /// Only on calls of the token service: that they are on another host.
    base: Option<String>,
}

impl Operation {
    /// `GET /v3/jobs`: what the facts, the findings and the exceptions call an operation.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

#[derive(Deserialize)]
pub struct Parameter {
    pub name: String,
    #[serde(rename = "in")]
    pub place: String,
    pub required: bool,
    pub style: Option<String>,
    pub explode: Option<bool>,
    /// The values of the items of `fields`.
    pub items_enum: Option<Value>,
    #[serde(flatten)]
    pub schema: Value,
}

#[derive(Deserialize)]
pub struct Success {
    pub pagination: Option<String>,
}

#[derive(Deserialize)]
pub struct Response {
    pub status: u16,
    pub object: Option<String>,
    /// `object`, `array` or `empty`.
    pub shape: String,
}

/// Statuses of refusals, by where they were found.
#[derive(Deserialize)]
pub struct Errors {
    declared: Vec<u16>,
    #[serde(default)]
    seen: Vec<u16>,
    #[serde(default)]
    expected: Vec<u16>,
    #[serde(default)]
    prose: Vec<u16>,
}

impl Errors {
    pub fn all(&self) -> impl Iterator<Item = u16> {
        let all = [&self.declared, &self.seen, &self.expected, &self.prose];
        all.into_iter().flatten().copied()
    }
}

#[derive(Deserialize)]
struct Objects {
    objects: BTreeMap<String, Object>,
}

#[derive(Deserialize)]
struct Object {
    attributes: Value,
}

impl Objects {
    /// With the objects that are attributes of others in their places.
    fn read(self) -> BTreeMap<String, Shape> {
        let read = self.objects.iter();
        let read: BTreeMap<_, _> = read
            .map(|(name, object)| (name.clone(), Shape::of_attributes(&object.attributes)))
            .collect();
        let mut whole = read.clone();
        for (name, object) in &self.objects {
            for attribute in object.attributes.as_array().into_iter().flatten() {
                let (Some(of), Some(to)) = (attribute["name"].as_str(), attribute["ref"].as_str())
                else {
                    continue;
                };
                let to = read
                    .get(to)
                    .unwrap_or_else(|| panic!("the facts have no object {to}"));
                if let Some(shape) = whole.get_mut(name) {
                    shape.refer(of, to);
                }
            }
        }
        whole
    }
}

#[derive(Deserialize)]
struct Bodies {
    operations: BTreeMap<String, Body>,
}

#[derive(Deserialize)]
struct Body {
    body: Value,
}

impl Facts {
    /// Reads the folder of v3. The calls of the token service are left out: they are no part of this document.
    pub fn read(folder: &Path) -> Self {
        let mut operations: Vec<Operation> = json(&folder.join("inventory.json"));
        operations.retain(|operation| operation.base.is_none());
        let objects: Objects = json(&folder.join("objects.json"));
        let bodies: Bodies = json(&folder.join("request_bodies.json"));
        let bodies = bodies.operations.into_iter();
        Self {
            operations,
            objects: objects.read(),
            bodies: bodies
                .map(|(name, body)| (name, Shape::documented(&body.body)))
                .collect(),
        }
    }
}
