//! The schema of a body: `OpenAPI` 3.0 turned into JSON Schema, draft 4. That is the draft nearest to it: bounds are
//! written the same, and 1.0 is no integer.

use std::collections::BTreeSet;
use std::fmt;

use jsonschema::{Draft, Validator};

use super::forgive::forgive;
use super::instance::Ordered;
use super::shape::{DEFINITIONS, definition_name};
use super::size::{Most, is_file, oversized};
use super::unknown::unknown_fields;
use super::violation::violations;
use crate::bounds::{LIST_ITEMS, TEXT_CHARACTERS};
use crate::clock::time::is_time;
use crate::http::overlooked::Overlooked;
use crate::json::{Map, Value, json};
use crate::openapi::source::{Read, Source};
use crate::refusal::Problems;

const COMPONENTS: &str = "#/components/schemas/";
/// What means the same in `OpenAPI` 3.0 and in JSON Schema. The rest is turned into something else below, or says nothing
/// about what may be sent (`default`, `example`, `xml` …).
const KEPT: &[&str] = &[
    "type",
    "enum",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
];

/// A body's schema, ready to use.
pub(crate) struct Schema {
    json: Value,
    most: Most,
    holds_secret: bool,
    validator: Validator<Ordered>,
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Schema").field(&self.json).finish()
    }
}

impl Schema {
    pub(crate) fn read(source: Source<'_>, schema: &Value) -> Read<Self> {
        let json = convert_with_definitions(source, schema)?;
        let validator = jsonschema::options_for::<Ordered>()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .with_format("date", is_time)
            .with_format("date-time", is_time)
            .with_format("email", is_address)
            .build(&serde_json::Value::from(&json))
            .map_err(|error| format!("the schema is not valid: {error}"))?;
        Ok(Self {
            most: Most::of(&json),
            holds_secret: names_secret(&json),
            json,
            validator,
        })
    }

    /// Whether a property has the content of a file.
    pub(super) fn holds_file(&self) -> bool {
        !self.most.files.is_empty()
    }

    /// Whether a property is called a secret or a password.
    pub(super) fn holds_secret(&self) -> bool {
        self.holds_secret
    }

    /// What is wrong with a body. What is overlooked of it is no longer in it.
    pub(crate) fn check(&self, body: &mut Value, overlooked: &mut Overlooked) -> Problems {
        let mut problems = Problems::default();
        oversized(body, &self.most, &mut problems);
        if !problems.is_empty() {
            return problems;
        }
        if overlooked.is_lenient() {
            forgive(&self.json, body, overlooked);
        }
        violations(&self.validator, body, &mut problems);
        if !overlooked.is_lenient() {
            unknown_fields(&self.json, body, &mut problems);
        }
        problems
    }
}

/// Enough to find what was never meant to be an address; that of a real one is for the mail to find out.
fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && text
            .rsplit_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

/// The schema, and beside it, in `$defs`, each component that can be reached from it.
/// Whether a property of a schema, at any depth, is called a secret or a password.
fn names_secret(schema: &Value) -> bool {
    match schema {
        Value::Object(keywords) => keywords.iter().any(|(keyword, value)| {
            let properties = value.as_object().filter(|_| keyword == "properties");
            let mut names = properties.into_iter().flat_map(Map::keys);
            names.any(|name| name.contains("secret") || name.contains("password"))
                || names_secret(value)
        }),
        Value::Array(items) => items.iter().any(names_secret),
        _ => false,
    }
}

fn convert_with_definitions(source: Source<'_>, schema: &Value) -> Read<Value> {
    let mut wanted = Vec::new();
    let mut json = convert(schema, &mut wanted)?;
    let mut definitions = Map::new();
    while let Some(name) = wanted.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let component = source
            .component("schemas", &name)
            .ok_or_else(|| format!("there is no schema `{name}`"))?;
        let converted = convert(component, &mut wanted)
            .map_err(|problem| format!("the schema `{name}`: {problem}"))?;
        definitions.insert(name, Value::Object(converted));
    }
    for name in definitions.keys() {
        refuse_circle(&definitions, name)?;
    }
    json.insert("$defs".to_owned(), Value::Object(definitions));
    Ok(Value::Object(json))
}

