//! Kinds of schemas: their types, and what ids and enumerations need beside.

use std::collections::BTreeMap;

use harvest_openapi::extension;
use serde_json::{Map, Value};

use super::super::Findings;
use super::super::view::{items, text};
use super::Context;
use crate::names as rust;

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

impl Context<'_> {
    pub(super) fn kind(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
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
                "say `nullable: true` where it is referred to, with allOf around the reference: \
                 the type is the same, and who refers to it knows whether it may be null",
            );
        }
        self.id(map, pointer, out);
        enumeration(map, pointer, out);
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

    fn id(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
        let form = (text(map, "type"), text(map, "format"));
        let is_id = matches!(form, ("integer", "int64") | ("string", ""));
        if map.contains_key(extension::ID) && !(is_id && self.component) {
            out.add(
                pointer,
                "id",
                "an id that is no component of a number or a text".to_owned(),
                "make it a component of type integer and format int64, or of type string without a \
                 format",
            );
        }
        let is_called_id = self.component && pointer.ends_with("Id");
        if is_called_id && text(map, "type") == "integer" && !map.contains_key(extension::ID) {
            out.add(
                pointer,
                "id",
                "a component that is called like an id, and is none".to_owned(),
                "add `x-harvest-id: true`, so that it becomes a type of its own, or call it \
                 something else",
            );
        }
    }
}

/// Values become variants.
fn enumeration(map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
    let Some(values) = map.get("enum") else {
        return;
    };
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
                format!(
                    "`{value}` becomes the variant `{ident}`, which is taken or reserved, or is no \
                     name of ASCII letters and digits"
                ),
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
