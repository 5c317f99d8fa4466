//! Numbers without loss.

/// A number of which a double loses no digit.
pub(crate) fn exact(json: &str) -> Option<f64> {
    if !json.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return None;
    }
    let number: f64 = json.parse().ok()?;
    is_exact(json, number).then_some(number)
}

/// Whether a double is written in the end as the number that it was made of.
fn is_exact(json: &str, number: f64) -> bool {
    number.is_finite() && Digits::of(json) == Digits::of(&format!("{number:e}"))
}

/// A number as its digits without zeros at either end, and the power of ten of the last one.
#[derive(PartialEq)]
struct Digits {
    is_negative: bool,
    digits: String,
    power: i64,
}

impl Digits {
    fn of(json: &str) -> Option<Self> {
        let (mantissa, power) = json.split_once(['e', 'E']).unwrap_or((json, "0"));
        let power: i64 = power.parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_negative = whole.starts_with('-');
        let all = format!("{}{fraction}", whole.trim_start_matches('-'));
        let digits = all.trim_end_matches('0');
        let zeros = all.len() - digits.len();
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Some(Self {
                is_negative: false,
                digits: String::new(),
                power: 0,
            });
        }
        let moved = i64::try_from(zeros).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Self {
            is_negative,
            digits: digits.to_owned(),
            power: power.checked_add(moved)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_double_holds() {
        for json in [
            "0",
            "-0",
            "0.0",
            "12.50",
            "0.1",
            "1e3",
            "100000000000000000000",
            "-1.5E-3",
        ] {
            assert!(exact(json).is_some(), "{json}");
        }
        for json in [
            "9007199254740993",
            "0.1234567890123456789",
            "1e400",
            "1e99999999999999999999",
            "\"1\"",
            "true",
            "NaN",
        ] {
            assert_eq!(exact(json), None, "{json}");
        }
    }
}
