//! Ranges: query parameters that are objects of four bounds.

use serde_json::{Map, Value};

use super::view::{View, entries, items, text};

/// The style of a range: comparisons and values in turn, joined by `|`.
pub(super) const STYLE: &str = "pipeDelimited";
/// The comparisons that a range can make, as its properties are called.
const BOUNDS: [&str; 4] = ["gte", "gt", "lte", "lt"];

/// Whether a parameter is a range that the client can write: all four bounds, none required, all of moments or all of
/// days.
pub(super) fn is_range(view: &View<'_>, parameter: &Map<String, Value>) -> bool {
    let (schema, _) = view.resolve(parameter.get("schema").unwrap_or(&Value::Null), "");
    let formats: Vec<_> = entries(schema.get("properties"))
        .map(|(name, bound)| {
            let (bound, _) = view.resolve(bound, "");
            let bound = bound
                .as_object()
                .filter(|_| BOUNDS.contains(&name.as_str()));
            bound
                .filter(|bound| text(bound, "type") == "string")
                .map_or("", |bound| text(bound, "format"))
        })
        .collect();
    text(parameter, "in") == "query"
        && text(parameter, "style") == STYLE
        && parameter.get("explode") == Some(&Value::Bool(false))
        && schema.get("type").and_then(Value::as_str) == Some("object")
        && items(schema.get("required")).is_empty()
        && formats.len() == BOUNDS.len()
        && ["date", "date-time"].contains(&formats[0])
        && formats.iter().all(|format| *format == formats[0])
}
