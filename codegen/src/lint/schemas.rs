//! Rules about schemas: their names and properties here, the rest in modules beside.

mod directions;
mod keywords;
mod kinds;
mod unions;

use std::collections::{BTreeMap, BTreeSet};

use harvest_openapi::extension;
use heck::{ToPascalCase, ToSnakeCase};
use serde_json::{Map, Value};

use super::view::{View, entries, items};
use super::{Findings, closed, exclusive, files, marks, names, roles};
use crate::conventions::Optional;
use crate::load::{escape, publish};
use crate::names as rust;

pub(super) use keywords::BOUNDS;

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    let (requests, answers) = directions::directions(view);
    let classifies = marks::classifies(view);
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (name, schema) in view.schemas() {
        let pointer = format!("/components/schemas/{}", escape(name));
        let plain = names::is_ascii(name) && *name == name.to_pascal_case();
        // The published document calls its copies so, and other generators theirs.
        let open = name.strip_suffix(publish::OPEN);
        let listed = name.strip_suffix(publish::IN_LIST);
        let original = |name: &str| view.schemas().any(|(other, _)| other == name);
        let is_copy = open.or(listed).is_some_and(original);
        // Go's constructor of the other schema has that name.
        let is_constructor = name.strip_prefix("New").is_some_and(original);
        let copy = name.starts_with("Nullable")
            || name.ends_with(publish::OR_NULL)
            || is_copy
            || is_constructor;
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
        kind == Some("integer") && schema.get(extension::ID).is_none()
    };
    let name = name.to_snake_case();
    let is_one = name == "id" || name.ends_with("_id");
    let is_several = name == "ids" || name.ends_with("_ids");
    (is_one && is_plain(schema)) || (is_several && schema.get("items").is_some_and(is_plain))
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
        closed::check(map, self.answer, pointer, out);
        exclusive::check(map, self.component, direction, pointer, out);
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
            marks::accepts_text(self.view, property, self.request && !self.answer, &at, out);
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
        // The field that remembers what came.
        taken.extend(self.answer.then(|| "received".to_owned()));
        taken.extend(request.then(|| "new".to_owned()));
        taken.extend(request.then(|| "from_upload".to_owned()));
        // What clears a property is a method beside that which sets it.
        let cleared = entries(map.get("properties"))
            .filter(|(_, property)| {
                property.get("nullable") == Some(&Value::Bool(true))
                    || property.get("type").and_then(Value::as_str) == Some("array")
            })
            .map(|(name, _)| format!("clear_{}", rust::field(name).to_snake_case()));
        taken.extend(cleared.filter(|_| request));
        for (name, _) in entries(map.get("properties")) {
            let ident = rust::field(name);
            let is_name = ident.is_ascii() && name.contains(|c: char| c.is_ascii_alphanumeric());
            if !is_name || !taken.insert(ident.clone()) {
                out.add(
                    &format!("{pointer}/properties/{}", escape(name)),
                    "property",
                    format!(
                        "`{name}` becomes the field `{ident}`, which is taken, or is no name of \
                         ASCII letters and digits"
                    ),
                    "leave it out, or describe the object as a map: its name cannot be changed",
                );
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
        let is_lenient = self.view.conventions.optional == Optional::Plain;
        if self.answer && !self.request && !required && !nullable && !is_lenient {
            out.add(
                pointer,
                "nullable",
                format!("{name} may be missing, but not null"),
                "say `nullable: true` (with allOf around a reference), or require it if it is \
                 always there",
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
                "refer to an id schema (x-harvest-id), so that ids of different kinds cannot be \
                 mixed up",
            );
        }
    }
}
