//! The view of a document that rules have: references followed, and operations in a row.

pub(super) use harvest_openapi::METHODS;
use harvest_openapi::{Document, extension, reference};
use serde_json::{Map, Value};

use crate::conventions::Conventions;
use crate::load::escape;

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

impl Operation<'_> {
    /// Whether it starts a job, whose state is a property of what another operation reads.
    pub fn starts_job(&self) -> bool {
        let ready = self.value.get(extension::READY);
        ready.is_some_and(|ready| ready.get("property").is_some())
    }
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
        let operations = Document::new(self.document).operations();
        operations
            .filter_map(|operation| {
                Some(Operation {
                    path: operation.path,
                    method: operation.method,
                    value: operation.value.as_object()?,
                    pointer: format!("/paths/{}/{}", escape(operation.path), operation.method),
                })
            })
            .collect()
    }

    pub fn schemes(&self) -> Vec<(&'a String, &'a Value)> {
        entries(self.document.pointer("/components/securitySchemes")).collect()
    }

    pub fn schemas(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        entries(self.document.pointer("/components/schemas"))
    }

    /// Follows references from the value at `pointer`. What leads nowhere stays as it is; other stages have said so.
    pub fn resolve(&self, value: &'a Value, pointer: &str) -> (&'a Value, String) {
        let followed = reference::follow(self.document, value);
        (
            followed.value,
            followed.pointer.unwrap_or(pointer).to_owned(),
        )
    }

    /// The name of the schema component that the value refers to.
    pub fn schema_name(value: &'a Value) -> Option<&'a str> {
        reference::schema_name(value)
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
