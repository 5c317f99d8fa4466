//! Memory that JSON takes once it is decoded: the measure of every bound of the command on values that it holds.
//!
//! `{"a":1}` is 7 bytes of a text, and was measured to take 350 in a filter and 500 in `serde_json`, so that a bound on texts is
//! none on memory. The figures lie between those of the two: measured with a filter, values count for as much as they take up
//! to 2.1 times that, and a list of short whole numbers for 2.7 times.

use harvest_generated::runtime::Json;
use serde_json::Value;

use crate::failure::{Exit, Failure};

/// What is counted for its place in a list or an object, which grow ahead of what is in them.
const PLACE: u64 = 40;
/// For a list, and for its first allocation.
const LIST: u64 = 24;
const FILLED_LIST: u64 = 120;
/// For an object, and for its first allocation.
const OBJECT: u64 = 60;
const FILLED_OBJECT: u64 = 190;
/// For the name of a property, besides that it is a text.
const NAME: u64 = 48;
/// For a text, besides its bytes, and for a number that is kept as one.
const TEXT: u64 = 64;
/// The most digits of a number that is kept in place.
const PLAIN_DIGITS: u64 = 18;
/// How many bytes values may take for each byte that a text of them may have: a bound on texts is one on values, too.
pub(crate) const VALUES_PER_BYTE: u64 = 8;

/// How many bytes a JSON text takes in memory once it is decoded. It takes the time of its bytes.
pub(crate) fn of_decoded(json: &[u8]) -> u64 {
    let (mut size, mut at) = (PLACE, 0);
    while let Some(byte) = json.get(at) {
        let begin = at;
        at += 1;
        size += match byte {
            b'"' => {
                at = text_end(json, at);
                TEXT + length(begin, at)
            }
            b'[' if is_empty(json, at) => LIST,
            b'[' => LIST + FILLED_LIST + PLACE,
            b'{' if is_empty(json, at) => OBJECT,
            b'{' => OBJECT + FILLED_OBJECT + PLACE,
            b',' => PLACE,
            b':' => NAME,
            b'-' | b'0'..=b'9' => {
                let is_of_number =
                    |it: &u8| matches!(it, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
                let rest = json.get(begin..).unwrap_or_default();
                let number = rest
                    .split(|it| !is_of_number(it))
                    .next()
                    .unwrap_or_default();
                at = begin + number.len();
                let is_whole = number.iter().all(|it| matches!(it, b'-' | b'0'..=b'9'));
                let digits = length(begin, at);
                if is_whole && digits <= PLAIN_DIGITS {
                    0
                } else {
                    TEXT + digits
                }
            }
            _ => 0,
        };
    }
    size
}

/// What a text of so many bytes takes, with its place in a list.
pub(crate) fn of_text(bytes: usize) -> u64 {
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    bytes.saturating_add(PLACE + TEXT)
}

fn length(begin: usize, end: usize) -> u64 {
    u64::try_from(end - begin).unwrap_or(u64::MAX)
}

/// Whether a list or an object ends where it begins.
fn is_empty(json: &[u8], at: usize) -> bool {
    let rest = json.get(at..).unwrap_or_default();
    let next = rest.iter().find(|it| !it.is_ascii_whitespace());
    matches!(next, Some(b']' | b'}'))
}

/// The place behind a text whose opening quote is before this place.
pub(crate) fn text_end(json: &[u8], mut at: usize) -> usize {
    while let Some(byte) = json.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    json.len()
}

/// The memory that a command takes for what it holds of answers.
pub(crate) struct Held {
    size: u64,
    most: u64,
    /// What it is, for the message: `the records of this person`, and how the command ends.
    what: &'static str,
    exit: Exit,
}

impl Held {
    pub(crate) fn new(what: &'static str, exit: Exit, most: u64) -> Self {
        Self {
            size: 0,
            most,
            what,
            exit,
        }
    }

    /// Takes so many bytes.
    pub(crate) fn take(&mut self, bytes: u64) -> Result<(), Failure> {
        self.size = self.size.saturating_add(bytes);
        self.check(self.size)
    }

    /// Decodes a value, which has to be within the bound by itself. It is not held.
    pub(crate) fn decode(&self, json: &str) -> Result<Value, Failure> {
        self.check(of_decoded(json.as_bytes()))?;
        // The second way takes numbers beyond the range of 64 bits, too.
        let value = serde_json::from_str(json);
        let value = value.or_else(|_| serde_json::from_str(json).map(Json::into_value));
        Ok(value.unwrap_or_default())
    }

    fn check(&self, size: u64) -> Result<(), Failure> {
        if size <= self.most {
            return Ok(());
        }
        let (what, most) = (self.what, self.most);
        let message =
            format!("{what} would take more than {most} bytes of memory, and is not read");
        Err(Failure::new(self.exit, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_count_for_what_they_take() {
        let of = |json: &str| of_decoded(json.as_bytes());
        for (json, least, most) in [
            ("1", 16, 60),
            ("null", 16, 60),
            ("[]", 56, 100),
            ("{}", 90, 130),
            ("{\"a\":1}", 380, 640),
            ("{ \n}", 90, 130),
            ("1.5", 80, 120),
            ("123456789012345678901234567890", 100, 150),
            ("\"abc\"", 80, 120),
        ] {
            let size = of(json);
            assert!((least..=most).contains(&size), "{json}: {size}");
        }
        // What is in texts is no value.
        assert_eq!(of(r#""[{,:\"1.5""#), of(r#""aaaaaaaaa""#));
        // Each level counts.
        let deep = format!("{}1{}", "{\"a\":".repeat(60), "}".repeat(60));
        assert!(of(&deep) > 60 * 380);
    }

    #[test]
    fn what_is_held_counts_together() {
        let mut held = Held::new("this", Exit::Failed, 1_000);
        assert!(held.decode("[1,2,3]").is_ok());
        assert!(
            held.decode("{\"a\":1e999}")
                .is_ok_and(|it| it["a"].is_string())
        );
        let many = format!("[{}1]", "1,".repeat(1_000));
        assert!(held.decode(&many).is_err());
        assert!(held.take(600).is_ok());
        assert!(held.take(600).is_err());
    }
}
