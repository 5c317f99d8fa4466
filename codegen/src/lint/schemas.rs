//! Rules about schemas.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToSnakeCase};
use serde_json::{Map, Value};

use super::view::{View, entries, items, text};
use super::{Findings, files, marks, names, roles};
use crate::load::escape;
use crate::names as rust;
use crate::role::Role;

/// Keywords that bound a value.
pub(super) const BOUNDS: [&str; 13] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];
const KEYWORDS: [&str; 20] = [
    "type",
    "format",
    "description",
    "nullable",
    "enum",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "allOf",
    "oneOf",
    "title",
    "example",
    "externalDocs",
    "deprecated",
    "x-harvest-id",
    Role::EXTENSION,
    files::EXTENSION,
    marks::PERSONAL,
    marks::CONFIDENCE,
];
const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];
const FORMATS: [&str; 9] = [
    "int32",
    "int64",
    "float",
    "double",
    "date",
    "date-time",
    "email",
    "uri",
    "byte",
];
/// How many properties of an answer can remember that they were null.
const NULLABLE: usize = 128;

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    let (requests, answers) = directions(view);
    let classifies = marks::classifies(view);
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (name, schema) in view.schemas() {
        let pointer = format!("/components/schemas/{}", escape(name));
        let plain = names::is_ascii(name) && *name == name.to_pascal_case();
        // The published document calls its nullable copies so.
        let copy = name.starts_with("Nullable");
        if !plain || copy || names::is_taken_type(name) {
            out.add(
                &pointer,
                "schema-name",
                format!("`{name}` cannot be the name of a type"),
                "use PascalCase, and none of the words that Rust code needs",
            );
        } else if let Some(other) = known.insert(name.to_lowercase(), name) {
            out.add(
                &pointer,
                "schema-name",
                format!("{name} and {other} differ in letter case only"),
                "rename one",
            );
        }
        let context = Context {
            view,
            request: requests.contains(name.as_str()),
            answer: answers.contains(name.as_str()),
            component: true,
            classifies,
        };
        context.schema(schema, &pointer, out);
    }
}

/// Whether something that is called like an id, or like several, is a number without being an id.
pub(super) fn is_plain_id(view: &View<'_>, name: &str, schema: &Value) -> bool {
    let is_plain = |schema: &Value| {
        let schema = match items(schema.get("allOf")) {
            [only] => only,
            _ => schema,
        };
        let (schema, _) = view.resolve(schema, "");
        let kind = schema.get("type").and_then(Value::as_str);
        kind == Some("integer") && schema.get("x-harvest-id").is_none()
    };
    let name = name.to_snake_case();
    let is_one = name == "id" || name.ends_with("_id");
    let is_several = name == "ids" || name.ends_with("_ids");
    (is_one && is_plain(schema)) || (is_several && schema.get("items").is_some_and(is_plain))
}

/// The schemas that requests and answers lead to.
fn directions<'a>(view: &View<'a>) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    let mut requests = BTreeSet::new();
    let mut answers = BTreeSet::new();
    for operation in view.operations() {
        if let Some(body) = operation.value.get("requestBody") {
            follow(view, view.resolve(body, "").0, &mut requests);
        }
        for (_, answer) in entries(operation.value.get("responses")) {
            follow(
                view,
                view.resolve(answer, "")
                    .0
                    .get("content")
                    .unwrap_or(&Value::Null),
                &mut answers,
            );
        }
    }
    (requests, answers)
}

fn follow<'a>(view: &View<'a>, value: &'a Value, seen: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(map) => {
            if let Some(name) = View::schema_name(value) {
                if seen.insert(name) {
                    follow(view, view.resolve(value, "").0, seen);
                }
                return;
            }
            for (key, inner) in map {
                if key != "example" && key != "examples" {
                    follow(view, inner, seen);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|i| follow(view, i, seen)),
        _ => {}
    }
}

struct Context<'a> {
    view: &'a View<'a>,
    request: bool,
    answer: bool,
    component: bool,
    /// Whether the document says of its texts whether they are personal data.
    classifies: bool,
}

