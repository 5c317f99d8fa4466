//! The document that requests are made up from: the description, without the parameters that hide all others.

use harvest_openapi::extension;
use serde_json::Value;

use super::ids::resolve;

/// The document without parameters that no other may stand beside. Requests are made up of all parameters together, and
/// each of them would be refused for that one; nothing else would be looked at.
pub fn tried(document: &Value) -> Value {
    let mut tried = document.clone();
    let items = tried["paths"].as_object_mut();
    let items = items.into_iter().flat_map(|paths| paths.values_mut());
    for operation in items.filter_map(Value::as_object_mut).flatten() {
        let (_, operation) = operation;
        if let Some(parameters) = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut)
        {
            parameters.retain(|it| resolve(document, it)[extension::ALONE] != true);
        }
    }
    tried
}
