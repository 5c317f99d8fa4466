//! Placeholders: parts of a document that become signed links when the document is sent.
//!
//! Documents are kept and sent as text, so a placeholder has to be something that no text of a client can turn into. It is
//! a JSON array that begins and ends with a tab: `[⇥7700016,"resume%2Etxt"⇥]`, or `[⇥7700016.4020117,"success%2Ejson"⇥]`
//! where the file is for one reader. JSON escapes every control character inside
//! of a string (RFC 8259, section 7), and `serde_json` writes no white space between tokens. So the byte 0x09 is in a
//! document only where a placeholder put it, whatever the strings around it say.

use std::fmt;
use std::ops::Range;

use memchr::memchr_iter;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::types::{ToSql, ToSqlOutput};
use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::Value;

const TAB: u8 = b'\t';

/// The name in the path of a link to a file whose own name would be a step in a path.
const NO_STEP: &str = "file";

/// The id of a file that the sandbox keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct FileId(i64);

impl FileId {
    pub(crate) fn new(id: i64) -> Self {
        Self(id)
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// As it stands in states.
    pub(crate) fn to_json(self) -> Value {
        self.0.into()
    }
}

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ToSql for FileId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

/// The part of a document that stands for the link to a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placeholder<'a> {
    pub(crate) file: FileId,
    /// The user who is shown as much of the file as that user may see, if not everyone is shown all of it.
    pub(crate) reader: Option<i64>,
    pub(crate) filename: &'a str,
}

impl Serialize for Placeholder<'_> {
    /// As a raw value: converted to a value, it would lose the tabs, and never become a link.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let name = path_segment(self.filename);
        let file = of_reader(self.file, self.reader);
        let text = format!("[\t{file},\"{name}\"\t]");
        let raw = RawValue::from_string(text).map_err(S::Error::custom)?;
        raw.serialize(to)
    }
}

/// Between the id of a file and that of its reader: together they are a number to JSON.
const OF_READER: char = '.';

/// A file, and the reader whom a link shows it to if it is for one, as links name them.
fn of_reader(file: FileId, reader: Option<i64>) -> String {
    match reader {
        Some(reader) => format!("{file}{OF_READER}{reader}"),
        None => file.to_string(),
    }
}

/// The file and the reader whom a link names.
pub(crate) fn parse_file(text: &str) -> Option<(FileId, Option<i64>)> {
    match text.split_once(OF_READER) {
        Some((file, reader)) => Some((FileId::parse(file)?, Some(reader.parse().ok()?))),
        None => Some((FileId::parse(text)?, None)),
    }
}

/// The name of a file as the last segment of a path. Clients resolve `.` and `..` as steps, however they are encoded.
pub(crate) fn path_segment(filename: &str) -> String {
    let name = match filename {
        "." | ".." => NO_STEP,
        name => name,
    };
    utf8_percent_encode(name, NON_ALPHANUMERIC).to_string()
}

/// A placeholder in the text of a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    /// Its place in the text.
    pub(crate) place: Range<usize>,
    /// The id of the file, and of its reader if it is for one.
    pub(crate) file: &'a str,
    /// The name of the file as a segment of a path.
    pub(crate) name: &'a str,
}

/// Whether there is a placeholder in the text of a document.
pub(crate) fn has_placeholders(text: &str) -> bool {
    find(text.as_bytes()).next().is_some()
}

/// The placeholders in the text of documents, in order.
pub(crate) fn find(text: &[u8]) -> impl Iterator<Item = Found<'_>> {
    let mut tabs = memchr_iter(TAB, text);
    std::iter::from_fn(move || {
        loop {
            let (first, last) = (tabs.next()?, tabs.next()?);
            if let Some(found) = read(text, first, last) {
                return Some(found);
            }
        }
    })
}

fn read(text: &[u8], first: usize, last: usize) -> Option<Found<'_>> {
    let inside = str::from_utf8(text.get(first + 1..last)?).ok()?;
    let (file, name) = inside.split_once(',')?;
    Some(Found {
        place: first.checked_sub(1)?..last + 2,
        file,
        name: name.strip_prefix('"')?.strip_suffix('"')?,
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use crate::json::json;

    use super::*;

    fn placeholder(id: i64, filename: &str) -> Placeholder<'_> {
        let file = FileId::deserialize(&json!(id)).unwrap();
        let reader = None;
        Placeholder {
            file,
            reader,
            filename,
        }
    }

    #[test]
    fn a_link_names_the_reader_of_a_file() {
        let file = FileId::new(770);
        for reader in [None, Some(4_020_117)] {
            let text = of_reader(file, reader);
            assert_eq!(parse_file(&text), Some((file, reader)), "{text}");
        }
        for text in ["", ".", "1.", ".1", "1.2.3", "1.x"] {
            assert_eq!(parse_file(text), None, "{text}");
        }
    }

    #[test]
    fn no_string_becomes_a_placeholder() {
        let mut all: String = ('\0'..=char::MAX).collect();
        all.push_str("[\t7700016,\"x\"\t]");
        all.push_str("\",\"url\":[\t7700016,\"x\"\t],\"a\":\"");
        let text = serde_json::to_string(&json!({ all.clone(): [&all, {"in": all}] })).unwrap();
        assert!(!text.as_bytes().contains(&TAB));
        assert_eq!(find(text.as_bytes()).next(), None);
    }

    #[test]
    fn placeholders_are_found_where_they_are() {
        let texts = [
            "a\tb",
            "[\\t7700016,\"x\"\\t]",
            "\"harvest-file:7700016/x\"",
        ];
        let rows = [placeholder(1, "é \"b\".txt"), placeholder(2, "")];
        let text = serde_json::to_string(&(texts, rows, texts)).unwrap();
        let found: Vec<_> = find(text.as_bytes()).collect();
        let read: Vec<_> = found.iter().map(|it| (it.file, it.name)).collect();
        assert_eq!(read, [("1", "%C3%A9%20%22b%22%2Etxt"), ("2", "")]);
        for it in found {
            let part = &text[it.place];
            assert!(part.starts_with("[\t") && part.ends_with("\t]"), "{part:?}");
        }
    }

    #[test]
    fn no_name_is_a_step_in_a_path() {
        for (filename, segment) in [
            (".", "file"),
            ("..", "file"),
            ("...", "%2E%2E%2E"),
            ("../a", "%2E%2E%2Fa"),
            ("a\tb", "a%09b"),
        ] {
            assert_eq!(path_segment(filename), segment, "{filename}");
        }
    }
}
