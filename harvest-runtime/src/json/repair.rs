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

use super::scan;

/// The byte order mark in UTF-8.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";

/// What stands for bytes that are no UTF-8.
const REPLACEMENT: char = '\u{fffd}';
/// How much longer a control character is as its escape.
const ESCAPED: usize = 5;

/// Repairs the body of an answer. What is right is only borrowed.
pub(crate) fn body(body: &[u8]) -> Cow<'_, str> {
    let body = body.strip_prefix(MARK).unwrap_or(body);
    if let Ok(body) = str::from_utf8(body) {
        return text(body);
    }
    let valid = valid(body);
    let repaired = match text(&valid) {
        Cow::Owned(repaired) => Some(repaired),
        Cow::Borrowed(_) => None,
    };
    Cow::Owned(repaired.unwrap_or(valid))
}

/// How long the body of an answer is at the most once it is repaired, if that makes it longer: by five bytes for each control character in a
/// text, and by up to two for each byte that is no UTF-8.
pub(crate) fn longer(body: &[u8]) -> Option<usize> {
    let body = body.strip_prefix(MARK).unwrap_or(body);
    let mut controls = 0;
    let mut at = 0;
    while let Some(start) = find(body, at, b'"') {
        at = scan::string_end(body, start);
        let text = body.get(start..at).unwrap_or_default();
        controls += text.iter().filter(|byte| **byte < 0x20).count();
    }
    let longer = valid_length(body) + ESCAPED * controls;
    (longer > body.len()).then_some(longer)
}

/// The bytes, where those that are no UTF-8 are replaced.
fn valid(bytes: &[u8]) -> String {
    let mut valid = String::with_capacity(valid_length(bytes));
    for chunk in bytes.utf8_chunks() {
        valid.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            valid.push(REPLACEMENT);
        }
    }
    valid
}

fn valid_length(bytes: &[u8]) -> usize {
    let length = |chunk: std::str::Utf8Chunk<'_>| {
        let replaced = usize::from(!chunk.invalid().is_empty());
        chunk.valid().len() + replaced * REPLACEMENT.len_utf8()
    };
    bytes.utf8_chunks().map(length).sum()
}

/// Repairs the strings in a JSON text.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    let mut length = text.len();
    let mut is_right = true;
    each_fault(text.as_bytes(), |_, fault| {
        is_right = false;
        length += fault.growth();
    });
    if is_right {
        return Cow::Borrowed(text);
    }
    // No more than that is ever held.
    let mut repaired = String::with_capacity(length);
    // Everything before was copied.
    let mut copied = 0;
    each_fault(text.as_bytes(), |at, fault| {
        repaired.push_str(text.get(copied..at).unwrap_or_default());
        copied = at + fault.length();
        fault.write(&mut repaired);
    });
    repaired.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(repaired)
}

/// The faults in the strings of a JSON text, and where they begin.
fn each_fault(bytes: &[u8], mut found: impl FnMut(usize, Fault)) {
    let mut at = 0;
    while let Some(start) = find(bytes, at, b'"') {
        let end = scan::string_end(bytes, start);
        at = start + 1;
        while at < end {
            if let Some(fault) = Fault::at(bytes, at, end) {
                at += fault.length();
                found(at - fault.length(), fault);
            } else {
                at += length_of(bytes, at, end);
            }
        }
        at = end;
    }
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
    /// The fault that begins at this index.
    fn at(bytes: &[u8], at: usize, end: usize) -> Option<Self> {
        match bytes[at] {
            control @ ..0x20 => Some(Self::Control(control)),
            b'\\' => {
                let unit = unit(bytes, at, end)?;
                let is_half = match unit {
                    0xd800..=0xdbff => !is_low(bytes, at + 6, end),
                    0xdc00..=0xdfff => true,
                    _ => false,
                };
                is_half.then_some(Self::HalfACharacter)
            }
            _ => None,
        }
    }

    fn length(&self) -> usize {
        match self {
            Self::HalfACharacter => 6,
            Self::Control(_) => 1,
        }
    }

    fn growth(&self) -> usize {
        match self {
            Self::HalfACharacter => 0,
            Self::Control(_) => ESCAPED,
        }
    }

    fn write(self, out: &mut String) {
        match self {
            // As long as what it replaces, so that places in the text stay the same.
            Self::HalfACharacter => out.push_str("\\ufffd"),
            Self::Control(byte) => {
                let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or('0');
                out.push_str("\\u00");
                out.push(digit(byte >> 4));
                out.push(digit(byte & 0xf));
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

    /// No room is made for more, so that what is counted before is what it takes.
    #[test]
    fn the_length_is_known_before() {
        for (broken, is_longer) in [
            (&b"[\"a\"]"[..], false),
            (b"[\n\"a\",\n\"b\"\n]", false),
            (br#"["\ud83d"]"#, false),
            (b"\xef\xbb\xbf[\"\x01\x1f\"]", true),
            (b"[\"\xff\n\xff\\\"\n\xe2\x82\"]\xff", true),
            (b"[\"\\\xff\x01", true),
        ] {
            let repaired = body(broken);
            let longer = longer(broken);
            assert_eq!(longer.is_some(), is_longer, "{broken:?}");
            assert_eq!(
                longer.unwrap_or(repaired.len()),
                repaired.len(),
                "{broken:?}"
            );
            if let Cow::Owned(repaired) = &repaired {
                assert_eq!(repaired.capacity(), repaired.len(), "{broken:?}");
            }
        }
    }
}
