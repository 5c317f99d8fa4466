//! The hash of a record by its value: what can be written in several ways is one value.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};

use crate::json::{digits, repair, scan};

/// The property that identifies records.
const ID: &str = "id";

/// What a record is known by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) hash: u64,
    /// It is an object without the property `id`: others may be like it, and be other records.
    pub(super) is_nameless: bool,
}

/// The key of the record in this text: a hash of its id, if that is a text or a number, and otherwise of all of it.
///
/// White space, the escapes of texts, the digits of numbers (`5`, `5.0`, `5e0`) and the order of properties make no
/// difference. An id of an integer has the hash of that integer. What is no JSON has a hash, too.
pub(super) fn of(text: &[u8], hasher: &RandomState) -> Key {
    let mut reader = Reader {
        hasher,
        open: Vec::new(),
        whole: 0,
        id: None,
        is_nameless: false,
    };
    reader.read(text);
    Key {
        hash: reader.id.unwrap_or(reader.whole),
        is_nameless: reader.is_nameless,
    }
}

struct Reader<'a> {
    hasher: &'a RandomState,
    /// Lists and objects that have not ended.
    open: Vec<Open>,
    /// Of the values that are in no other.
    whole: u64,
    id: Option<u64>,
    is_nameless: bool,
}

enum Open {
    List(u64),
    Object {
        members: Vec<Member>,
        /// Of the member whose value comes next.
        name: Option<u64>,
    },
}

struct Member {
    name: u64,
    value: Value,
}

#[derive(Clone, Copy)]
struct Value {
    hash: u64,
    /// A text that is not empty, or a number.
    can_be_id: bool,
}

impl Reader<'_> {
    fn read(&mut self, text: &[u8]) {
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            let begin = at;
            at += 1;
            match byte {
                b'"' => {
                    at = scan::string_end(text, begin);
                    self.text(&text[begin..at.min(text.len())]);
                }
                b'[' => self.open.push(Open::List(0)),
                b'{' => self.open.push(Open::Object {
                    members: Vec::new(),
                    name: None,
                }),
                b']' | b'}' => self.close(),
                b',' | b':' => {}
                byte if byte.is_ascii_whitespace() => {}
                _ => {
                    let rest = text.get(at..).unwrap_or_default();
                    let length = rest.iter().position(|byte| is_end(*byte));
                    at += length.unwrap_or(rest.len());
                    self.word(&text[begin..at]);
                }
            }
        }
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// A text, in its quotation marks: a value, or the name of one.
    fn text(&mut self, quoted: &[u8]) {
        let decoded = decoded(quoted);
        let hash = self.hasher.hash_one(("text", &decoded));
        if let Some(Open::Object { name, .. }) = self.open.last_mut()
            && name.is_none()
        {
            *name = Some(hash);
            return;
        }
        self.value(Value {
            hash,
            can_be_id: !decoded.is_empty(),
        });
    }

    /// A number, or a word.
    fn word(&mut self, word: &[u8]) {
        let number = str::from_utf8(word).ok();
        let number = number.filter(|it| it.starts_with(|c: char| c == '-' || c.is_ascii_digit()));
        let hash = match number {
            Some(number) => match (digits::integer(number), digits::canonical(number)) {
                (Some(integer), _) => self.hasher.hash_one(integer),
                (None, Some(canonical)) => self.hasher.hash_one(("number", canonical)),
                (None, None) => self.hasher.hash_one(("number", number)),
            },
            None => self.hasher.hash_one(("word", word)),
        };
        self.value(Value {
            hash,
            can_be_id: number.is_some(),
        });
    }

    fn value(&mut self, value: Value) {
        match self.open.last_mut() {
            None => self.whole = self.hasher.hash_one((self.whole, value.hash)),
            Some(Open::List(items)) => *items = self.hasher.hash_one((*items, value.hash)),
            Some(Open::Object { members, name }) => members.push(Member {
                name: name.take().unwrap_or_default(),
                value,
            }),
        }
    }

    fn close(&mut self) {
        let hash = match self.open.pop() {
            None => return,
            Some(Open::List(items)) => self.hasher.hash_one(("list", items)),
            Some(Open::Object { members, .. }) => self.object(members),
        };
        self.value(Value {
            hash,
            can_be_id: false,
        });
    }

    fn object(&mut self, mut members: Vec<Member>) -> u64 {
        // Of a name that comes twice, the last one counts.
        members.reverse();
        members.sort_by_key(|member| member.name);
        members.dedup_by_key(|member| member.name);
        if self.open.is_empty() {
            let name = self.hasher.hash_one(("text", Cow::Borrowed(ID.as_bytes())));
            let mut ids = members.iter().filter(|member| member.name == name);
            let id = ids.next();
            self.is_nameless = id.is_none();
            let id = id.filter(|member| member.value.can_be_id);
            self.id = id.map(|member| member.value.hash);
        }
        let members: Vec<_> = members.iter().map(|it| (it.name, it.value.hash)).collect();
        self.hasher.hash_one(("object", members))
    }
}

fn is_end(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b':' | b'[' | b']' | b'{' | b'}' | b'"')
}

