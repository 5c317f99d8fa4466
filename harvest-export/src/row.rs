//! A record as it came, with its id and its time of change.

mod validation;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use harvest_runtime::{Identity, Json};
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use validation::{Cursor, Outline};

use crate::number::exact;
use crate::privacy::Redaction;
use crate::window::Bounds;

/// A record of a page.
pub(crate) struct Row {
    text: Text,
    pub id: Option<i64>,
    pub updated_at: Option<String>,
}

/// Where the text of a record is.
enum Text {
    /// In its page.
    Within(Range<usize>),
    /// Here: it was repaired, or is no record of a page.
    Own(Json),
}

/// The records of a page, each where it stands. None: something in it is other JSON than it should be, or may be, and it is
/// left to the client to repair or refuse it.
pub(crate) fn page(body: &[u8]) -> Option<Vec<Row>> {
    let text = str::from_utf8(body).ok()?;
    let mut cursor = Cursor::new(text);
    if cursor.token()? != b'[' {
        return None;
    }
    let mut rows = Vec::new();
    if cursor.peek()? == b']' {
        cursor.token()?;
    } else {
        loop {
            rows.push(row(text, &mut cursor)?);
            match cursor.token()? {
                b',' => {}
                b']' => break,
                _ => return None,
            }
        }
    }
    cursor.peek().is_none().then_some(rows)
}

/// The record at a place of a page.
fn row(page: &str, cursor: &mut Cursor<'_>) -> Option<Row> {
    let is_object = cursor.peek()? == b'{';
    let begin = cursor.at();
    let outline = if is_object {
        cursor.object()?
    } else {
        cursor.value()?;
        Outline::default()
    };
    let place = begin..cursor.at();
    let record = page.get(place.clone())?;
    if cursor.passed_escapes() {
        // The client repairs it, if it has to be.
        return serde_json::from_str(record).ok();
    }
    let key = if is_object && !outline.has_escaped_names {
        Key {
            id: outline.id.and_then(|id| id_of(page.get(id)?)),
            updated_at: outline.updated_at.and_then(|it| of(page.get(it)?)),
        }
    } else {
        serde_json::from_str(record).ok()?
    };
    Some(Row {
        text: Text::Within(place),
        id: key.id,
        updated_at: key.updated_at,
    })
}

/// What a record is known by. Where a property comes twice, the last one counts, as it does in the database.
#[derive(Default)]
struct Key {
    id: Option<i64>,
    updated_at: Option<String>,
}

