//! An object where one belongs, or else whatever came.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// An object as a `T`, or another JSON value as it came: a record with something odd in it is still a record.
#[derive(Clone, PartialEq)]
pub(super) enum ObjectOr<T> {
    Object(T),
    Other(Value),
}

impl<T> ObjectOr<T> {
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Object(object) => Some(object),
            Self::Other(_) => None,
        }
    }
}

impl<T: Serialize> Serialize for ObjectOr<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Object(object) => object.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ObjectOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue(PhantomData))
    }
}

struct AnyValue<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AnyValue<T> {
    type Value = ObjectOr<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<ObjectOr<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(ObjectOr::Object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<ObjectOr<T>, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(array)).map(ObjectOr::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<ObjectOr<T>, E> {
        Ok(ObjectOr::Other(text.into()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<ObjectOr<T>, E> {
        Ok(ObjectOr::Other(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<ObjectOr<T>, E> {
        Ok(ObjectOr::Other(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<ObjectOr<T>, E> {
        Ok(ObjectOr::Other(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<ObjectOr<T>, E> {
        Ok(ObjectOr::Other(value.into()))
    }

    fn visit_unit<E>(self) -> Result<ObjectOr<T>, E> {
        Ok(ObjectOr::Other(Value::Null))
    }
}
