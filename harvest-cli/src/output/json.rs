//! JSON as it came, or indented for a person.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::value::RawValue;

use crate::failure::{Exit, Failure};
use crate::harmless::is_harmless;
use crate::memory::text_end;

/// How deep lines are indented. Deeper ones stand below each other, or their margins alone would be gigabytes.
const MOST_INDENT: usize = 32;
/// How deep a filter goes into a value: what it makes of each level takes a part of the stack.
const MOST_LEVELS: usize = 127;
/// The most digits of a number that a filter computes with: the time to read one grows with their square.
const MOST_DIGITS: usize = 10_000;

/// Writes a JSON text, indented if a person reads it. Digits, and properties in their order, stay; what is no JSON is
/// written as it came.
pub(crate) fn write(json: &[u8], for_person: bool, mut out: impl Write) -> Result<(), Failure> {
    match serde_json::from_slice::<&RawValue>(json) {
        Ok(value) if for_person => indented(value.get(), 0, &mut out)?,
        _ => out.write_all(json.trim_ascii_end())?,
    }
    out.write_all(b"\n")?;
    Ok(())
}

/// A list that is written record by record, as [`write()`] writes it as a whole. The memory that it takes does not grow.
pub(crate) struct List<W: Write> {
    out: W,
    for_person: bool,
    is_begun: bool,
    is_one: bool,
}

impl<W: Write> List<W> {
    pub(crate) fn new(out: W, for_person: bool) -> Self {
        Self {
            out,
            for_person,
            is_begun: false,
            is_one: false,
        }
    }

    /// Writes a value in place of the list.
    pub(crate) fn one(&mut self, json: &str) -> Result<(), Failure> {
        self.is_one = true;
        write(json.as_bytes(), self.for_person, &mut self.out)
    }

    /// Writes a record, which is JSON.
    pub(crate) fn record(&mut self, json: &str) -> io::Result<()> {
        let before: &[u8] = match (self.is_begun, self.for_person) {
            (false, _) => b"[",
            (true, true) => b",",
            (true, false) => b",\n",
        };
        self.is_begun = true;
        self.out.write_all(before)?;
        if self.for_person {
            new_line(1, &mut self.out)?;
            indented(json, 1, &mut self.out)
        } else {
            self.out.write_all(json.as_bytes())
        }
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        let end: &[u8] = match (self.is_begun, self.for_person) {
            _ if self.is_one => b"",
            (false, _) => b"[]\n",
            (true, true) => b"\n]\n",
            (true, false) => b"]\n",
        };
        self.out.write_all(end)?;
        self.out.flush()
    }
}

/// Makes sure that a filter can take a text: it is not nested too deep, and has no number that is too long.
pub(crate) fn check_for_filter(json: &[u8]) -> Result<(), Failure> {
    let (mut level, mut digits, mut at) = (0_usize, 0_usize, 0);
    while let Some(byte) = json.get(at) {
        at += 1;
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        match byte {
            b'"' => at = text_end(json, at),
            b'[' | b'{' => level += 1,
            b']' | b'}' => level = level.saturating_sub(1),
            _ => {}
        }
        let problem = if level > MOST_LEVELS {
            format!("is nested in more than {MOST_LEVELS} levels")
        } else if digits > MOST_DIGITS {
            format!("has a number of more than {MOST_DIGITS} digits")
        } else {
            continue;
        };
        let message = format!("the answer {problem}, which a filter does not take; leave --jq out");
        return Err(Failure::new(Exit::Failed, message));
    }
    Ok(())
}