/// A property of a record.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Name {
    Id,
    UpdatedAt,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Key, A::Error> {
        let mut key = Key::default();
        while let Some(name) = map.next_key()? {
            match name {
                Name::Id => key.id = id_of(map.next_value::<&RawValue>()?.get()),
                Name::UpdatedAt => key.updated_at = of(map.next_value::<&RawValue>()?.get()),
                Name::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(key)
    }

    // What is no object has no key.

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Key, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Key::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Key, E> {
        Ok(Key::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Key, E> {
        Ok(Key::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Key, E> {
        Ok(Key::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Key, E> {
        Ok(Key::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Key, E> {
        Ok(Key::default())
    }

    fn visit_unit<E>(self) -> Result<Key, E> {
        Ok(Key::default())
    }
}

/// An id, in whatever way the number is written: a record that comes twice is known by it.
fn id_of(json: &str) -> Option<i64> {
    let whole = |number: f64| (number.fract() == 0.0).then(|| format!("{number:.0}"));
    of(json)
        .or_else(|| exact(json).and_then(whole)?.parse().ok())
        .or_else(|| of::<Cow<'_, str>>(json)?.parse().ok())
}

/// A value, if it is one of this type.
fn of<'a, T: Deserialize<'a>>(json: &'a str) -> Option<T> {
    serde_json::from_str(json).ok()
}

impl Row {
    /// Writes the record in one line: the bytes that came, with line breaks between tokens as spaces. Within texts JSON
    /// has none.
    pub(crate) fn write_line(
        &self,
        page: &[u8],
        redaction: Option<&Redaction<'_>>,
        to: &mut Vec<u8>,
    ) {
        let begin = to.len();
        match redaction {
            Some(redaction) => to.extend_from_slice(redaction.apply(&self.text(page)).as_bytes()),
            None => to.extend_from_slice(self.bytes(page)),
        }
        for byte in to.get_mut(begin..).unwrap_or_default() {
            // All are written, which is quicker than to choose.
            *byte = match *byte {
                b'\n' | b'\r' => b' ',
                other => other,
            };
        }
        to.push(b'\n');
    }

    /// Whether it changed at another time than between these.
    pub(crate) fn is_outside(&self, bounds: &Bounds) -> bool {
        let changed = self.updated_at.as_deref();
        changed.is_some_and(|moment| !bounds.hold(moment))
    }

    /// The record as it came, in this page or alone.
    pub(crate) fn text<'a>(&'a self, page: &'a [u8]) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes(page))
    }

    fn bytes<'a>(&'a self, page: &'a [u8]) -> &'a [u8] {
        match &self.text {
            Text::Within(place) => page.get(place.clone()).unwrap_or_default(),
            Text::Own(json) => json.text().as_bytes(),
        }
    }
}

/// The id of a line of a file.
pub(crate) fn id(line: &str) -> serde_json::Result<Option<i64>> {
    serde_json::from_str(line)
        .map(|key: Key| key.id)
        // A name can be half a character, and the line JSON all the same.
        .or_else(|_| serde_json::from_str(line).map(|_: &RawValue| None))
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        let key: Key = serde_json::from_str(json.text()).unwrap_or_default();
        Ok(Self {
            text: Text::Own(json),
            id: key.id,
            updated_at: key.updated_at,
        })
    }
}

impl Identity for Row {
    fn identity(&self) -> Option<i64> {
        self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a page as its file has them.
    fn lines(page: &[u8], rows: &[Row]) -> String {
        let mut lines = Vec::new();
        for row in rows {
            row.write_line(page, None, &mut lines);
        }
        String::from_utf8(lines).expect("text")
    }

    #[test]
    fn an_id_is_the_same_however_it_is_written() {
        for json in ["1", "1.0", "1e0", "10e-1", "\"1\"", "100E-2"] {
            let line = format!("{{\"id\":{json}}}");
            assert_eq!(id(&line).expect("JSON"), Some(1), "{json}");
            let page = format!("[{line}]");
            assert_eq!(super::page(page.as_bytes()).expect("a page")[0].id, Some(1));
        }
        for json in ["1.5", "1e300", "\"a\"", "null", "[1]", "9007199254740993.0"] {
            let line = format!("{{\"id\":{json}}}");
            assert_eq!(id(&line).expect("JSON"), None, "{json}");
        }
    }

    #[test]
    fn the_key_of_any_record() {
        for (json, expected, changed) in [
            (r#"{"id":1,"updated_at":"a"}"#, Some(1), Some("a")),
            (
                r#"{"id":1,"id":2,"updated_at":"a","updated_at":"b"}"#,
                Some(2),
                Some("b"),
            ),
            (r#"{"updated_at":"a","id":1,"id":"x"}"#, None, Some("a")),
            (r#"{"\u0069d":4,"updated_at":"\u0061"}"#, Some(4), Some("a")),
            (r#"{"\ud800":5,"id":3}"#, Some(3), None),
            (r#"{"id":1e400,"updated_at":"a"}"#, None, Some("a")),
            (r#"{"id":9223372036854775808}"#, None, None),
            (r#"{"id":-0}"#, Some(0), None),
            (r#"{"id":1.0}"#, Some(1), None),
            (r#"{"id":-7,"a":1e400}"#, Some(-7), None),
            (r#"{"id":[[[{}]]],"updated_at":7}"#, None, None),
            ("7", None, None),
            ("\"id\"", None, None),
            ("true", None, None),
            ("1e400", None, None),
            ("[1]", None, None),
            ("[[{\"id\":1}]]", None, None),
            ("null", None, None),
        ] {
            let row: Row = serde_json::from_str(json).expect("JSON");
            let key = (row.id, row.updated_at.as_deref());
            assert_eq!(key, (expected, changed), "{json}");
            let line = lines(b"", &[row]);
            assert_eq!(id(line.trim_end()).expect("JSON"), expected, "{json}");

            let body = format!(" [ {json} ,{json}]\n");
            let Some(rows) = page(body.as_bytes()) else {
                // The client has to repair it, or to take it for what it is.
                assert!(json.contains("\\ud8") || json == "1e400", "{json}");
                continue;
            };
            for row in &rows {
                let key = (row.id, row.updated_at.as_deref());
                assert_eq!(key, (expected, changed), "{json}");
            }
            assert_eq!(lines(body.as_bytes(), &rows), line.repeat(2), "{json}");
        }
    }

    #[test]
    fn a_page_that_is_no_plain_list_is_left_to_the_client() {
        let deep = |depth: usize| format!("{{\"a\":{}}}", "[".repeat(depth) + &"]".repeat(depth));
        for record in ["7", "{\"a\":[1,{}]}", "\"],[\""] {
            for (body, records) in [
                ("[]".to_owned(), 0),
                (" [ \n] ".to_owned(), 0),
                (format!("[{record}]"), 1),
                (format!("\r\n[{record},\t{record}\n,{record} ] "), 3),
            ] {
                let rows = page(body.as_bytes()).expect("a list");
                let line = format!("{record}\n");
                assert_eq!(
                    lines(body.as_bytes(), &rows),
                    line.repeat(records),
                    "{body}"
                );
            }
            for body in [
                "",
                "[",
                "[,]",
                "[R,]",
                "[R",
                "[R R]",
                "[R]]",
                "[R]R",
                "R",
                "{\"a\":[R]}",
                "null",
                "\u{feff}[R]",
                "\u{a0}[R]",
                "[R,x]",
                "[R,{\"a\":1]",
                "[R,{\"a\" 1}]",
                "[R,{\"a\":01}]",
                "[R,{\"a\":\"\n\"}]",
                "[R,\"\\x\"]",
                "[R,tru]",
                "[R,-]",
            ] {
                let body = body.replace('R', record);
                assert!(page(body.as_bytes()).is_none(), "{body}");
            }
            let mut body = format!("[{record},\"").into_bytes();
            body.extend(b"\xff\"]");
            assert!(page(&body).is_none());
        }
        assert!(page(format!("[{}]", deep(126)).as_bytes()).is_some());
        assert!(page(format!("[{}]", deep(127)).as_bytes()).is_none());
        assert!(page(format!("[{}]", deep(100_000)).as_bytes()).is_none());
    }

    #[test]
    fn what_may_be_to_repair_is_not_taken_where_it_stands() {
        let wide = format!("{{\"id\":3,\"a\":[{}]}}", ["{}"; 500].join(","));
        let body =
            format!(r#"[{{"id":1,"a":"\ud800"}},{{"id":2,"a":"\u00e9"}},{wide},{{"id":4}}]"#);
        let rows = page(body.as_bytes()).expect("a list");
        let owned = rows.iter().map(|row| matches!(row.text, Text::Own(_)));
        assert_eq!(owned.collect::<Vec<_>>(), [true, true, false, false]);
        let expected = format!(
            "{}\n{}\n{wide}\n{}\n",
            r#"{"id":1,"a":"\ufffd"}"#, r#"{"id":2,"a":"\u00e9"}"#, r#"{"id":4}"#
        );
        assert_eq!(lines(body.as_bytes(), &rows), expected);
    }

    #[test]
    fn a_record_of_several_lines_becomes_one() {
        let body = b"[{\r\n  \"id\": 1,\n  \"a\": \"\\n\"\n}]";
        let rows = page(body).expect("a list");
        assert_eq!(lines(body, &rows), "{    \"id\": 1,   \"a\": \"\\n\" }\n");
    }
}