impl Context<'_> {
    fn schema(&self, schema: &Value, pointer: &str, out: &mut Findings<'_>) {
        let Some(map) = schema.as_object() else {
            out.add(
                pointer,
                "schema",
                "this is no schema".to_owned(),
                "a schema is an object",
            );
            return;
        };
        if map.contains_key("$ref") {
            if View::schema_name(schema).is_none() {
                out.add(
                    &format!("{pointer}/$ref"),
                    "reference",
                    "the reference leads to no schema".to_owned(),
                    "refer to a component under schemas",
                );
            }
            return;
        }
        self.keywords(map, pointer, out);
        self.kind(map, pointer, out);
        self.unions(map, pointer, out);
        roles::check(self.view, map, self.component, pointer, out);
        marks::check(map, self.component, pointer, out);
        let direction = (self.request, self.answer);
        files::check(self.view, map, self.component, direction, pointer, out);
        let inner = Context {
            component: false,
            ..*self
        };
        let required: Vec<&str> = items(map.get("required"))
            .iter()
            .filter_map(Value::as_str)
            .collect();
        for name in &required {
            if map.get("properties").and_then(|p| p.get(name)).is_none() {
                out.add(
                    &format!("{pointer}/required"),
                    "required",
                    format!("{name} is required and not described"),
                    "describe it, or take it off the list",
                );
            }
        }
        self.fields(map, pointer, out);
        for (name, property) in entries(map.get("properties")) {
            let at = format!("{pointer}/properties/{}", escape(name));
            inner.property(name, property, required.contains(&name.as_str()), &at, out);
            if self.classifies {
                marks::property(self.view, name, property, self.answer, &at, out);
            }
            inner.schema(property, &at, out);
        }
        for key in ["items", "additionalProperties"] {
            if let Some(value @ Value::Object(_)) = map.get(key) {
                inner.schema(value, &format!("{pointer}/{key}"), out);
            }
        }
        for key in ["allOf", "oneOf"] {
            for (index, value) in items(map.get(key)).iter().enumerate() {
                inner.schema(value, &format!("{pointer}/{key}/{index}"), out);
            }
        }
    }

    /// Properties become fields, and those of requests methods, too.
    fn fields(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
        let request = self.request && !self.answer;
        let mut taken = BTreeSet::new();
        taken.extend(self.answer.then(|| "nulls".to_owned()));
        taken.extend(request.then(|| "new".to_owned()));
        taken.extend(request.then(|| "from_upload".to_owned()));
        // What clears a property is a method beside that which sets it.
        let cleared = entries(map.get("properties"))
            .filter(|(_, property)| property.get("nullable") == Some(&Value::Bool(true)))
            .map(|(name, _)| format!("clear_{}", rust::field(name).to_snake_case()));
        taken.extend(cleared.filter(|_| request));
        for (name, _) in entries(map.get("properties")) {
            let ident = rust::field(name);
            let is_name = ident.is_ascii() && name.contains(|c: char| c.is_ascii_alphanumeric());
            if !is_name || !taken.insert(ident.clone()) {
                out.add(
                    &format!("{pointer}/properties/{}", escape(name)),
                    "property",
                    format!("`{name}` becomes the field `{ident}`, which is taken, or is no name of ASCII letters and digits"),
                    "leave it out, or describe the object as a map: its name cannot be changed",
                );
            }
        }
        self.nulls(map, pointer, out);
    }

    /// Each property of an answer that may be missing or null is remembered by a bit.
    fn nulls(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
        let required = items(map.get("required"));
        let count = entries(map.get("properties"))
            .filter(|(name, property)| {
                let is_nullable = property.get("nullable") == Some(&Value::Bool(true));
                is_nullable || !required.iter().any(|r| r.as_str() == Some(name))
            })
            .count();
        if self.answer && count > NULLABLE {
            out.add(
                &format!("{pointer}/properties"),
                "nullable",
                format!("{count} properties may be null or missing"),
                format!("{NULLABLE} is the most that the client remembers: move some into a model of their own, or describe the object as a map"),
            );
        }
    }

    fn keywords(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
        for key in map.keys() {
            // They have no place in answers: what the service sends, it has sent.
            let check = BOUNDS.contains(&key.as_str()) || key == "default";
            if !check && !KEYWORDS.contains(&key.as_str()) {
                out.add(
                    &format!("{pointer}/{}", escape(key)),
                    "keyword",
                    format!("`{key}` has no form in the client"),
                    "use type, properties, items, enum, oneOf or additionalProperties; anyOf, not and discriminator are not understood",
                );
            }
            if check && self.answer {
                out.add(
                    &format!("{pointer}/{key}"),
                    "validation",
                    format!("`{key}` in a model of an answer"),
                    "remove it; say in the description what is usual",
                );
            }
        }
        let format = text(map, "format");
        if !format.is_empty() && !FORMATS.contains(&format) {
            out.add(
                &format!("{pointer}/format"),
                "format",
                format!("the format `{format}` is not known"),
                format!("use one of {}", FORMATS.join(", ")),
            );
        }
        if !format.is_empty() && text(map, "type").is_empty() {
            out.add(
                pointer,
                "format",
                "a format without a type".to_owned(),
                "add the type",
            );
        }
        if text(map, "type") == "integer" && !["int32", "int64"].contains(&format) {
            out.add(
                pointer,
                "format",
                "an integer without a size".to_owned(),
                "add `format: int64`, or int32 where it is certain",
            );
        }
        if map
            .get("additionalProperties")
            .is_some_and(|a| !a.is_object())
        {
            out.add(
                &format!("{pointer}/additionalProperties"),
                "keyword",
                "additionalProperties is no schema".to_owned(),
                "give the schema of a map's values; objects always tolerate what is not described",
            );
        }
        if map.contains_key("additionalProperties") && map.contains_key("properties") {
            out.add(
                pointer,
                "keyword",
                "both properties and a map".to_owned(),
                "describe the one or the other",
            );
        }
    }

    fn kind(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
        if map
            .get("type")
            .is_some_and(|t| t.as_str().is_none_or(|t| !TYPES.contains(&t)))
        {
            out.add(
                &format!("{pointer}/type"),
                "schema",
                "the type is not known".to_owned(),
                format!("use one of {}", TYPES.join(", ")),
            );
        }
        if map.contains_key("properties") && text(map, "type") != "object" {
            out.add(
                pointer,
                "schema",
                "properties without `type: object`".to_owned(),
                "add the type",
            );
        }
        if !self.component && (map.contains_key("properties") || map.contains_key("enum")) {
            out.add(
                pointer,
                "inline",
                "an inline object or enumeration".to_owned(),
                "make it a component: it becomes a type, and needs a name",
            );
        }
        let is_union = ["type", "oneOf", "allOf"]
            .iter()
            .any(|key| map.contains_key(*key));
        if self.component && is_union && map.get("nullable") == Some(&Value::Bool(true)) {
            out.add(
                &format!("{pointer}/nullable"),
                "nullable",
                "a component that may be null".to_owned(),
                "say `nullable: true` where it is referred to, with allOf around the reference: the type is the same, and who refers to it knows whether it may be null",
            );
        }
        if map.contains_key("x-harvest-id")
            && (text(map, "type") != "integer" || text(map, "format") != "int64" || !self.component)
        {
            out.add(
                pointer,
                "id",
                "an id that is no int64 component".to_owned(),
                "make it a component of type integer and format int64",
            );
        }
        let is_called_id = self.component && pointer.ends_with("Id");
        if is_called_id && text(map, "type") == "integer" && !map.contains_key("x-harvest-id") {
            out.add(
                pointer,
                "id",
                "a component that is called like an id, and is none".to_owned(),
                "add `x-harvest-id: true`, so that it becomes a type of its own, or call it something else",
            );
        }
        if let Some(values) = map.get("enum") {
            let mut seen = BTreeMap::new();
            for value in items(Some(values)) {
                let Some(value) = value.as_str() else {
                    out.add(
                        pointer,
                        "enum",
                        "a value that is no text".to_owned(),
                        "enumerations are of texts; for null use nullable",
                    );
                    continue;
                };
                let ident = rust::variant(value);
                let is_name = ident.is_ascii()
                    && ident.starts_with(|c: char| c.is_ascii_uppercase())
                    && value.contains(|c: char| c.is_ascii_alphanumeric());
                if !is_name || ident == "Unknown" || seen.insert(ident.clone(), value).is_some() {
                    out.add(
                        pointer,
                        "enum",
                        format!("`{value}` becomes the variant `{ident}`, which is taken or reserved, or is no name of ASCII letters and digits"),
                        "describe the property as a plain string, and list the values in its description",
                    );
                }
            }
            if text(map, "type") != "string" || seen.is_empty() {
                out.add(
                    pointer,
                    "enum",
                    "an enumeration that is no list of texts".to_owned(),
                    "enumerations have `type: string` and at least one value",
                );
            }
        }
        if self.component
            && map
                .get("description")
                .is_none_or(|d| d.as_str().is_none_or(|d| d.trim().is_empty()))
        {
            out.add(
                pointer,
                "words",
                "a schema without a description".to_owned(),
                "say what it is; the text becomes the documentation of the type",
            );
        }
    }

    fn unions(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
        if let Some(all) = map.get("allOf") {
            let [only] = items(Some(all)) else {
                out.add(
                    &format!("{pointer}/allOf"),
                    "union",
                    "allOf of several schemas".to_owned(),
                    "write the properties out; allOf is only for one reference that may be null or has words of its own",
                );
                return;
            };
            if View::schema_name(only).is_none()
                || map.contains_key("type")
                || map.contains_key("properties")
            {
                out.add(
                    &format!("{pointer}/allOf"),
                    "union",
                    "allOf of something else than one reference".to_owned(),
                    "refer to a component",
                );
            }
        }
        if let Some(one) = map.get("oneOf") {
            if items(Some(one)).is_empty() {
                out.add(
                    &format!("{pointer}/oneOf"),
                    "union",
                    "oneOf of nothing".to_owned(),
                    "list the shapes, or take it out: a schema without a type is of any",
                );
            }
            let mut kinds = BTreeSet::new();
            for member in items(Some(one)) {
                let (resolved, _) = self.view.resolve(member, pointer);
                let kind = match resolved.get("type").and_then(Value::as_str) {
                    Some("object") => {
                        let required: Vec<_> = items(resolved.get("required"))
                            .iter()
                            .map(Value::to_string)
                            .collect();
                        format!("object with {}", required.join(", "))
                    }
                    Some("integer" | "number") => "number".to_owned(),
                    Some(kind) => kind.to_owned(),
                    None => "anything".to_owned(),
                };
                if kind == "anything" || !kinds.insert(kind.clone()) {
                    out.add(
                        &format!("{pointer}/oneOf"),
                        "union",
                        format!(
                            "two members of oneOf look alike in JSON, or one takes all ({kind})"
                        ),
                        "members have to differ in JSON type, or (objects) in required properties",
                    );
                }
            }
        }
    }

    fn property(
        &self,
        name: &str,
        property: &Value,
        required: bool,
        pointer: &str,
        out: &mut Findings<'_>,
    ) {
        let nullable = property.get("nullable") == Some(&Value::Bool(true)) || {
            let (target, _) = self.view.resolve(property, pointer);
            target.get("nullable") == Some(&Value::Bool(true))
        };
        if self.answer && !self.request && !required && !nullable {
            out.add(
                pointer,
                "nullable",
                format!("{name} may be missing, but not null"),
                "say `nullable: true` (with allOf around a reference), or require it if it is always there",
            );
        }
        if self.answer && self.request && (!required || nullable) {
            out.add(
                pointer,
                "direction",
                format!("{name} is optional or nullable in a model that is both sent and received"),
                "split the model: one for requests, one for answers",
            );
        }
        let described = property.get("$ref").is_some()
            || property.get("allOf").is_some()
            || property
                .get("description")
                .and_then(Value::as_str)
                .is_some_and(|d| !d.trim().is_empty());
        if !described {
            out.add(
                pointer,
                "words",
                format!("{name} has no description"),
                "say what it means",
            );
        }
        if is_plain_id(self.view, name, property) {
            out.add(
                pointer,
                "id",
                format!("{name} is a plain integer"),
                "refer to an id schema (x-harvest-id), so that ids of different kinds cannot be mixed up",
            );
        }
    }
}
