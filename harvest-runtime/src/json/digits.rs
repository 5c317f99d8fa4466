//! Numbers as they are written.

use std::num::{IntErrorKind, ParseIntError};

use super::scan;

/// The most decimal digits that a binary fraction of 64 bits always gives back.
const FRACTION_DIGITS: usize = 15;
/// More digits than this, zeros among them, make no integer of 64 bits.
const INTEGER_DIGITS: usize = 19;

/// The numbers in a JSON text.
pub(crate) fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => at = scan::string_end(bytes, at),
                b'-' | b'0'..=b'9' => {
                    let start = at;
                    while bytes.get(at).is_some_and(|byte| is_part(*byte)) {
                        at += 1;
                    }
                    return text.get(start..at);
                }
                _ => at += 1,
            }
        }
        None
    })
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E')
}

/// Whether an integer or a binary fraction of 64 bits is the same number.
pub(crate) fn fits(number: &str) -> bool {
    if number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok() {
        return true;
    }
    let Some(parts) = Parts::of(number) else {
        return false;
    };
    let digits = parts.significant();
    let is_in_range = number.parse::<f64>().is_ok_and(f64::is_normal);
    digits.is_empty() || (digits.len() <= FRACTION_DIGITS && is_in_range)
}

/// The integer that a number is, whether it is written as `123`, `123.0` or `1.23e2`.
pub(crate) fn integer(number: &str) -> Option<i64> {
    if let Ok(integer) = number.parse() {
        return Some(integer);
    }
    let parts = Parts::of(number)?;
    let digits = parts.significant();
    if digits.is_empty() {
        return Some(0);
    }
    let whole = usize::try_from(parts.point()).ok()?;
    if whole < digits.len() || whole > INTEGER_DIGITS {
        return None;
    }
    let sign = if parts.is_negative { "-" } else { "" };
    format!("{sign}{digits:0<whole$}").parse().ok()
}

/// The sign, the digits and the place of the point of a number, which are the same however it is written; beyond 64 bits,
/// all places of the point are one. `None` if it is zero, or no number.
pub(crate) fn canonical(number: &str) -> Option<(bool, String, i64)> {
    let parts = Parts::of(number)?;
    let digits = parts.significant();
    let point = parts.point();
    (!digits.is_empty()).then(|| (parts.is_negative, digits.to_owned(), point))
}

/// A decimal number, taken apart.
struct Parts {
    is_negative: bool,
    /// Those before the point and those behind it.
    digits: String,
    /// How many of them stand before the point.
    whole: i64,
    exponent: i64,
}

impl Parts {
    fn of(number: &str) -> Option<Self> {
        let (mantissa, exponent) = match number.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent_of(exponent)?),
            None => (number, 0),
        };
        let unsigned = mantissa.strip_prefix('-');
        let is_negative = unsigned.is_some();
        let unsigned = unsigned.unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let is_decimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        (!whole.is_empty() && is_decimal(whole) && is_decimal(fraction)).then(|| Self {
            is_negative,
            digits: format!("{whole}{fraction}"),
            whole: i64::try_from(whole.len()).unwrap_or(i64::MAX),
            exponent,
        })
    }

    /// The digits without zeros at either end. Empty for zero.
    fn significant(&self) -> &str {
        self.digits.trim_matches('0')
    }

    /// How many digits stand before the point, leading zeros apart.
    fn point(&self) -> i64 {
        let leading = self.digits.len() - self.digits.trim_start_matches('0').len();
        let leading = i64::try_from(leading).unwrap_or(i64::MAX);
        let digits = self.whole.saturating_sub(leading);
        self.exponent.saturating_add(digits)
    }
}

/// An exponent; the nearest of 64 bits, if it is beyond them.
fn exponent_of(written: &str) -> Option<i64> {
    match written.parse() {
        Ok(exponent) => Some(exponent),
        Err(error) => match ParseIntError::kind(&error) {
            IntErrorKind::PosOverflow => Some(i64::MAX),
            IntErrorKind::NegOverflow => Some(i64::MIN),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_outside_of_texts() {
        let text = r#"{"a 1":[-2.50,"3\"4",{"5":6e7}],"b":12345678901234567.89}"#;
        let found: Vec<_> = numbers(text).collect();
        assert_eq!(found, ["-2.50", "6e7", "12345678901234567.89"]);
        assert_eq!(numbers(r#""7 and no end"#).count(), 0);
    }

    #[test]
    fn sixty_four_bits_hold_some_numbers() {
        for number in [
            "0",
            "-0",
            "0.0",
            "-5",
            "5.10",
            "1e300",
            "18446744073709551615",
            "123456789012345",
            "0.123456789012345",
            "81500.10",
        ] {
            assert!(fits(number), "{number}");
        }
        for number in [
            "18446744073709551616",
            "12345678901234567.89",
            "0.1000000000000000055",
            "1e400",
            "1e-320",
            "text",
            "",
        ] {
            assert!(!fits(number), "{number}");
        }
    }

    #[test]
    fn integers_are_written_in_many_ways() {
        for (number, whole) in [
            ("123", Some(123)),
            ("123.0", Some(123)),
            ("-123.000", Some(-123)),
            ("1.23e2", Some(123)),
            ("12300E-2", Some(123)),
            ("0.00e9", Some(0)),
            ("0.5e1", Some(5)),
            ("9223372036854775807.0", Some(i64::MAX)),
            ("-9223372036854775808.0", Some(i64::MIN)),
            ("9223372036854775808.0", None),
            ("1e18", Some(1_000_000_000_000_000_000)),
            ("1e19", None),
            ("1e2147483647", None),
            ("1e99999999999", None),
            ("1e-2147483648", None),
            ("123.4", None),
            ("1e-1", None),
            ("", None),
            ("-", None),
            ("1 2", None),
            ("0x10", None),
            ("many", None),
        ] {
            assert_eq!(integer(number), whole, "{number}");
        }
    }
}
