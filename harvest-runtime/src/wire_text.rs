//! A value of any JSON type, held as text and given back as it came.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor, value};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// A JSON string by its content, or any other JSON value by its JSON text. Decoding never fails, and encoding gives
/// back the same JSON value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct WireText {
    text: Box<str>,
    /// Whether it came as a JSON string.
    is_string: bool,
}

impl WireText {
    /// A JSON string of this content.
    pub fn string(text: impl Into<Box<str>>) -> Self {
        Self {
            text: text.into(),
            is_string: true,
        }
    }

    /// JSON null.
    pub fn null() -> Self {
        Self {
            text: "null".into(),
            is_string: false,
        }
    }

    fn json(value: &Value) -> Self {
        Self {
            text: value.to_string().into(),
            is_string: false,
        }
    }

    /// The content of a JSON string, or the JSON text of anything else.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The content, if it came as a JSON string.
    pub fn as_string(&self) -> Option<&str> {
        self.is_string.then_some(&*self.text)
    }
}

impl Serialize for WireText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serde_json::from_str::<Value>(&self.text) {
            Ok(value) if !self.is_string => value.serialize(serializer),
            _ => serializer.serialize_str(&self.text),
        }
    }
}

impl<'de> Deserialize<'de> for WireText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer, |text| Self::string(text), |value| value)
    }
}

/// Reads a value of any JSON type: a string by `string`, and anything else, by its JSON text, by `other`.
pub(crate) fn deserialize<'de, D, T, S, O>(
    deserializer: D,
    string: S,
    other: O,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    S: FnOnce(&str) -> T,
    O: FnOnce(WireText) -> T,
{
    deserializer.deserialize_any(AnyValue { string, other })
}

struct AnyValue<S, O> {
    string: S,
    other: O,
}

impl<'de, T, S: FnOnce(&str) -> T, O: FnOnce(WireText) -> T> Visitor<'de> for AnyValue<S, O> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok((self.string)(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<T, E> {
        Ok((self.other)(WireText::json(&value.into())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<T, E> {
        Ok((self.other)(WireText::json(&value.into())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<T, E> {
        Ok((self.other)(WireText::json(&value.into())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<T, E> {
        Ok((self.other)(WireText::json(&value.into())))
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok((self.other)(WireText::null()))
    }

    fn visit_none<E>(self) -> Result<T, E> {
        Ok((self.other)(WireText::null()))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<T, A::Error> {
        let value = Value::deserialize(value::SeqAccessDeserializer::new(array))?;
        Ok((self.other)(WireText::json(&value)))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        let value = Value::deserialize(value::MapAccessDeserializer::new(object))?;
        Ok((self.other)(WireText::json(&value)))
    }
}
