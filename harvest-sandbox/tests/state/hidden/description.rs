//! The ids in each operation, as the description types them: those that it takes and those that it shows.

use std::collections::BTreeSet;

use harvest_openapi::Document;
use serde_json::{Map, Value};

/// The document, and its operations.
pub struct Description {
    root: Value,
    pub operations: Vec<Operation>,
}

pub struct Operation {
    pub id: String,
    pub method: String,
    /// As described: `/v1/jobs/{id}`.
    pub path: String,
    pub takes: Vec<Position>,
    /// Parameters in the path that are no ids.
    pub names: Vec<Name>,
    /// Parameters in the query that take any text.
    pub texts: Vec<String>,
    /// Whether it is a list in pages.
    pub is_paged: bool,
    /// The types of all ids in its answers.
    pub shows: BTreeSet<String>,
    /// The schema of a success; null if it has no body.
    pub answer: Value,
}

/// A place of a request that takes an id.
#[derive(Clone, Debug)]
pub struct Position {
    pub place: Place,
    /// `JobId`
    pub of: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Path(String),
    Query(String),
    Body(Vec<Step>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Property(String),
    Item,
    /// The one form of several that has the place: all its properties, and those that it requires with an example each.
    Form(BTreeSet<String>, Vec<(String, Value)>),
}

/// A parameter in the path that is no id, and the values that it is described to take.
pub struct Name {
    pub name: String,
    pub values: Vec<Value>,
}

impl Description {
    pub fn read() -> Self {
        let root: Value = serde_json::from_str(harvest_spec::document("v1").unwrap().json).unwrap();
        let mut description = Self {
            root,
            operations: Vec::new(),
        };
        let mut operations = Vec::new();
        for operation in Document::new(&description.root).operations() {
            let id = operation.value["operationId"].as_str();
            if id.is_some_and(|id| !crate::support::FROM_EXAMPLES.contains(&id)) {
                let (path, method) = (operation.path, operation.method);
                operations.push(description.operation(path, method, operation.value));
            }
        }
        description.operations = operations;
        description
    }

    fn operation(&self, path: &str, method: &str, operation: &Value) -> Operation {
        let mut takes = Vec::new();
        let mut names = Vec::new();
        let mut texts = Vec::new();
        for parameter in Document::new(&self.root).parameters(operation) {
            let name = parameter["name"].as_str().unwrap().to_owned();
            let mut found = Vec::new();
            self.positions(&parameter["schema"], Vec::new(), &mut found);
            let schema = self.resolve(&parameter["schema"]);
            match parameter["in"].as_str().unwrap() {
                "path" if found.is_empty() => names.push(Name {
                    name,
                    values: schema["enum"].as_array().cloned().unwrap_or_default(),
                }),
                "query" if found.is_empty() => {
                    let any = ["enum", "format"].iter().all(|it| schema.get(it).is_none());
                    if any && schema["type"] == "string" {
                        texts.push(name);
                    }
                }
                "path" => takes.extend(found.into_iter().map(|(_, of)| Position {
                    place: Place::Path(name.clone()),
                    of,
                })),
                "query" => takes.extend(found.into_iter().map(|(_, of)| Position {
                    place: Place::Query(name.clone()),
                    of,
                })),
                _ => {}
            }
        }
        let body = self.resolve(&operation["requestBody"]);
        let mut found = Vec::new();
        let schema = &body["content"]["application/json"]["schema"];
        self.positions(schema, Vec::new(), &mut found);
        takes.extend(found.into_iter().map(|(steps, of)| Position {
            place: Place::Body(steps),
            of,
        }));
        let answers = operation["responses"].as_object().unwrap().iter();
        let successes = answers.filter(|(status, _)| status.starts_with('2'));
        let schemas = successes
            .map(|(_, it)| &self.resolve(it)["content"]["application/json"]["schema"])
            .filter(|schema| !schema.is_null());
        let schemas: Vec<&Value> = schemas.collect();
        let mut shows = Vec::new();
        for schema in &schemas {
            self.positions(schema, Vec::new(), &mut shows);
        }
        let pagination = operation["x-harvest-pagination"].as_str();
        Operation {
            id: operation["operationId"].as_str().unwrap().to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            takes,
            names,
            texts,
            is_paged: pagination.is_some_and(|it| it != "none"),
            shows: shows.into_iter().map(|(_, of)| of).collect(),
            answer: schemas.first().copied().cloned().unwrap_or_default(),
        }
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        Document::new(&self.root).resolve(value)
    }

    /// The type of an id: the name of its schema, which says that it is one.
    fn id_type(&self, schema: &Value) -> Option<String> {
        let name = schema["$ref"].as_str()?.rsplit('/').next()?;
        let schema = self.resolve(schema);
        let of = schema["x-harvest-nullable-of"].as_str().unwrap_or(name);
        (schema["x-harvest-id"] == true).then(|| of.to_owned())
    }

