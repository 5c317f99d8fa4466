//! Rules about examples and defaults: each fits its schema.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::Findings;
use super::schemas::BOUNDS;
use super::text::is_data;
use super::view::{View, entries};
use crate::load::escape;

const COMPONENTS: &str = "#/components/schemas/";
const DEFINITIONS: &str = "#/definitions/";

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    let fit = Fit {
        view,
        definitions: view
            .schemas()
            .map(|(name, schema)| (name.clone(), convert(schema)))
            .collect(),
        validators: RefCell::default(),
    };
    fit.walk(view.document, "", out);
}

struct Fit<'a> {
    view: &'a View<'a>,
    /// The components as JSON Schema.
    definitions: BTreeMap<String, Value>,
    /// Schemas that were used already, by their text; nothing where one is no schema.
    validators: RefCell<HashMap<String, Result<Validator, String>>>,
}

impl Fit<'_> {
    /// Whatever has a schema and an example, and each schema that has an example or a default of its own.
    fn walk(&self, value: &Value, pointer: &str, out: &mut Findings<'_>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(item, &format!("{pointer}/{index}"), out);
                }
            }
            Value::Object(map) => {
                if !pointer.ends_with("/properties") {
                    self.object(value, pointer, out);
                }
                for (key, inner) in map {
                    if !is_data(pointer, key) {
                        self.walk(inner, &format!("{pointer}/{}", escape(key)), out);
                    }
                }
            }
            _ => {}
        }
    }

    fn object(&self, value: &Value, pointer: &str, out: &mut Findings<'_>) {
        let schema = value.get("schema").unwrap_or(value);
        if let Some(example) = value.get("example") {
            self.example(schema, example, &format!("{pointer}/example"), out);
        }
        for (name, example) in entries(value.get("examples")) {
            let at = format!("{pointer}/examples/{}", escape(name));
            let (example, at) = self.view.resolve(example, &at);
            if let Some(example) = example.get("value") {
                self.example(schema, example, &format!("{at}/value"), out);
            }
        }
        if let Some(default) = value.get("default")
            && pointer.contains("/schema")
        {
            for problem in self.problems(schema, default) {
                out.add(
                    &format!("{pointer}/default"),
                    "default",
                    format!("the default does not fit its schema: {problem}"),
                    "write the value that the service takes when nothing is sent, or leave the \
                     default out",
                );
            }
        }
    }

    fn example(&self, schema: &Value, example: &Value, pointer: &str, out: &mut Findings<'_>) {
        for problem in self.problems(schema, example) {
            out.add(
                pointer,
                "example",
                format!("the example does not fit its schema: {problem}"),
                "change the example, or the schema if the service sends or takes something else",
            );
        }
    }

    fn problems(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut validators = self.validators.borrow_mut();
        let validator = validators
            .entry(schema.to_string())
            .or_insert_with(|| self.validator(schema));
        match validator {
            Ok(validator) => validator
                .iter_errors(value)
                .map(|error| match error.instance_path().as_str() {
                    "" => error.to_string(),
                    at => format!("at `{at}`, {error}"),
                })
                .collect(),
            Err(problem) => vec![problem.clone()],
        }
    }

    fn validator(&self, schema: &Value) -> Result<Validator, String> {
        let schema = convert(schema);
        let mut used = BTreeSet::new();
        self.follow(&schema, &mut used);
        let definitions: Map<String, Value> = used
            .iter()
            .map(|name| (name.clone(), self.definitions[name].clone()))
            .collect();
        // Nothing counts beside a reference, so the schema moves inside.
        let whole = json!({ "allOf": [schema], "definitions": definitions });
        jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .with_format("date", is_time)
            .with_format("date-time", is_time)
            .build(&whole)
            .map_err(|error| format!("the schema itself is none: {error}"))
    }

    /// The components that a converted schema leads to.
    fn follow(&self, schema: &Value, used: &mut BTreeSet<String>) {
        match schema {
            Value::Object(map) => {
                let name = map.get("$ref").and_then(Value::as_str);
                if let Some(name) = name.and_then(|name| name.strip_prefix(DEFINITIONS))
                    && let Some(definition) = self.definitions.get(name)
                    && used.insert(name.to_owned())
                {
                    self.follow(definition, used);
                }
                map.values().for_each(|inner| self.follow(inner, used));
            }
            Value::Array(items) => items.iter().for_each(|inner| self.follow(inner, used)),
            _ => {}
        }
    }
}

/// A schema of `OpenAPI` 3.0 as JSON Schema, draft 4, which is the nearest. Properties that are not described do not fit:
/// one in an example is a mistake, or is missing in the description.
fn convert(schema: &Value) -> Value {
    let Some(map) = schema.as_object() else {
        return json!({});
    };
    if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
        return json!({ "$ref": reference.replace(COMPONENTS, DEFINITIONS) });
    }
    let mut out = Map::new();
    // They say in `OpenAPI` 3.0 what they say in JSON Schema, draft 4.
    for key in ["enum"].into_iter().chain(BOUNDS) {
        if let Some(value) = map.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    for key in ["type", "format"] {
        if let Some(value @ Value::String(_)) = map.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    if let Some(required) = map.get("required").filter(|list| {
        // JSON Schema wants at least one.
        list.as_array().is_some_and(|list| !list.is_empty())
    }) {
        out.insert("required".to_owned(), required.clone());
    }
    if let Some(properties) = map.get("properties") {
        let properties: Map<String, Value> = entries(Some(properties))
            .map(|(name, schema)| (name.clone(), convert(schema)))
            .collect();
        out.insert("properties".to_owned(), properties.into());
        out.insert("additionalProperties".to_owned(), false.into());
    }
    for key in ["items", "additionalProperties"] {
        if let Some(value @ Value::Object(_)) = map.get(key) {
            out.insert(key.to_owned(), convert(value));
        }
    }
    for key in ["allOf", "oneOf"] {
        if let Some(Value::Array(members)) = map.get(key) {
            out.insert(key.to_owned(), members.iter().map(convert).collect());
        }
    }
    sizes(&mut out);
    if map.get("nullable") == Some(&Value::Bool(true)) {
        return json!({ "anyOf": [out, { "enum": [null] }] });
    }
    out.into()
}

/// What the format of a number says about its size.
fn sizes(schema: &mut Map<String, Value>) {
    let (least, most) = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("int64") => (i64::MIN, i64::MAX),
        _ => return,
    };
    if schema.get("type").and_then(Value::as_str) == Some("integer") {
        schema.entry("minimum").or_insert(least.into());
        schema.entry("maximum").or_insert(most.into());
    }
}

/// A moment or a day: services mix them.
fn is_time(text: &str) -> bool {
    let day = |text: &str| {
        let parts: Vec<_> = text.split('-').collect();
        let number = |at: usize, length: usize| {
            let part = parts.get(at).filter(|part| part.len() == length)?;
            part.parse::<u32>().ok()
        };
        matches!(
            (parts.len(), number(0, 4), number(1, 2), number(2, 2)),
            (3, Some(_), Some(1..=12), Some(1..=31))
        )
    };
    match text.split_once(['T', 't']) {
        None => day(text),
        Some(_) => IS_MOMENT
            .as_ref()
            .is_none_or(|moment| moment.is_valid(&text.into())),
    }
}

/// The check that the crate has itself, which the one for both stands in for.
static IS_MOMENT: LazyLock<Option<Validator>> = LazyLock::new(|| {
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true)
        .build(&json!({ "format": "date-time" }))
        .ok()
});
