//! The keywords that a schema may have, and the formats.

use harvest_openapi::extension;
use serde_json::{Map, Value};

use super::super::view::text;
use super::super::{Findings, closed};
use super::Context;
use crate::format::DATE_OR_DATE_TIME;
use crate::load::escape;

/// Keywords that bound a value.
pub(in super::super) const BOUNDS: [&str; 13] = [
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
const KEYWORDS: [&str; 22] = [
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
    extension::ID,
    extension::RUNTIME_TYPE,
    extension::FILE,
    extension::EXCLUSIVE,
    extension::PERSONAL,
    extension::CONFIDENCE,
    extension::ACCEPTS_TEXT,
];
const FORMATS: [&str; 10] = [
    "int32",
    "int64",
    "float",
    "double",
    "date",
    "date-time",
    DATE_OR_DATE_TIME,
    "email",
    "uri",
    "byte",
];
impl Context<'_> {
    pub(super) fn keywords(&self, map: &Map<String, Value>, pointer: &str, out: &mut Findings<'_>) {
        for key in map.keys() {
            // They have no place in answers: what the service sends, it has sent.
            let check = BOUNDS.contains(&key.as_str()) || key == "default";
            if !check && !KEYWORDS.contains(&key.as_str()) {
                out.add(
                    &format!("{pointer}/{}", escape(key)),
                    "keyword",
                    format!("`{key}` has no form in the client"),
                    "use type, properties, items, enum, oneOf or additionalProperties; anyOf, not \
                     and discriminator are not understood",
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
            .is_some_and(|a| !a.is_object() && !closed::is_closed(map))
        {
            out.add(
                &format!("{pointer}/additionalProperties"),
                "keyword",
                "additionalProperties is no schema".to_owned(),
                "give the schema of a map's values; or false, on an object of a request that is \
                 closed",
            );
        }
        let is_map = map.contains_key("additionalProperties") && !closed::is_closed(map);
        if is_map && map.contains_key("properties") {
            out.add(
                pointer,
                "keyword",
                "both properties and a map".to_owned(),
                "describe the one or the other",
            );
        }
    }
}
