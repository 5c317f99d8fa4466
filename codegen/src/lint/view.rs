//! What the rules look at: the document, with references followed and operations in a row.

use serde_json::{Map, Value};

use crate::conventions::Conventions;
use crate::load::escape;

pub(super) const METHODS: [&str; 8] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace",
];

pub(super) struct View<'a> {
    pub document: &'a Value,
    /// The policy of the version.
    pub conventions: Conventions,
}

/// An operation and where it is.
pub(super) struct Operation<'a> {
    pub path: &'a str,
    pub method: &'a str,
    pub value: &'a Map<String, Value>,
    pub pointer: String,
}

impl<'a> View<'a> {
    pub fn new(document: &'a Value) -> Self {
        let (conventions, _) = Conventions::of(document);
        Self {
            document,
            conventions,
        }
    }

    pub fn operations(&self) -> Vec<Operation<'a>> {
        let mut out = Vec::new();
        for (path, item) in entries(self.document.get("paths")) {
            for (method, value) in entries(Some(item)) {
                if let (true, Some(value)) = (METHODS.contains(&method.as_str()), value.as_object())
                {
                    out.push(Operation {
                        path,
                        method,
                        value,
                        pointer: format!("/paths/{}/{method}", escape(path)),
                    });
                }
            }
        }
        out
    }

    pub fn schemes(&self) -> Vec<(&'a String, &'a Value)> {
        entries(self.document.pointer("/components/securitySchemes")).collect()
    }

    pub fn schemas(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        entries(self.document.pointer("/components/schemas"))
    }

    /// Follows references from the value at `pointer`. What leads nowhere stays as it is; other stages have said so.
    pub fn resolve(&self, value: &'a Value, pointer: &str) -> (&'a Value, String) {
        let (mut value, mut pointer) = (value, pointer.to_owned());
        for _ in 0..32 {
            let Some(target) = value.get("$ref").and_then(Value::as_str) else {
                break;
            };
            let target = target.trim_start_matches('#');
            let Some(next) = self.document.pointer(target) else {
                break;
            };
            value = next;
            target.clone_into(&mut pointer);
        }
        (value, pointer)
    }

    /// The name of the schema component that the value refers to.
    pub fn schema_name(value: &'a Value) -> Option<&'a str> {
        value
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|r| r.strip_prefix("#/components/schemas/"))
    }
}

/// The entries of an object; none of anything else.
pub(super) fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// The items of an array; none of anything else.
pub(super) fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn text<'a>(map: &'a Map<String, Value>, key: &str) -> &'a str {
    map.get(key).and_then(Value::as_str).unwrap_or_default()
}
