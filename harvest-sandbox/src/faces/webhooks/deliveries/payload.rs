//! Payloads that a test makes up.

use super::WebhookError;
use crate::faces::webhooks;
use crate::json::Value;

/// The longest payload that a test can send, in bytes.
const LONGEST: usize = 256 << 10;

/// The payload that the description has for an example.
pub(super) fn example(action: &str) -> Result<&'static Value, WebhookError> {
    webhooks::example(action).ok_or_else(|| WebhookError::Action {
        action: action.to_owned(),
    })
}

/// A payload of a test's own.
pub(super) fn parse(text: &str) -> Result<Value, WebhookError> {
    let refuse = |problem: String| Err(WebhookError::Payload { problem });
    if text.len() > LONGEST {
        return refuse(format!("a payload has up to {LONGEST} bytes"));
    }
    match serde_json::from_str(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => refuse("a payload is an object of JSON".to_owned()),
        Err(error) => refuse(format!(
            "the payload is no JSON: line {}, column {}",
            error.line(),
            error.column()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_of_tests_are_objects_within_bounds() {
        for text in [
            "",
            "[]",
            "null",
            "{",
            "7",
            &format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST)),
        ] {
            assert!(matches!(parse(text), Err(WebhookError::Payload { .. })));
        }
    }
}