/// Writes what is known to be JSON, a value a line, at a level. It goes from byte to byte, however deep values are nested.
fn indented(json: &str, mut level: usize, out: &mut impl Write) -> io::Result<()> {
    let bytes = json.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let begin = at;
        at += 1;
        match byte {
            b'"' => {
                at = text_end(bytes, at);
                text(json.get(begin..at).unwrap_or_default(), out)?;
            }
            b'[' | b'{' => {
                out.write_all(&[byte])?;
                let rest = bytes.get(at..).unwrap_or_default();
                let next = rest.trim_ascii_start();
                if let Some(end @ (b']' | b'}')) = next.first() {
                    out.write_all(&[*end])?;
                    at += rest.len() - next.len() + 1;
                } else {
                    level += 1;
                    new_line(level, out)?;
                }
            }
            b']' | b'}' => {
                level = level.saturating_sub(1);
                new_line(level, out)?;
                out.write_all(&[byte])?;
            }
            b',' => {
                out.write_all(b",")?;
                new_line(level, out)?;
            }
            b':' => out.write_all(b": ")?,
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => out.write_all(&[byte])?,
        }
    }
    Ok(())
}

fn new_line(level: usize, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\n")?;
    out.write_all("  ".repeat(level.min(MOST_INDENT)).as_bytes())
}

/// A text with its quotes. What a terminal acts on is written as an escape, which is the same text.
fn text(quoted: &str, out: &mut impl Write) -> io::Result<()> {
    if quoted.chars().all(is_harmless) {
        return out.write_all(quoted.as_bytes());
    }
    let mut shown = String::with_capacity(quoted.len());
    for c in quoted.chars() {
        if is_harmless(c) {
            shown.push(c);
        } else {
            // All of them are below U+10000. Writing to a text does not fail.
            let _ = write!(shown, "\\u{:04x}", u32::from(c));
        }
    }
    out.write_all(shown.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(json: &[u8]) -> String {
        let mut out = Vec::new();
        write(json, true, &mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn indented_for_a_person() {
        let json = br#" {"a" :1.50,"b":[ ],"c":{ },"d":[1,{"e":"x, [\"\\"}],"a":2} "#;
        let expected = "{\n  \"a\": 1.50,\n  \"b\": [],\n  \"c\": {},\n  \"d\": [\n    1,\n    \
                        {\n      \"e\": \"x, [\\\"\\\\\"\n    }\n  ],\n  \"a\": 2\n}\n";
        assert_eq!(shown(json), expected);
        assert_eq!(shown(b"7"), "7\n");
        assert_eq!(shown(b"<html> "), "<html>\n");
    }

    #[test]
    fn a_list_is_the_same_record_by_record() {
        let records = ["{\"a\": [1, {}],\"b\":[]}", "7", " null ", "[[2]]"];
        for count in 0..=records.len() {
            for for_person in [false, true] {
                let records = &records[..count];
                let mut out = Vec::new();
                let mut list = List::new(&mut out, for_person);
                for record in records {
                    list.record(record).expect("written");
                }
                list.finish().expect("written");
                let mut whole = Vec::new();
                let all = format!("[{}]", records.join(",\n"));
                write(all.as_bytes(), for_person, &mut whole).expect("written");
                assert_eq!(String::from_utf8(out), String::from_utf8(whole));
            }
        }
    }

    #[test]
    fn texts_stay_the_same_and_a_terminal_does_nothing_by_them() {
        let json = "[\"\u{9b}2J \u{7f} \u{202e}x 日本\"]";
        let text = shown(json.as_bytes());
        assert!(text.contains(r"\u009b2J \u007f \u202ex 日本"), "{text}");
        let values =
            [json, &text].map(|it| serde_json::from_str::<serde_json::Value>(it).expect("JSON"));
        assert_eq!(values[0], values[1]);
    }

    #[test]
    fn any_depth_and_any_number_takes_the_time_of_its_bytes() {
        let begun = std::time::Instant::now();
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        let text = shown(deep.as_bytes());
        assert!(text.lines().count() > 399_000 && text.len() < 40_000_000);
        let long = "9".repeat(4_000_000);
        assert_eq!(shown(long.as_bytes()).trim_end(), long);
        for refused in [&deep, &long, &format!("{{\"a\":[0.{long}]}}")] {
            assert!(check_for_filter(refused.as_bytes()).is_err());
        }
        let taken = format!("[\"{}\",{}]", "[1\\\"".repeat(20_000), "9".repeat(5_000));
        assert!(check_for_filter(taken.as_bytes()).is_ok());
        assert!(begun.elapsed().as_secs() < 20);
    }
}