/// What a text says, as the decoder repairs it. As it is written, if it is no JSON even then.
fn decoded(quoted: &[u8]) -> Cow<'_, [u8]> {
    let within = quoted.strip_prefix(b"\"").unwrap_or(quoted);
    let within = within.strip_suffix(b"\"").unwrap_or(within);
    // Without a way out of the loop, so that it looks at many bytes at once.
    let other = |byte: &u8| u8::from(*byte < 0x20) | u8::from(*byte == b'\\');
    let others = within.iter().fold(0, |found, byte| found | other(byte));
    if others == 0 && str::from_utf8(within).is_ok() {
        return Cow::Borrowed(within);
    }
    let decoded = serde_json::from_str::<String>(&repair::body(quoted));
    decoded.map_or(Cow::Borrowed(within), |text| Cow::Owned(text.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(text: &[u8], hasher: &RandomState) -> u64 {
        of(text, hasher).hash
    }

    #[test]
    fn objects_without_ids_are_nameless() {
        let hasher = RandomState::new();
        for (text, expected) in [
            ("{}", true),
            (r#"{"a":{"id":5}}"#, true),
            (r#"{"id":5}"#, false),
            (r#"{"id":null}"#, false),
            (r#"[{"a":1}]"#, false),
            ("null", false),
            ("5", false),
        ] {
            let key = of(text.as_bytes(), &hasher);
            assert_eq!(key.is_nameless, expected, "{text}");
        }
    }

    fn alike(one: &str, other: &str) -> bool {
        let hasher = RandomState::new();
        hash(one.as_bytes(), &hasher) == hash(other.as_bytes(), &hasher)
    }

    #[test]
    fn one_value_in_several_spellings() {
        for (one, other) in [
            (r#"{"a":"x y"}"#, r#" { "a" : "x y" } "#),
            (r#"{"a":1,"b":[2,{}]}"#, r#"{"b":[2,{}],"a":1}"#),
            (r#"{"a":1.50}"#, r#"{"a":15e-1}"#),
            (r#"{"a":100}"#, r#"{"a":1e2}"#),
            (r#"{"a":0}"#, r#"{"a":-0.00}"#),
            (r#"{"a":"\u0041\/"}"#, r#"{"a":"A/"}"#),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
            ("null", " null"),
            // The id alone, whatever else there is.
            (r#"{"id":"5","n":1}"#, r#"{"n":2,"id":"\u0035"}"#),
            (r#"{"id":5.0,"n":1}"#, r#"{"id":5,"n":2}"#),
            (r#"{"id":5e0,"n":1}"#, r#"{"id":50e-1}"#),
            (
                r#"{"id":18446744073709551615,"n":1}"#,
                r#"{"id":18446744073709551615.0,"n":2}"#,
            ),
            (r#"{"id":1e400,"n":1}"#, r#"{"id":10e399,"n":2}"#),
            (
                r#"{"id":0e3000000001}"#,
                r#"{"id":0e-99999999999999999999}"#,
            ),
            (r#"{"id":1e3000000000}"#, r#"{"id":10e2999999999}"#),
            (r#"{"id":1e0003000000000}"#, r#"{"id":1E+3000000000}"#),
            // What the decoder repairs.
            (r#"{"id":"\ud8ab"}"#, r#"{"id":"\uD8AB"}"#),
            (r#"{"id":"\ud8ab"}"#, r#"{"id":"\udc00"}"#),
            ("{\"id\":\"a\nb\"}", r#"{"id":"a\nb"}"#),
        ] {
            assert!(alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn other_values() {
        for (one, other) in [
            (r#"{"a":"x y"}"#, r#"{"a":"x  y"}"#),
            (r#"{"a":1}"#, r#"{"a":"1"}"#),
            (r#"{"a":true}"#, r#"{"a":"true"}"#),
            (r#"{"a":[1,2]}"#, r#"{"a":[2,1]}"#),
            (r#"{"a":[1,[2]]}"#, r#"{"a":[[1],2]}"#),
            (r#"{"a":{"b":1}}"#, r#"{"a":1,"b":1}"#),
            (r#"{"a":"1.50"}"#, r#"{"a":"1.5"}"#),
            (r#"{"a":1.5}"#, r#"{"a":15}"#),
            (r#"{"a":-1.5}"#, r#"{"a":1.5}"#),
            ("null", "{}"),
            ("[]", "{}"),
            ("[1]", "1"),
            (r#"{"id":"5"}"#, r#"{"id":5}"#),
            (r#"{"id":5.5}"#, r#"{"id":5}"#),
            // These are no ids.
            (r#"{"id":null,"n":1}"#, r#"{"id":null,"n":2}"#),
            (r#"{"id":"","n":1}"#, r#"{"id":"","n":2}"#),
            (r#"{"id":[5],"n":1}"#, r#"{"id":[5],"n":2}"#),
            (r#"{"a":{"id":5},"n":1}"#, r#"{"a":{"id":5},"n":2}"#),
            (r#"[{"id":5,"n":1}]"#, r#"[{"id":5,"n":2}]"#),
        ] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn an_id_of_an_integer_has_the_hash_of_the_integer() {
        let hasher = RandomState::new();
        for id in ["-7", "-7.0", "-70e-1"] {
            let record = format!("{{\"n\":1,\"id\":{id}}}");
            assert_eq!(hash(record.as_bytes(), &hasher), hasher.hash_one(-7_i64));
        }
    }

    #[test]
    fn what_is_no_json_has_a_hash() {
        let nested = "[".repeat(1_000_000);
        for text in [
            "", "\"", "\"\\", "{", "}", "]]", "{\"a\"", "{\"a\":", "{1:2}", "\u{fffd}", "1..2",
            &nested,
        ] {
            assert!(alike(text, text), "{}", &text[..text.len().min(20)]);
        }
        assert!(!alike("{\"a\":1", "{\"a\":2"));
        let hasher = RandomState::new();
        assert_ne!(hash(b"\xff", &hasher), hash(b"\xfe", &hasher));
    }
}
