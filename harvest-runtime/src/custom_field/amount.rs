//! Numbers that are not rounded.

use std::borrow::Cow;
use std::fmt;

use serde_json::{Number, Value};

use crate::json::digits;

/// A number as it stands in JSON: a number, or a text with one.
///
/// It is not turned into a binary fraction and back on the way: of the text `81500.10` and of the JSON number
/// `12345678901234567.89` every digit stays. [`Display`](fmt::Display) writes it as it stands, for a decimal type of your
/// choice to parse; `Debug` does not. As JSON, it is again what it was; but a number that 64 bits do not hold is a text
/// in a [`Value`], which the service takes as well.
///
/// ```
/// use harvest_runtime::custom_field::Amount;
///
/// let pay = Amount::from("81500.10");
/// assert_eq!(pay.to_string(), "81500.10");
/// assert_eq!(pay.as_f64(), Some(81_500.1));
/// assert_eq!(Amount::from(81_500).as_i64(), Some(81_500));
/// assert_eq!(Amount::from("$123,000").as_f64(), None);
/// ```
#[derive(Clone, PartialEq)]
pub struct Amount<'a>(Form<'a>);

#[derive(Clone, PartialEq)]
enum Form<'a> {
    /// As it is written in JSON.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
}

impl<'a> Amount<'a> {
    /// Of a JSON number or text.
    pub(super) fn of(value: &'a Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(number.clone().into()),
            Value::String(text) => Some(Self::from(text.as_str())),
            _ => None,
        }
    }

    /// Of the text of a JSON number.
    pub(super) fn written(number: &'a str) -> Self {
        Self(Form::Number(Cow::Borrowed(number)))
    }

    /// Of digits with at most one sign before and one point between them: a JSON number, or the text that JSON has no
    /// number for.
    pub(super) fn of_digits(digits: &str) -> Self {
        match digits.parse::<Number>() {
            Ok(number) if number.to_string() == digits => {
                Self(Form::Number(Cow::Owned(digits.to_owned())))
            }
            _ => Self::from(digits.to_owned()),
        }
    }

    /// The number, if it is an integer of 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        self.plain()?.parse().ok()
    }

    /// The nearest binary fraction. `None` for a text that is not plainly a number: whether `1.000` with a currency sign
    /// is one or a thousand is not guessed.
    pub fn as_f64(&self) -> Option<f64> {
        self.plain()?.parse().ok()
    }

    /// Whether it is plainly a number, and not just any text.
    pub fn is_number(&self) -> bool {
        self.plain().is_some()
    }

    fn plain(&self) -> Option<&str> {
        match &self.0 {
            Form::Number(number) => Some(number),
            Form::Text(text) => plain(text),
        }
    }
}

/// The text, if it is digits with at most one sign before and one point between them.
fn plain(text: &str) -> Option<&str> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(fraction)).then_some(text)
}

macro_rules! from_integers {
    ($($integer:ty)+) => {$(
        impl From<$integer> for Amount<'_> {
            fn from(number: $integer) -> Self {
                Self(Form::Number(Cow::Owned(number.to_string())))
            }
        }
    )+};
}

from_integers!(i32 i64 u32 u64);

/// What is no number in JSON (infinity and the like) becomes a text, which the service and
/// [`checked`](super::CustomFieldInput::checked) refuse.
impl From<f64> for Amount<'_> {
    fn from(number: f64) -> Self {
        match Number::from_f64(number) {
            Some(number) => number.into(),
            None => Self::from(number.to_string()),
        }
    }
}

impl From<Number> for Amount<'_> {
    fn from(number: Number) -> Self {
        Self(Form::Number(Cow::Owned(number.to_string())))
    }
}

impl<'a> From<&'a str> for Amount<'a> {
    fn from(text: &'a str) -> Self {
        Self(Form::Text(Cow::Borrowed(text)))
    }
}

impl From<String> for Amount<'_> {
    fn from(text: String) -> Self {
        Self(Form::Text(Cow::Owned(text)))
    }
}

/// A text in place of a number that would be rounded: the service takes one for the other.
fn number_or_text(number: Cow<'_, str>) -> Value {
    let exact = number.parse().ok().filter(|_| digits::fits(&number));
    exact.map_or_else(|| Value::String(number.into_owned()), Value::Number)
}

impl From<Amount<'_>> for Value {
    fn from(amount: Amount<'_>) -> Self {
        match amount.0 {
            Form::Number(number) => number_or_text(number),
            Form::Text(text) => Self::String(text.into_owned()),
        }
    }
}

impl fmt::Display for Amount<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Form::Number(text) | Form::Text(text)) = &self.0;
        f.pad(text)
    }
}

impl fmt::Debug for Amount<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Amount(..)")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_and_texts() {
        for (value, shown, whole, fraction) in [
            (json!(5), "5", Some(5), Some(5.0)),
            (json!(-5), "-5", Some(-5), Some(-5.0)),
            (json!(5.0), "5.0", None, Some(5.0)),
            (json!(81_500.1), "81500.1", None, Some(81_500.1)),
            (json!("5"), "5", Some(5), Some(5.0)),
            (json!("-0.50"), "-0.50", None, Some(-0.5)),
            (json!("81500.10"), "81500.10", None, Some(81_500.1)),
            (json!("$123,000"), "$123,000", None, None),
            (json!("1,000"), "1,000", None, None),
            (json!("1."), "1.", None, None),
            (json!(".5"), ".5", None, None),
            (json!("--5"), "--5", None, None),
            (json!("1.2.3"), "1.2.3", None, None),
            (json!("NaN"), "NaN", None, None),
            (json!("1e5"), "1e5", None, None),
            (json!(""), "", None, None),
        ] {
            let amount = Amount::of(&value).expect("a number or a text");
            assert_eq!(amount.to_string(), shown, "{value}");
            assert_eq!(amount.as_i64(), whole, "{value}");
            assert_eq!(amount.as_f64(), fraction, "{value}");
            assert_eq!(amount.is_number(), fraction.is_some(), "{value}");
            assert_eq!(Value::from(amount.clone()), value);
            assert_eq!(format!("{amount:?}"), "Amount(..)");
        }
        for value in [json!(null), json!(true), json!([5]), json!({"value": 5})] {
            assert!(Amount::of(&value).is_none(), "{value}");
        }
    }

    #[test]
    fn all_kinds_of_numbers_can_be_sent() {
        for (amount, value) in [
            (Amount::from(5_i32), json!(5)),
            (
                Amount::from(u64::MAX),
                json!(18_446_744_073_709_551_615_u64),
            ),
            (Amount::from(0.5), json!(0.5)),
            (Amount::from(Number::from(5)), json!(5)),
            (Amount::from("5.10"), json!("5.10")),
            (Amount::from("5.10".to_owned()), json!("5.10")),
            // Null would be taken for no change at all.
            (Amount::from(f64::NAN), json!("NaN")),
            (Amount::from(f64::INFINITY), json!("inf")),
        ] {
            assert_eq!(Value::from(amount), value);
        }
    }
}
