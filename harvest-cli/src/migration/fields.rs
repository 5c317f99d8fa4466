//! The models that a description has in what is sent and answered.

use std::collections::BTreeMap;

use harvest_generated::runtime::Operation;
use harvest_openapi::{Document, Json as _, extension, reference};
use serde_json::Value;

use super::Place;
use crate::failure::{Exit, Failure};

/// The extensions by which a copy of a component names the component.
const COPIES: [&str; 3] = [
    extension::NULLABLE_OF,
    extension::ITEM_OF,
    extension::OPEN_OF,
];

/// The most models within each other.
const MOST_LEVELS: usize = 12;

/// The description of a version.
pub(super) struct Description(Value);

/// What was reached in a body or an answer.
pub(super) enum Reached<'a> {
    /// A property of a named model.
    Property { model: &'a str, name: &'a str },
    /// A named enumeration, or what could be one.
    Enumeration(&'a str),
}

/// Says what was reached, and whether to go on within it.
type Visit<'v> = dyn FnMut(Place, &str, Reached<'_>) -> bool + 'v;

impl Description {
    pub(super) fn read(version: &str) -> Result<Self, Failure> {
        let document = harvest_spec::document(version);
        let json = document.map_or("", |document| document.json);
        let read = serde_json::from_str(json).map(Self);
        read.map_err(|error| {
            let message = format!("the description of {version} cannot be read: {error}");
            Failure::new(Exit::Failed, message)
        })
    }

    /// The server of the version.
    pub(super) fn base_url(&self) -> &str {
        self.0["servers"][0]["url"].as_str().unwrap_or_default()
    }

    fn document(&self) -> Document<'_> {
        Document::new(&self.0)
    }

    fn described(&self, operation: &Operation) -> Option<harvest_openapi::Operation<'_>> {
        let mut all = self.document().operations();
        all.find(|it| it.value["operationId"] == operation.id)
    }

    /// The names of the parameters of an operation.
    pub(super) fn parameters(&self, operation: &Operation) -> Vec<String> {
        let document = self.document();
        let Some(described) = self.described(operation) else {
            return Vec::new();
        };
        let all = document.parameters(described.value);
        let all = all.chain(document.parameters(described.item));
        all.filter_map(|it| Some(it["name"].as_str()?.to_owned()))
            .collect()
    }

    /// The lists without required parameters, by the name of their record.
    pub(super) fn lists(
        &self,
        operations: &'static [Operation],
    ) -> BTreeMap<String, &'static Operation> {
        let mut lists = BTreeMap::new();
        for operation in operations.iter().filter(|it| !it.path.contains('{')) {
            let Some(described) = self.described(operation) else {
                continue;
            };
            let items = answers(described.value).find_map(|it| it.get("items"));
            if let Some((Some(name), _)) = items.map(|it| self.named(it)) {
                lists.entry(name.to_owned()).or_insert(operation);
            }
        }
        lists
    }

    /// Walks through what an operation takes and answers.
    pub(super) fn walk(&self, operation: &Operation, visit: &mut Visit<'_>) {
        let Some(described) = self.described(operation) else {
            return;
        };
        let body = self.document().resolve(&described.value["requestBody"]);
        for schema in content(body) {
            self.schema(Place::Body, schema, "", &mut Vec::new(), visit);
        }
        for schema in answers(described.value) {
            self.schema(Place::Answer, schema, "", &mut Vec::new(), visit);
        }
    }

    /// The name of the component that a schema refers to, and what is there. A copy has the name of what it is a copy of.
    fn named<'a>(&'a self, schema: &'a Value) -> (Option<&'a str>, &'a Value) {
        let reference = schema[reference::REF].as_str();
        let name = reference.and_then(|it| it.strip_prefix(reference::SCHEMAS));
        let target = self.document().resolve(schema);
        let original = COPIES.iter().find_map(|key| target.member(key)?.as_str());
        (original.or(name), target)
    }

    fn schema<'a>(
        &'a self,
        place: Place,
        schema: &'a Value,
        path: &str,
        outer: &mut Vec<&'a str>,
        visit: &mut Visit<'_>,
    ) {
        let (name, target) = self.named(schema);
        if let Some(name) = name {
            if outer.contains(&name) || outer.len() == MOST_LEVELS {
                return;
            }
            outer.push(name);
            visit(place, path, Reached::Enumeration(name));
        }
        let of_model = name.or(outer.last().copied()).unwrap_or_default();
        for (property, inner) in target["properties"].as_object().into_iter().flatten() {
            let below = match path {
                "" => property.clone(),
                path => format!("{path}.{property}"),
            };
            let reached = Reached::Property {
                model: of_model,
                name: property,
            };
            if visit(place, &below, reached) {
                self.schema(place, inner, &below, outer, visit);
            }
        }
        let parts = ["allOf", "oneOf", "anyOf"].map(|key| target[key].as_array());
        let parts = parts.into_iter().flatten().flatten();
        for part in parts.chain(target.get("items")) {
            self.schema(place, part, path, outer, visit);
        }
        if name.is_some() {
            outer.pop();
        }
    }
}

/// The schemas of the JSON of a body or an answer.
fn content(holder: &Value) -> impl Iterator<Item = &Value> {
    holder["content"]["application/json"]
        .get("schema")
        .into_iter()
}

/// The schemas of what is answered if all is well.
fn answers(described: &Value) -> impl Iterator<Item = &Value> {
    let all = described["responses"].as_object().into_iter().flatten();
    all.filter(|(status, _)| status.starts_with('2'))
        .flat_map(|(_, answer)| content(answer))
}
