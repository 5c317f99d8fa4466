//! Capture of a value from a deserializer as JSON text, unparsed.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use serde_json::value::RawValue;

use super::Json;

/// Takes the next value as it is written. From a format other than JSON, or where serde has buffered the value, it is
/// what that holds.
pub(super) fn capture<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
    let mut buffered = None;
    let deserializer = Watched {
        deserializer,
        buffered: &mut buffered,
    };
    match Box::<RawValue>::deserialize(deserializer) {
        Ok(raw) => Json::new(raw).ok_or_else(too_deep),
        Err(error) => buffered.map(Json::from).ok_or(error),
    }
}

fn too_deep<E: Error>() -> E {
    E::custom("it is nested too deep")
}

/// A deserializer that is asked for raw JSON, and may know nothing of it. Then it hands the value out as that of a
/// newtype, which is kept here.
struct Watched<'a, D> {
    deserializer: D,
    buffered: &'a mut Option<Value>,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Watched<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserializer.deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = WatchedVisitor {
            visitor,
            buffered: self.buffered,
        };
        self.deserializer.deserialize_newtype_struct(name, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct WatchedVisitor<'a, V> {
    visitor: V,
    buffered: &'a mut Option<Value>,
}

impl<V> WatchedVisitor<'_, V> {
    /// The error only ends the attempt to read raw JSON.
    fn keep<T, E: Error>(self, value: Value) -> Result<T, E> {
        *self.buffered = Some(value);
        Err(E::custom("no raw JSON"))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for WatchedVisitor<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(map)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        let value = Value::deserialize(deserializer)?;
        self.keep(value)
    }

    // Deserializers of single values hand them out whatever they are asked for.

    fn visit_bool<E: Error>(self, value: bool) -> Result<V::Value, E> {
        self.keep(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.keep(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.keep(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        self.keep(value.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.keep(text.into())
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.keep(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<V::Value, A::Error> {
        let value = array(values)?;
        self.keep(value.into_value())
    }
}

/// The rest of an array, of which nothing was read yet.
pub(crate) fn array<'de, A: SeqAccess<'de>>(mut values: A) -> Result<Json, A::Error> {
    let mut text = String::from("[");
    while let Some(value) = values.next_element::<Json>()? {
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(value.text());
    }
    text.push(']');
    container(text)
}

/// The rest of an object, of which nothing was read yet.
pub(crate) fn object<'de, A: MapAccess<'de>>(mut entries: A) -> Result<Json, A::Error> {
    let mut text = String::from("{");
    while let Some((name, value)) = entries.next_entry::<String, Json>()? {
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(Json::string(&name).text());
        text.push(':');
        text.push_str(value.text());
    }
    text.push('}');
    container(text)
}

fn container<E: Error>(text: String) -> Result<Json, E> {
    let raw = RawValue::from_string(text).map_err(E::custom)?;
    Json::new(raw).ok_or_else(too_deep)
}
