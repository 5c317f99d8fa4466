//! A JSON value as it came.

mod capture;
pub(crate) mod careful;
pub(crate) mod digits;
pub(crate) mod notes;
pub(crate) mod repair;
pub(crate) mod scan;

use std::any::type_name;
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use self::capture::{array, object};

/// A JSON value as it came: of any shape, and with every digit of its numbers.
///
/// `serde_json` holds a number in 64 bits, unless a program switches `arbitrary_precision` on for everything that it is
/// made of. Here the text is kept, and written again by `serde_json`; other formats get the [`value`](Self::value).
///
/// ```
/// use harvest_runtime::Json;
///
/// let amount: Json = serde_json::from_str("12345678901234567.89")?;
/// assert_eq!(amount.text(), "12345678901234567.89");
/// assert_eq!(serde_json::to_string(&amount)?, "12345678901234567.89");
/// assert!(amount.value().is_f64());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// `Debug` prints nothing of it. The default is null.
#[derive(Clone)]
pub struct Json {
    /// At most [`scan::MOST_DEPTH`] deep, and without escapes that are half a character. `None` is null, which a value
    /// begins as before it is read, and takes no memory.
    raw: Option<Box<RawValue>>,
    value: OnceLock<Box<Value>>,
}

impl Json {
    /// The JSON text.
    pub fn text(&self) -> &str {
        self.raw.as_deref().unwrap_or(RawValue::NULL).get()
    }

    /// The value as `serde_json` holds it: a number with more digits than 64 bits hold is rounded, and one beyond their
    /// range is its text.
    pub fn value(&self) -> &Value {
        self.value.get_or_init(|| Box::new(parse(self.text())))
    }

    /// The value, as [`value`](Self::value) has it.
    pub fn into_value(self) -> Value {
        match self.value.into_inner() {
            Some(value) => *value,
            None => parse(self.raw.as_deref().unwrap_or(RawValue::NULL).get()),
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        self.text() == "null"
    }

    /// Whether both are the same value, and each number is written alike. Keys may be in any order.
    pub(crate) fn is_spelled_as(&self, other: &Self) -> bool {
        fn spelled(json: &Json) -> Vec<&str> {
            let mut numbers: Vec<_> = digits::numbers(json.text()).collect();
            numbers.sort_unstable();
            numbers
        }
        self.text() == other.text() || (self == other && spelled(self) == spelled(other))
    }

    /// Of what a deserializer or this crate made. `None` if it is nested too deep to be read.
    pub(crate) fn new(raw: Box<RawValue>) -> Option<Self> {
        let raw = if raw.get().contains("\\u") {
            let repaired = match repair::text(raw.get()) {
                Cow::Owned(repaired) => RawValue::from_string(repaired).ok(),
                Cow::Borrowed(_) => None,
            };
            repaired.unwrap_or(raw)
        } else {
            raw
        };
        let is_container = raw.get().starts_with(['[', '{']);
        if is_container && scan::is_too_deep(raw.get().as_bytes()) {
            return None;
        }
        Some(Self {
            raw: Some(raw),
            value: OnceLock::new(),
        })
    }

    /// Of a text that is known to be JSON, and not nested too deep.
    pub(crate) fn of_text(text: &str) -> Self {
        let raw = RawValue::from_string(text.to_owned()).ok();
        raw.and_then(Self::new).unwrap_or_default()
    }

    pub(crate) fn string(text: &str) -> Self {
        let raw = serde_json::value::to_raw_value(text).ok();
        raw.and_then(Self::new).unwrap_or_default()
    }
}

/// Reads what is known to be JSON.
fn parse(text: &str) -> Value {
    // The first way cannot take numbers beyond the range of 64 bits; the second takes all that the first one refuses.
    serde_json::from_str(text)
        .or_else(|_| careful::from_str(text))
        .unwrap_or_default()
}

/// Whether a serializer writes texts of JSON by `serde_json`, which takes a text for what it is. If the names of its types
/// were to change, numbers would be written as 64 bits hold them, and all else as now.
fn writes_text<S: Serializer>() -> bool {
    type_name::<S::Error>() == type_name::<serde_json::Error>()
        && type_name::<S>() != type_name::<serde_json::value::Serializer>()
}

/// Writes a text that is known to be JSON.
pub(crate) fn serialize_text<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) if writes_text::<S>() => raw.serialize(serializer),
        _ => parse(text).serialize(serializer),
    }
}

impl Default for Json {
    fn default() -> Self {
        Self {
            raw: None,
            value: OnceLock::new(),
        }
    }
}

/// Equal are the same values with keys in any order. Numbers that 64 bits do not hold have to be written alike.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        let exact = |json: &Self| digits::numbers(json.text()).all(digits::fits);
        self.text() == other.text()
            || (exact(self) && exact(other) && self.value() == other.value())
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        let raw = serde_json::value::to_raw_value(&value).ok();
        let json = raw.and_then(Self::new).unwrap_or_default();
        let _ = json.value.set(Box::new(value));
        json
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Self {
        json.into_value()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if writes_text::<S>() {
            self.raw.serialize(serializer)
        } else {
            self.value().serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        capture::capture(deserializer)
    }
}

/// Prints `..`: it can be about a person.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json(..)")
    }
}

#[cfg(test)]
mod tests;
