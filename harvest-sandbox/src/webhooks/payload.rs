//! Bytes of deliveries, escaped and signed as the service does it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use bytes::Bytes;
use hmac::{Hmac, Mac as _};
use indexmap::IndexMap;
use serde::Serialize;
use sha2::Sha256;

use super::WebhookError;
use crate::json::Value;

/// The longest payload that a test can send, in bytes.
const LONGEST: usize = 256 << 10;

/// The examples of the description, by event.
static EXAMPLES: LazyLock<IndexMap<String, Value>> = LazyLock::new(|| {
    // The description is embedded, and tests decode each example of it.
    let document: serde_json::Value =
        serde_json::from_str(harvest_spec::WEBHOOKS.json).unwrap_or_default();
    let events = document
        .get(harvest_openapi::EVENTS)
        .and_then(serde_json::Value::as_object);
    let examples = events.into_iter().flatten().filter_map(|(action, item)| {
        let example = item.pointer("/post/requestBody/content/application~1json/example/payload");
        Some((action.clone(), object(example?)))
    });
    examples.collect()
});

/// The payload that the description has for an example.
pub(super) fn example(action: &str) -> Result<Value, WebhookError> {
    let known = EXAMPLES.get(action).cloned();
    known.ok_or_else(|| WebhookError::Action {
        action: action.to_owned(),
    })
}

/// JSON in the form that is kept here.
pub(super) fn object(json: &serde_json::Value) -> Value {
    // What was JSON is JSON.
    serde_json::from_str(&json.to_string()).unwrap_or(Value::Null)
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

#[derive(Serialize)]
struct Envelope<'a> {
    action: &'a str,
    payload: &'a Value,
}

/// The body of a delivery.
#[derive(Clone, Debug)]
pub(super) struct Payload(String);

impl Payload {
    pub(super) fn of(action: &str, payload: &Value) -> Result<Self, WebhookError> {
        let text = serde_json::to_string(&Envelope { action, payload });
        let text = text.map_err(|error| WebhookError::Payload {
            problem: format!("the payload cannot be written: {error}"),
        })?;
        Ok(Self(escape(&text)))
    }

    /// The body with the value of its signature's header.
    pub(super) fn sign(self, secret: &str) -> Signed {
        Signed {
            signature: signature(secret, self.0.as_bytes()),
            body: self.0.into(),
        }
    }
}

/// A body and its signature.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub(super) body: Bytes,
    pub(super) signature: String,
}

/// JSON as Rails writes it: nothing but ASCII, and no character that means something in HTML. In JSON that was just written
/// they stand in texts only.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && !matches!(c, '<' | '>' | '&' | '\u{7f}') {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

fn signature(secret: &str, body: &[u8]) -> String {
    let mut text = "sha256 ".to_owned();
    // An HMAC takes a key of any length.
    if let Ok(mut code) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        code.update(body);
        for byte in code.finalize().into_bytes() {
            let _ = write!(text, "{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_ascii_and_means_the_same() {
        let text = r#"{"a<b":"<p>Zoë & 東京 \u2028 🦀 \"\\</p>","n":1.50}"#;
        let payload = Payload::of("ping", &parse(text).unwrap()).unwrap();
        assert_eq!(
            payload.0,
            r#"{"action":"ping","payload":{"a\u003cb":"\u003cp\u003eZo\u00eb \u0026 \u6771\u4eac \u2028 \ud83e\udd80 \"\\\u003c/p\u003e","n":1.5}}"#
        );
        let read: serde_json::Value = serde_json::from_str(&payload.0).unwrap();
        let sent: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(read["payload"], sent);
    }

    #[test]
    fn the_signature_is_that_of_the_escaped_bytes() {
        // As Python's hmac computes them.
        for (secret, body, expected) in [
            (
                "nest of wrens",
                r#"{"action":"ping","payload":{}}"#,
                "sha256 b5c1fa07787c932c566dece98cb505a01502fcb2b147f71cecace9b6b2c6f2c0",
            ),
            (
                "clé à molette 鍵",
                r#"{"action":"ping","payload":{}}"#,
                "sha256 7ade686d1f22727e18acc52863faa38eec4e6a7e625f0d0bb24c22a43672212f",
            ),
        ] {
            assert_eq!(signature(secret, body.as_bytes()), expected);
        }
    }

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

    #[test]
    fn each_described_event_has_an_example() {
        assert_eq!(EXAMPLES.len(), 30);
        assert!(EXAMPLES.values().all(|it| matches!(it, Value::Object(_))));
    }
}
