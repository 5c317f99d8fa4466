//! A limit on how many values an answer has, so that its size limits the memory that it takes once it is decoded: to eight
//! times as much.
//!
//! A record of two bytes (`{}`) becomes a model of up to 2 KiB, and a number of one byte in a list of something else
//! takes some 240 bytes, because it is kept as it came; so does a property that is not described, or not of its type. That
//! makes 2048 / 384 + 240 / 192 times the limit, and long texts and numbers come on top, each several times. So objects and
//! lists are counted, and commas for all values, before anything is decoded. The limits follow from the size limit, in
//! proportions that no real answer comes near: the largest record of the documentation is a candidate with 57 objects and
//! lists and 193 values, so that a page of 500 has some 28,500 and 96,500.

use std::cell::OnceCell;

use super::Unread;
use crate::json::{repair, scan};

/// How many bytes of the size limit stand for one object or list.
pub(crate) const BYTES_PER_CONTAINER: u64 = 384;
/// How many bytes of the size limit stand for one value.
const BYTES_PER_VALUE: u64 = 192;
/// What is allowed however small the size limit is.
const FEW_CONTAINERS: u64 = 16 * 1024;

/// How many times its size limit an answer takes at the most.
const MOST_TIMES: u64 = 8;
/// What it may take however small its size limit is.
const LEAST: u64 = 40 * 1024 * 1024;
/// What a model of an object or a list takes at the most.
const BYTES_OF_MODEL: u64 = 2048;
/// How often a text or number is there at a time, beside the body: in its property or in the repaired body, as it came if it is
/// none of the property's type, that while it is made, and twice where it identifies a record without an id.
const COPIES: u64 = 5;
/// What a value takes at the most that is kept as it came.
const BYTES_OF_VALUE: u64 = 240;
/// How much longer repairing makes a body at the most.
const MOST_LONGER: u64 = 6;

/// Whether a body of JSON has no more values than fit the size limit.
///
/// # Errors
///
/// [`Unread::TooManyValues`].
pub(crate) fn check(body: &[u8], limit: u64) -> Result<(), Unread> {
    Counted::new(body).check_values(limit)
}

/// The same, and whether it takes no more than it may with its texts and numbers, too, which can be one of the length of
/// the body, and with what has to be repaired: a text of control characters becomes six times as long.
///
/// # Errors
///
/// [`Unread::TooManyValues`] and [`Unread::TooMuchToHold`].
pub(crate) fn check_values_and_memory(body: &[u8], limit: u64) -> Result<(), Unread> {
    let body = Counted::new(body);
    body.check_values(limit)?;
    body.check_memory(limit)
}

/// A body, counted once and if it has to be.
struct Counted<'a> {
    body: &'a [u8],
    at_most: OnceCell<Found>,
}

impl<'a> Counted<'a> {
    fn new(body: &'a [u8]) -> Self {
        Self {
            body,
            at_most: OnceCell::new(),
        }
    }

    fn length(&self) -> u64 {
        self.body.len() as u64
    }

    fn at_most(&self) -> &Found {
        self.at_most.get_or_init(|| at_most(self.body))
    }

    fn check_values(&self, limit: u64) -> Result<(), Unread> {
        let containers = (limit / BYTES_PER_CONTAINER).max(FEW_CONTAINERS);
        let values = containers.saturating_mul(BYTES_PER_CONTAINER / BYTES_PER_VALUE);
        // Most answers are not looked at: each container has an end, and each comma a value before it, so that what is
        // smaller cannot have so many.
        let most = self.length() / 2;
        let found = if most > containers && self.at_most().exceeds(containers, values) {
            outside_texts(self.body)
        } else {
            Found::default()
        };
        if found.exceeds(containers, values) {
            Err(Unread::TooManyValues { containers, values })
        } else {
            Ok(())
        }
    }

    fn check_memory(&self, limit: u64) -> Result<(), Unread> {
        let most = limit.saturating_mul(MOST_TIMES);
        let most = most.max(LEAST);
        let length = self.length();
        let takes = |longer: u64, found: &Found| {
            let models = found.containers.saturating_mul(BYTES_OF_MODEL);
            let values = found.commas.saturating_mul(BYTES_OF_VALUE);
            let copies = longer.saturating_mul(COPIES);
            let decoded = models.saturating_add(values).saturating_add(copies);
            length.saturating_add(decoded)
        };
        let longest = length.saturating_mul(MOST_LONGER);
        // Most answers are not read for it, and short ones not even counted: each container and each comma has a byte.
        let each_byte = Found {
            containers: length,
            commas: 0,
        };
        if takes(longest, &each_byte) <= most || takes(longest, self.at_most()) <= most {
            return Ok(());
        }
        let longer = repair::longer(self.body).map_or(length, |longer| longer as u64);
        if takes(longer, self.at_most()) <= most || takes(longer, &outside_texts(self.body)) <= most
        {
            return Ok(());
        }
        Err(Unread::TooMuchToHold { limit })
    }
}

#[derive(Default)]
struct Found {
    containers: u64,
    commas: u64,
}