fn convert(schema: &Value, wanted: &mut Vec<String>) -> Read<Map> {
    let schema = schema.as_object().ok_or("a schema is not an object")?;
    let mut json = Map::new();

    if let Some(reference) = schema.get("$ref") {
        // In OpenAPI 3.0, nothing beside a reference counts.
        let name = reference
            .as_str()
            .and_then(|reference| reference.strip_prefix(COMPONENTS))
            .filter(|name| !name.contains(['/', '~', '%']))
            .ok_or_else(|| {
                format!("the reference {reference} doesn't lead to a schema among the components")
            })?;
        wanted.push(name.to_owned());
        json.insert("$ref".to_owned(), format!("{DEFINITIONS}{name}").into());
        return Ok(json);
    }

    for (key, value) in schema {
        let converted = match key.as_str() {
            key if KEPT.contains(&key) => value.clone(),
            "format"
                if matches!(
                    value.as_str(),
                    Some("byte" | "date" | "date-time" | "email")
                ) =>
            {
                value.clone()
            }
            "additionalProperties" if value.is_boolean() => value.clone(),
            "additionalProperties" | "items" | "not" => Value::Object(convert(value, wanted)?),
            "properties" => {
                let properties = value.as_object().ok_or("`properties` is not an object")?;
                let mut converted = Map::new();
                for (name, property) in properties {
                    converted.insert(name.clone(), Value::Object(convert(property, wanted)?));
                }
                Value::Object(converted)
            }
            "allOf" | "oneOf" | "anyOf" => {
                let members = value
                    .as_array()
                    .ok_or_else(|| format!("`{key}` is not a list"))?;
                let members: Read<Vec<Value>> = members
                    .iter()
                    .map(|member| convert(member, wanted).map(Value::Object))
                    .collect();
                Value::Array(members?)
            }
            _ => continue,
        };
        json.insert(key.clone(), converted);
    }
    bound_integer(schema, &mut json);
    match json.get("type").and_then(Value::as_str) {
        Some("array") => {
            json.entry("maxItems".to_owned())
                .or_insert(LIST_ITEMS.into());
        }
        Some("string") if !is_file(&json) && !json.contains_key("enum") => {
            json.entry("maxLength".to_owned())
                .or_insert(TEXT_CHARACTERS.into());
        }
        _ => {}
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        json = or_null(json);
    }
    Ok(json)
}

/// `format: int64` becomes bounds: a larger number is JSON, but not one that can be kept.
fn bound_integer(schema: &Map, json: &mut Map) {
    let (min, max) = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        // The lowest of 64 bits is left out: what is a little below is rounded to it when it is read.
        Some("int64") => (-i64::MAX, i64::MAX),
        _ => return,
    };
    json.entry("minimum".to_owned()).or_insert(min.into());
    json.entry("maximum".to_owned()).or_insert(max.into());
}

/// A type of its own takes null beside it, which gives better messages; anything else is one of two alternatives.
fn or_null(mut json: Map) -> Map {
    if json
        .keys()
        .any(|key| matches!(key.as_str(), "allOf" | "oneOf" | "anyOf" | "not"))
    {
        return Map::from_iter([("anyOf".to_owned(), json!([json, {"type": "null"}]))]);
    }
    if let Some(kind) = json.get_mut("type") {
        *kind = json!([kind, "null"]);
    }
    if let Some(Value::Array(words)) = json.get_mut("enum")
        && !words.contains(&Value::Null)
    {
        words.push(Value::Null);
    }
    json
}

