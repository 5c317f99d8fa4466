//! Bytes of deliveries, escaped and signed as the service does it.

use std::fmt::Write as _;

use hmac::{Hmac, Mac as _};
use serde::Serialize;
use sha2::Sha256;

use crate::json::Value;
use crate::refusal::{Outcome, broken};

#[derive(Serialize)]
struct Envelope<'a> {
    action: &'a str,
    payload: &'a Value,
}

/// JSON in the form that is kept here.
pub(super) fn object(json: &serde_json::Value) -> Value {
    // What was JSON is JSON.
    serde_json::from_str(&json.to_string()).unwrap_or(Value::Null)
}

/// The body of a delivery.
pub(super) fn write(action: &str, payload: &Value) -> Outcome<String> {
    let text = serde_json::to_string(&Envelope { action, payload });
    let text = text.map_err(|error| broken(format!("a payload: {error}")))?;
    Ok(escape(&text))
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

/// The value of the header `Signature` of a body.
pub(super) fn signature(secret: &str, body: &[u8]) -> String {
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
        let written = write("ping", &serde_json::from_str(text).unwrap()).unwrap();
        assert_eq!(
            written,
            concat!(
                r#"{"action":"ping","#,
                r#""payload":{"a\u003cb":"\u003cp\u003eZo\u00eb \u0026 \u6771\u4eac \u2028 "#,
                r#"\ud83e\udd80 \"\\\u003c/p\u003e","n":1.5}}"#
            )
        );
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
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
}
