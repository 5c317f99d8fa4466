//! The document as it was written: JSON in which references are followed.

use harvest_openapi::{Document, Json, reference};

use crate::json::{Map, Value};

/// What reading a part of the document gives, or a sentence about what is wrong with it.
/// `document.rs` adds the name of the operation.
pub(crate) type Read<T> = Result<T, String>;

/// The whole document.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    root: &'a Value,
}

impl<'a> Source<'a> {
    pub(crate) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    pub(crate) fn root(self) -> &'a Value {
        self.root
    }

    /// Follows `$ref` until there is none.
    pub(crate) fn resolve(self, value: &'a Value) -> Read<&'a Value> {
        let followed = reference::follow(self.root, value);
        match followed.error {
            None => Ok(followed.value),
            Some(error) => Err(error.to_string()),
        }
    }

    /// A named component of a kind (`schemas`, `securitySchemes` …).
    pub(crate) fn component(self, kind: &str, name: &str) -> Option<&'a Value> {
        Document::new(self.root).component(kind, name)
    }
}

impl Json for Value {
    fn member(&self, key: &str) -> Option<&Self> {
        self.get(key)
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let object = self.as_object().into_iter().flatten();
        object.map(|(key, value)| (key.as_str(), value))
    }

    fn elements(&self) -> &[Self] {
        self.as_array().map_or(&[], Vec::as_slice)
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn at(&self, pointer: &str) -> Option<&Self> {
        self.pointer(pointer)
    }
}

/// The property as an object; `None` if it is missing.
pub(crate) fn object<'a>(value: &'a Value, key: &str) -> Read<Option<&'a Map>> {
    match value.get(key) {
        None => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(_) => Err(format!("`{key}` is not an object")),
    }
}

/// The property as a list; empty if it is missing.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> Read<&'a [Value]> {
    match value.get(key) {
        None => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(format!("`{key}` is not a list")),
    }
}

/// The property as a text; `None` if it is missing.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> Read<Option<&'a str>> {
    match value.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{key}` is not a text")),
    }
}

/// The property as a boolean; false if it is missing.
pub(crate) fn flag(value: &Value, key: &str) -> Read<bool> {
    match value.get(key) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(format!("`{key}` is neither true nor false")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[test]
    fn references_are_followed_and_circles_found() {
        let root = json!({
            "components": {"schemas": {
                "A": {"$ref": "#/components/schemas/B"},
                "B": {"type": "string"},
                "C": {"$ref": "#/components/schemas/C"},
            }},
            "to": {"$ref": "#/components/schemas/A"},
            "round": {"$ref": "#/components/schemas/C"},
            "away": {"$ref": "other.yaml#/A"},
            "nowhere": {"$ref": "#/components/schemas/D"},
        });
        let source = Source::new(&root);
        assert_eq!(
            source.resolve(&root["to"]).unwrap(),
            &json!({"type": "string"})
        );
        assert!(
            source
                .resolve(&root["round"])
                .unwrap_err()
                .contains("circle")
        );
        assert!(
            source
                .resolve(&root["away"])
                .unwrap_err()
                .contains("outside")
        );
        assert!(
            source
                .resolve(&root["nowhere"])
                .unwrap_err()
                .contains("points at nothing")
        );
    }
}