    /// Every place for an id in a schema, with its type.
    fn positions(&self, schema: &Value, at: Vec<Step>, found: &mut Vec<(Vec<Step>, String)>) {
        // Departments hold departments.
        if at.len() > 16 || schema.is_null() {
            return;
        }
        if let Some(of) = self.id_type(schema) {
            found.push((at, of));
            return;
        }
        let schema = self.resolve(schema);
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.positions(part, at.clone(), found);
        }
        for part in ["oneOf", "anyOf"]
            .iter()
            .filter_map(|it| schema[*it].as_array())
            .flatten()
        {
            let mut at = at.clone();
            if let Some(form) = self.form(part) {
                at.push(form);
            }
            self.positions(part, at, found);
        }
        for (name, part) in schema["properties"].as_object().into_iter().flatten() {
            let mut at = at.clone();
            at.push(Step::Property(name.clone()));
            self.positions(part, at, found);
        }
        if let Some(items) = schema.get("items") {
            let mut at = at;
            at.push(Step::Item);
            self.positions(items, at, found);
        }
    }

    fn form(&self, schema: &Value) -> Option<Step> {
        let schema = self.resolve(schema);
        let properties = schema["properties"].as_object()?;
        let required = schema["required"].as_array().into_iter().flatten();
        let required = required.filter_map(|name| {
            let name = name.as_str()?;
            Some((name.to_owned(), self.example(&properties[name])))
        });
        let names = properties.keys().cloned().collect();
        Some(Step::Form(names, required.collect()))
    }

    /// Something that fits, as far as forms need it.
    fn example(&self, schema: &Value) -> Value {
        let schema = self.resolve(schema);
        if let Some(first) = schema["enum"].get(0) {
            return first.clone();
        }
        match schema["oneOf"].get(0) {
            Some(first) => self.example(first),
            None => Value::Null,
        }
    }

    /// Every id in an answer, with its type.
    pub fn ids(&self, schema: &Value, value: &Value, found: &mut Vec<(String, i64)>) {
        if value.is_null() || schema.is_null() {
            return;
        }
        if let Some(of) = self.id_type(schema) {
            found.extend(value.as_i64().map(|id| (of, id)));
            return;
        }
        let schema = self.resolve(schema);
        for parts in ["allOf", "oneOf", "anyOf"] {
            for part in schema[parts].as_array().into_iter().flatten() {
                self.ids(part, value, found);
            }
        }
        for (name, part) in schema["properties"].as_object().into_iter().flatten() {
            self.ids(part, &value[name], found);
        }
        for item in value.as_array().into_iter().flatten() {
            self.ids(&schema["items"], item, found);
        }
    }

    /// The operation that reads one record of the sort that this one answers with.
    pub fn reads_the_same(&self, operation: &Operation) -> Option<&Operation> {
        let reference = operation.answer.get("$ref")?;
        self.operations.iter().find(|other| {
            other.method == "GET"
                && other.answer.get("$ref") == Some(reference)
                && other.path.ends_with("/{id}")
                && other.path.matches('{').count() == 1
        })
    }
}

impl Operation {
    pub fn reads(&self) -> bool {
        self.method == "GET"
    }

    /// The types of the ids in its path and in its answers.
    pub fn concerns(&self) -> BTreeSet<&str> {
        let takes = self.takes.iter().map(|it| it.of.as_str());
        takes.chain(self.shows.iter().map(String::as_str)).collect()
    }
}

impl Position {
    /// `body.applications[].job_id`
    pub fn name(&self) -> String {
        match &self.place {
            Place::Path(name) => format!("path.{name}"),
            Place::Query(name) => format!("query.{name}"),
            Place::Body(steps) => steps
                .iter()
                .fold("body".to_owned(), |name, step| match step {
                    Step::Property(property) => format!("{name}.{property}"),
                    Step::Item => format!("{name}[]"),
                    Step::Form(..) => name,
                }),
        }
    }
}

/// A body with this value at a place. What is missing on the way is made; of several forms, it is brought into the one
/// that has the place.
pub fn put(body: &mut Value, steps: &[Step], value: i64) {
    let Some((step, rest)) = steps.split_first() else {
        *body = value.into();
        return;
    };
    match step {
        Step::Property(name) => {
            if !body.is_object() {
                *body = Map::new().into();
            }
            put(&mut body[name.as_str()], rest, value);
        }
        Step::Item => {
            if !body.is_array() {
                *body = Value::Array(Vec::new());
            }
            let items = body.as_array_mut().unwrap();
            if items.is_empty() {
                items.push(Value::Null);
            }
            put(&mut items[0], rest, value);
        }
        Step::Form(names, required) => {
            if !body.is_object() {
                *body = Map::new().into();
            }
            let fields = body.as_object_mut().unwrap();
            fields.retain(|name, _| names.contains(name));
            for (name, example) in required {
                fields
                    .entry(name.clone())
                    .or_insert_with(|| example.clone());
            }
            put(body, rest, value);
        }
    }
}
