//! Bytes that are nearly JSON, made JSON.
//!
//! | fault | becomes |
//! | --- | --- |
//! | a byte order mark at the start | nothing |
//! | bytes that are no UTF-8 | U+FFFD |
//! | `\ud83d` without its other half | U+FFFD |
//! | a line break or another control character within a text | its escape, so nothing is lost |
//!
//! Each would otherwise cost the whole answer for the sake of one text.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::scan;

/// The byte order mark in UTF-8.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Repairs the body of an answer. What is right is only borrowed.
pub(crate) fn body(body: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(body.strip_prefix(MARK).unwrap_or(body)) {
        Cow::Borrowed(body) => text(body),
        Cow::Owned(body) => Cow::Owned(text(&body).into_owned()),
    }
}

/// Repairs the strings in a JSON text.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut repaired = String::new();
    // Everything before was copied.
    let mut copied = 0;
    let mut at = 0;
    while let Some(start) = find(bytes, at, b'"') {
        let end = scan::string_end(bytes, start);
        at = start + 1;
        while at < end {
            let fault = Fault::at(bytes, at, end);
            if let Some((fault, length)) = fault {
                repaired.push_str(text.get(copied..at).unwrap_or_default());
                fault.write(&mut repaired);
                at += length;
                copied = at;
            } else {
                at += length_of(bytes, at, end);
            }
        }
        at = end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    repaired.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(repaired)
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    let rest = bytes.get(from..)?;
    Some(from + rest.iter().position(|other| *other == byte)?)
}

/// What makes a text no JSON.
enum Fault {
    HalfACharacter,
    Control(u8),
}

impl Fault {
    /// The fault that begins at this index, and how long it is.
    fn at(bytes: &[u8], at: usize, end: usize) -> Option<(Self, usize)> {
        match bytes[at] {
            control @ ..0x20 => Some((Self::Control(control), 1)),
            b'\\' => {
                let unit = unit(bytes, at, end)?;
                let is_half = match unit {
                    0xd800..=0xdbff => !is_low(bytes, at + 6, end),
                    0xdc00..=0xdfff => true,
                    _ => false,
                };
                is_half.then_some((Self::HalfACharacter, 6))
            }
            _ => None,
        }
    }

    fn write(self, out: &mut String) {
        match self {
            // As long as what it replaces, so that places in the text stay the same.
            Self::HalfACharacter => out.push_str("\\ufffd"),
            Self::Control(byte) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{byte:04x}");
            }
        }
    }
}

/// How long the character or escape at this index is, of which nothing is to be repaired.
fn length_of(bytes: &[u8], at: usize, end: usize) -> usize {
    match (bytes[at], unit(bytes, at, end)) {
        (b'\\', Some(0xd800..=0xdbff)) => 12,
        (b'\\', Some(_)) => 6,
        (b'\\', None) => 2,
        _ => 1,
    }
}

fn is_low(bytes: &[u8], at: usize, end: usize) -> bool {
    matches!(unit(bytes, at, end), Some(0xdc00..=0xdfff))
}

/// The UTF-16 unit of an escape such as `\u00e9` at this index.
fn unit(bytes: &[u8], at: usize, end: usize) -> Option<u16> {
    let escape = bytes.get(at..at + 6).filter(|_| at + 6 < end)?;
    let digits = escape.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_is_borrowed() {
        for right in [
            "",
            r#"{"a":["\ud83d\ude00","é\u00e9\n\\ud83d"],"b":"#,
            "\n\t[1, \"\"]\n",
        ] {
            assert!(matches!(body(right.as_bytes()), Cow::Borrowed(same) if same == right));
        }
    }

    #[test]
    fn one_text_is_repaired_and_the_rest_left_alone() {
        for (broken, repaired) in [
            (&b"\xef\xbb\xbf{\"id\":7}"[..], r#"{"id":7}"#),
            (br#"["a\ud83d b","c"]"#, r#"["a\ufffd b","c"]"#),
            (br#"["\ud83d"]"#, r#"["\ufffd"]"#),
            (br#"["\ud83d\u0041"]"#, r#"["\ufffd\u0041"]"#),
            (br#"["\ud83d\ud83d\ude00"]"#, r#"["\ufffd\ud83d\ude00"]"#),
            (br#"["\uDE00"]"#, r#"["\ufffd"]"#),
            (br#"["\\\ud83d"]"#, r#"["\\\ufffd"]"#),
            (b"[\"a\nb\tc\"]", r#"["a\u000ab\u0009c"]"#),
            (b"[\"gr\xf6\xdfe\"]", "[\"gr\u{fffd}\u{fffd}e\"]"),
            // No JSON, and not made JSON.
            (br#"["\ud83"]"#, r#"["\ud83"]"#),
            (br#"["\u"#, r#"["\u"#),
            (b"\"\\", "\"\\"),
        ] {
            assert_eq!(body(broken), repaired);
        }
    }
}