/// Refuses schemas that are nothing but themselves (`A: {allOf: [A]}`): checking against one would never end.
fn refuse_circle(definitions: &Map, start: &str) -> Read<()> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&Value> = definitions.get(start).into_iter().collect();
    while let Some(schema) = open.pop() {
        if let Some(name) = definition_name(schema) {
            if name == start {
                return Err(format!("the schema `{start}` refers to itself without end"));
            }
            if seen.insert(name) {
                open.extend(definitions.get(name));
            }
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            open.extend(
                schema
                    .get(key)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
        }
        open.extend(schema.get("not"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::overlooked::Tolerance;
    use crate::http::reply::FieldError;

    fn converted(schema: &Value) -> Value {
        Value::Object(convert(schema, &mut Vec::new()).unwrap())
    }

    /// Validation errors of a body, as they are reported.
    fn errors_of(schema: &Schema, body: &Value) -> Vec<FieldError> {
        let mut strict = Overlooked::within(Tolerance::Strict);
        let refused = schema.check(&mut body.clone(), &mut strict).check().err();
        refused.map_or_else(Vec::new, |refusal| refusal.into_reply().errors())
    }

    fn read(schemas: &Value, schema: &Value) -> Read<Schema> {
        let root = json!({"components": {"schemas": schemas}});
        Schema::read(Source::new(&root), schema)
    }

    #[test]
    fn what_openapi_says_differently() {
        for (openapi, json_schema) in [
            (
                json!({"type": "string", "nullable": true, "description": "x", "default": "y",
                    "x-z": 1}),
                json!({"type": ["string", "null"], "maxLength": 65_536}),
            ),
            (
                json!({"type": "string", "enum": ["a"], "nullable": true}),
                json!({"type": ["string", "null"], "enum": ["a", null]}),
            ),
            (
                json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/A"}]}),
                json!({"anyOf": [{"allOf": [{"$ref": "#/$defs/A"}]}, {"type": "null"}]}),
            ),
            (
                json!({"minimum": 0, "exclusiveMinimum": true, "maximum": 9,
                    "exclusiveMaximum": false}),
                json!({"minimum": 0, "exclusiveMinimum": true, "maximum": 9,
                    "exclusiveMaximum": false}),
            ),
            (
                json!({"$ref": "#/components/schemas/A", "description": "ignored",
                    "nullable": true}),
                json!({"$ref": "#/$defs/A"}),
            ),
            (
                json!({"type": "object",
                    "additionalProperties": {"type": "integer", "format": "int32"}}),
                json!({"type": "object", "additionalProperties":
                    {"type": "integer", "minimum": -2_147_483_648, "maximum": 2_147_483_647}}),
            ),
            (
                json!({"type": "integer", "format": "int64", "minimum": 1, "nullable": true}),
                json!({"type": ["integer", "null"], "minimum": 1, "maximum": i64::MAX}),
            ),
            // Properties that are called like keywords.
            (
                json!({"properties": {"type": {"type": "string"}, "example": {}}}),
                json!({"properties": {"type": {"type": "string", "maxLength": 65_536},
                    "example": {}}}),
            ),
        ] {
            assert_eq!(converted(&openapi), json_schema);
        }
    }

    #[test]
    fn only_what_is_used_comes_along() {
        let schemas = json!({
            "A": {"properties": {"b": {"$ref": "#/components/schemas/B"},
                "a": {"$ref": "#/components/schemas/A"}}},
            "B": {"type": "integer"},
            "C": {"type": "nonsense"},
        });
        let schema = read(&schemas, &json!({"$ref": "#/components/schemas/A"})).unwrap();
        let names: BTreeSet<_> = schema.json["$defs"].as_object().unwrap().keys().collect();
        assert_eq!(names, BTreeSet::from([&"A".to_owned(), &"B".to_owned()]));
        assert!(errors_of(&schema, &json!({"a": {"a": {"b": 1}}})).is_empty());
        let errors = errors_of(&schema, &json!({"a": {"a": {"b": "x"}}}));
        assert_eq!(errors, [FieldError::new("a.a.b", "Must be an integer")]);
    }

    #[test]
    fn malformed_schemas_are_reported() {
        let schemas = json!({
            "Self": {"allOf": [{"$ref": "#/components/schemas/Self"}]},
            "One": {"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Two"}]},
            "Two": {"$ref": "#/components/schemas/One"},
            "Bad": {"type": "nonsense"},
        });
        for (schema, problem) in [
            (
                json!({"$ref": "#/components/schemas/Gone"}),
                "no schema `Gone`",
            ),
            (json!({"$ref": "#/paths"}), "among the components"),
            (json!({"$ref": 1}), "among the components"),
            (
                json!({"$ref": "#/components/schemas/Self"}),
                "`Self` refers to itself",
            ),
            (
                json!({"properties": {"x": {"$ref": "#/components/schemas/One"}}}),
                "refers to itself",
            ),
            (json!({"$ref": "#/components/schemas/Bad"}), "not valid"),
            (json!({"pattern": "("}), "not valid"),
            (json!({"properties": []}), "not an object"),
            (json!({"oneOf": {}}), "not a list"),
            (json!({"items": true}), "not an object"),
            (json!(7), "not an object"),
        ] {
            let error = read(&schemas, &schema).unwrap_err();
            assert!(error.contains(problem), "{schema}: {error}");
        }
    }

    #[test]
    fn integers_are_whole_and_fit() {
        let schema = read(
            &json!({}),
            &json!({"properties": {
                "id": {"type": "integer", "format": "int64"},
                "share": {"type": "integer", "minimum": 0, "exclusiveMinimum": true},
            }}),
        )
        .unwrap();
        let found = |body: &str| {
            let body = serde_json::from_str(body).unwrap();
            errors_of(&schema, &body).pop().map(|error| error.message)
        };
        for good in [
            r#"{"id": 9223372036854775807}"#,
            r#"{"id": -9223372036854775807, "share": 1}"#,
        ] {
            assert_eq!(found(good), None, "{good}");
        }
        for (bad, message) in [
            (
                r#"{"id": 9223372036854775808}"#,
                "Must be at most 9223372036854775807",
            ),
            (
                r#"{"id": -9223372036854775809}"#,
                "Must be at least -9223372036854775807",
            ),
            (r#"{"id": 1e300}"#, "Must be at most 9223372036854775807"),
            (r#"{"id": 1.0}"#, "Must be an integer"),
            (r#"{"share": 0}"#, "Must be greater than 0"),
        ] {
            assert_eq!(found(bad).as_deref(), Some(message), "{bad}");
        }
    }

    #[test]
    fn formats_that_are_cheap_are_checked() {
        let schema = read(
            &json!({}),
            &json!({"properties": {
                "at": {"type": "string", "format": "date-time"},
                "on": {"type": "string", "format": "date", "nullable": true},
                "email": {"type": "string", "format": "email"},
                "url": {"type": "string", "format": "uri"},
            }}),
        )
        .unwrap();
        let good = json!({"at": "2026-01-01T00:00:00.000Z", "on": null, "email": "a.b@example.com",
            "url": "any thing"});
        assert_eq!(errors_of(&schema, &good), []);
        let bad = json!({"at": "soon", "on": "2026-02-30", "email": "example.com"});
        let fields: Vec<_> = errors_of(&schema, &bad)
            .into_iter()
            .filter_map(|error| error.field)
            .collect();
        assert_eq!(fields, ["at", "on", "email"]);
    }

    #[test]
    fn lists_are_bounded_by_the_description_or_by_us() {
        let list = |items: usize| Value::from(vec![1; items]);
        let schema = |bound: Value| {
            let mut longer = json!({"type": "array", "items": {"type": "integer"}});
            if !bound.is_null() {
                longer["maxItems"] = bound;
            }
            let other = json!({"type": "array", "nullable": true});
            let properties = json!({"a": longer, "b": other, "c": {}});
            read(&json!({}), &json!({"properties": properties})).unwrap()
        };
        let found = |bound: Value, body: Value| {
            let errors = errors_of(&schema(bound), &body);
            errors.into_iter().map(|it| it.message).collect::<Vec<_>>()
        };
        for field in ["a", "b", "c"] {
            assert!(found(Value::Null, json!({field: list(LIST_ITEMS)})).is_empty());
            let refused = found(Value::Null, json!({field: list(LIST_ITEMS + 1)}));
            assert_eq!(refused, ["Must have at most 1000 items"], "{field}");
        }
        assert_eq!(
            found(json!(2), json!({"a": list(3)})),
            ["Must have at most 2 items"]
        );
        // Where one list can be longer than others, they still can not.
        assert!(found(json!(1_500), json!({"a": list(1_500)})).is_empty());
        assert_eq!(
            found(json!(1_500), json!({"b": list(1_001)})),
            ["Must have at most 1000 items"]
        );
    }

    #[test]
    fn finding_faults_comes_to_an_end() {
        let schema = read(
            &json!({}),
            &json!({"type": "object", "properties": {
                "texts": {"type": "array", "items": {"type": "string"}},
                "lists": {"type": "array", "items": {"type": "array", "items": {"oneOf": [
                    {"type": "object", "required": ["a"]},
                    {"type": "object", "required": ["b"]},
                ]}}},
            }}),
        )
        .unwrap();
        let fields = (0..900).map(|number| (format!("field_{number}"), Value::Null));
        for body in [
            json!({"texts": vec![1; 1_000]}),
            json!({"lists": vec![vec![json!({}); 100]; 100]}),
            Value::Object(fields.collect()),
        ] {
            let errors = errors_of(&schema, &body);
            assert_eq!(errors.len(), 101);
            assert!(errors[100].message.contains("more errors"));
        }
    }
}
