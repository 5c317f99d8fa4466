//! Rules about closed objects: what they do not describe is refused.

use serde_json::{Map, Value};

use super::Findings;

const CLOSED: &str = "additionalProperties";

/// Whether an object is closed: what it does not describe is refused.
pub(super) fn is_closed(map: &Map<String, Value>) -> bool {
    map.get(CLOSED) == Some(&Value::Bool(false))
}

pub(super) fn check(
    map: &Map<String, Value>,
    answered: bool,
    pointer: &str,
    out: &mut Findings<'_>,
) {
    if is_closed(map) && answered {
        out.add(
            &format!("{pointer}/{CLOSED}"),
            "closed",
            "an object of an answer is closed".to_owned(),
            "take `additionalProperties: false` out: the service adds properties without notice",
        );
    }
    if is_closed(map) && map.get("type").and_then(Value::as_str) != Some("object") {
        out.add(
            &format!("{pointer}/{CLOSED}"),
            "closed",
            "what is closed is no object".to_owned(),
            "add `type: object` and the properties that are taken",
        );
    }
}