impl Found {
    fn exceeds(&self, containers: u64, values: u64) -> bool {
        self.containers > containers || self.commas > values
    }
}

/// Slower, and exact: long prose has many commas that separate nothing.
#[cold]
fn outside_texts(body: &[u8]) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        match byte {
            b'"' => at = scan::string_end(body, at),
            b'{' | b'[' => {
                found.containers += 1;
                at += 1;
            }
            b',' => {
                found.commas += 1;
                at += 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// As if nothing stood in texts. In pieces whose counts fit a byte, which the compiler makes into instructions for many
/// bytes at once.
fn at_most(body: &[u8]) -> Found {
    let mut found = Found::default();
    for piece in body.chunks(255) {
        let (mut containers, mut commas) = (0_u8, 0_u8);
        for byte in piece {
            containers += u8::from(matches!(byte, b'{' | b'['));
            commas += u8::from(*byte == b',');
        }
        found.containers += u64::from(containers);
        found.commas += u64::from(commas);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1024 * 1024;

    fn check_memory(body: &[u8], limit: u64) -> Result<(), Unread> {
        Counted::new(body).check_memory(limit)
    }

    fn is_refused(item: &str, items: usize, limit: u64) -> bool {
        check(format!("[{}]", item.repeat(items)).as_bytes(), limit).is_err()
    }

    #[test]
    fn as_many_as_the_size_limit_stands_for() {
        // One more for the list itself.
        assert!(!is_refused("{},", 174_761, 64 * MIB));
        assert!(is_refused("{},", 174_762, 64 * MIB));
        assert!(is_refused("[],", 174_762, 64 * MIB));
        assert!(!is_refused("{},", 174_762, 65 * MIB));
        assert!(!is_refused("0,", 349_524, 64 * MIB));
        assert!(is_refused("0,", 349_525, 64 * MIB));
    }

    #[test]
    fn what_stands_in_texts_is_not_counted() {
        let prose = ",[{\\\"".repeat(64 * 8_192);
        assert!(!is_refused(&format!("\"{prose}\""), 1, 64 * MIB));
        let behind = "0,".repeat(64 * 8_192 + 1);
        assert!(check(format!("\"{prose}\",{behind}").as_bytes(), 64 * MIB).is_err());
    }

    #[test]
    fn what_is_repaired_counts() {
        let is_refused = |text: &[u8], count: usize, limit: u64| {
            let body = [b"[\"", &*text.repeat(count), b"\"]"].concat();
            assert!(body.len() as u64 <= limit);
            check_memory(&body, limit).is_err()
        };
        let mib = 1024 * 1024;
        for (text, most) in [
            (&b"\x01"[..], 6 * mib),
            (b"\xff", 12 * mib),
            (b"\xff\n", 4 * mib),
            // Half of it is repaired.
            (b"a\t", 6 * mib),
        ] {
            assert!(is_refused(text, most * 5 / 4, 16 * MIB), "{text:?}");
            assert!(!is_refused(text, most / 2, 16 * MIB), "{text:?}");
            assert!(!is_refused(text, most / 2, u64::MAX), "{text:?}");
        }
        // A line break here and there is no fault of a large answer, nor are those around values.
        let line = [&b"a".repeat(80)[..], b"\n"].concat();
        assert!(!is_refused(&line, 15 * mib / 81, 16 * MIB));
        let lines = format!("[{}1]", "\n".repeat(15 * mib));
        assert!(check_memory(lines.as_bytes(), 16 * MIB).is_ok());
        // Models and repairs share what there is.
        let models = [
            &b"[\""[..],
            &b"\x01".repeat(5 * mib),
            b"\"",
            &b",{}".repeat(40_000),
            b"]",
        ];
        assert!(check_memory(&models.concat(), 16 * MIB).is_err());
        assert!(check(&models.concat(), 16 * MIB).is_ok());
    }

    #[test]
    fn long_texts_and_numbers_leave_less_for_records() {
        let mib = 1024 * 1024;
        let records = |count: usize| "{\"zz\":1},".repeat(count);
        let number = |digits: usize| format!("{{\"a\":{}}}", "1".repeat(digits));
        let text = |length: usize| format!("{{\"a\":\"{}\"}}", "x,[".repeat(length / 3));
        for long in [number, text] {
            let is_refused = |count: usize, length: usize, limit: u64| {
                let body = format!("[{}{}]", records(count), long(length));
                check_values_and_memory(body.as_bytes(), limit).is_err()
            };
            assert!(is_refused(174_000, 62 * mib, 64 * MIB));
            assert!(!is_refused(174_000, 62 * mib, 100 * MIB));
            assert!(!is_refused(174_000, mib, 64 * MIB));
            assert!(!is_refused(50_000, 62 * mib, 64 * MIB));
            assert!(!is_refused(10_000, 2 * mib, 2 * MIB));
        }
    }

    #[test]
    fn a_small_limit_leaves_some() {
        assert!(!is_refused("{},", 16_000, 1));
        assert!(is_refused("{},", 17_000, 1));
        assert!(!is_refused("[],", 17_000, u64::MAX));
    }
}
