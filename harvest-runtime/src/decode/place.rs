//! Path of a value in an answer, such as `[3].emails[0].type`.

use std::fmt::Write as _;

use super::reason::is_property;
use crate::json::scan;

/// An array or object that is open at a place.
enum Open<'a> {
    /// With the index of its value there.
    Array(usize),
    /// With the name of its property there.
    Object {
        name: Option<&'a str>,
        /// The last string, which is a name if a colon follows.
        string: &'a str,
    },
}

/// The path to the value that begins behind so many bytes. Empty at the root. A name that could be data is `?`.
pub(super) fn path(body: &str, start: usize) -> String {
    printed(&open(body, start))
}

/// The line of a place, counted from 1, and how many bytes of it are before the place.
pub(super) fn position(body: &str, end: usize) -> (usize, usize) {
    let before = &body.as_bytes()[..end.min(body.len())];
    let lines = before.split(|byte| *byte == b'\n');
    let last = lines.clone().next_back();
    (lines.count(), last.map_or(0, <[u8]>::len))
}

/// What is open behind so many bytes.
fn open(body: &str, end: usize) -> Vec<Open<'_>> {
    let bytes = body.as_bytes();
    let mut all = Vec::new();
    let mut at = 0;
    while at < end.min(bytes.len()) {
        let next = match bytes[at] {
            b'"' => scan::string_end(bytes, at),
            _ => at + 1,
        };
        match (bytes[at], all.last_mut()) {
            (b'[', _) => all.push(Open::Array(0)),
            (b'{', _) => all.push(Open::Object {
                name: None,
                string: "",
            }),
            (b']' | b'}', _) => {
                all.pop();
            }
            (b'"', Some(Open::Object { string, .. })) => {
                *string = body.get(at + 1..next - 1).unwrap_or_default();
            }
            (b':', Some(Open::Object { name, string })) => *name = Some(string),
            (b',', Some(Open::Object { name, .. })) => *name = None,
            (b',', Some(Open::Array(index))) => *index += 1,
            _ => {}
        }
        at = next;
    }
    all
}

fn printed(open: &[Open<'_>]) -> String {
    let mut text = String::new();
    for open in open {
        match open {
            Open::Array(index) => {
                // Writing to a string cannot fail.
                let _ = write!(text, "[{index}]");
            }
            // Between two properties.
            Open::Object { name: None, .. } => {}
            Open::Object {
                name: Some(name), ..
            } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(if is_property(name) { name } else { "?" });
            }
        }
    }
    text
}
