//! Fields of models: the types of properties of an answer, and their decoding, which never fails.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::ser::Serialize;

use super::{Model, read_map};
use crate::json::careful::{self, AS_WRITTEN, Careful, Trail};
use crate::json::{Json, array, notes};

/// How a value was read.
#[doc(hidden)]
pub enum Read {
    /// It is of the type that is described, and was taken.
    Described,
    /// It is null.
    Null,
    /// It is of another type.
    Other(Box<Other>),
}

/// A value of another type than is described.
#[doc(hidden)]
pub struct Other {
    /// As it came.
    pub(crate) json: Json,
    /// What the field holds instead, as JSON text. `None` if it holds nothing of it.
    pub(crate) taken: Option<Box<str>>,
}

impl Read {
    /// A value of which nothing was taken.
    pub(crate) fn kept(json: Json) -> Self {
        Self::Other(Box::new(Other { json, taken: None }))
    }
}

/// What a property of an answer can hold.
#[doc(hidden)]
pub trait Field: Default + PartialEq {
    /// Reads a value into this one, which is the default. If nothing is taken, it may be left in any state.
    ///
    /// # Errors
    ///
    /// If the deserializer fails: a value of another type is no failure.
    fn read<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Read, D::Error>;

    /// The value as JSON text, if JSON of another type can be taken for one.
    fn written(&self) -> Option<String> {
        None
    }
}

/// The place that the next value is read into.
pub(super) struct Place<'a, T>(pub &'a mut T);

impl<'de, T: Field> DeserializeSeed<'de> for Place<'_, T> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        self.0.read(deserializer)
    }
}

impl<T: Field> Field for Box<T> {
    fn read<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Read, D::Error> {
        (**self).read(deserializer)
    }

    fn written(&self) -> Option<String> {
        (**self).written()
    }
}

/// An item of a list of which it is documented that it can be null.
impl<T: Field> Field for Option<T> {
    fn read<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Read, D::Error> {
        let read = self.insert(T::default()).read(deserializer)?;
        if let Read::Null = read {
            *self = None;
            return Ok(Read::Described);
        }
        Ok(read)
    }

    fn written(&self) -> Option<String> {
        self.as_ref()?.written()
    }
}

/// Any JSON, of which serde reads what it can.
pub(super) fn read_any<'de, T, D>(place: &mut T, deserializer: D) -> Result<Read, D::Error>
where
    T: DeserializeOwned + Serialize,
    D: Deserializer<'de>,
{
    let json = Json::deserialize(deserializer)?;
    if json.is_null() {
        return Ok(Read::Null);
    }
    let Ok(value) = careful::from_str(json.text()) else {
        return Ok(Read::kept(json));
    };
    *place = value;
    // Such a type may drop or round something, or write a number otherwise.
    Ok(match written(place) {
        Some(written) if !Json::of_text(&written).is_spelled_as(&json) => {
            Read::Other(Box::new(Other {
                json,
                taken: Some(written.into()),
            }))
        }
        _ => Read::Described,
    })
}

/// Reads a model.
pub(super) fn read_model<'de, T: Model, D: Deserializer<'de>>(
    model: &mut T,
    deserializer: D,
) -> Result<Read, D::Error> {
    deserializer.deserialize_newtype_struct(AS_WRITTEN, ModelVisitor(model))
}

struct ModelVisitor<'a, T>(&'a mut T);

/// The methods of a visitor that keep what is not described, for one that takes containers of one kind.
macro_rules! keep_the_rest {
    () => {
        type Value = Read;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any JSON value")
        }

        fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Read, D::Error> {
            value.deserialize_any(self)
        }

        fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Read, D::Error> {
            value.deserialize_any(self)
        }

        fn visit_unit<E>(self) -> Result<Read, E> {
            Ok(Read::Null)
        }

        fn visit_none<E>(self) -> Result<Read, E> {
            Ok(Read::Null)
        }

        fn visit_str<E>(self, text: &str) -> Result<Read, E> {
            Ok(Read::kept(Json::string(text)))
        }

        fn visit_bool<E>(self, value: bool) -> Result<Read, E> {
            Ok(Read::kept(Json::from(serde_json::Value::from(value))))
        }

        fn visit_i64<E>(self, value: i64) -> Result<Read, E> {
            Ok(Read::kept(Json::from(serde_json::Value::from(value))))
        }

        fn visit_u64<E>(self, value: u64) -> Result<Read, E> {
            Ok(Read::kept(Json::from(serde_json::Value::from(value))))
        }

        fn visit_f64<E>(self, value: f64) -> Result<Read, E> {
            notes::rounded();
            Ok(Read::kept(Json::from(serde_json::Value::from(value))))
        }

        fn visit_borrowed_bytes<E: Error>(self, text: &'de [u8]) -> Result<Read, E> {
            let invalid = |_| E::invalid_value(Unexpected::Bytes(text), &"JSON");
            let text = str::from_utf8(text).map_err(invalid)?;
            match text.as_bytes().first() {
                Some(b'{' | b'[') => Careful::of_written(text, &Trail::default())
                    .deserialize_any(self)
                    .map_err(E::custom),
                Some(b'n') => Ok(Read::Null),
                _ => Ok(Read::kept(Json::of_text(text))),
            }
        }
    };
}

pub(crate) use keep_the_rest;

impl<'de, T: Model> Visitor<'de> for ModelVisitor<'_, T> {
    keep_the_rest!();

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Read, A::Error> {
        read_map(self.0, map)?;
        Ok(Read::Described)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<Read, A::Error> {
        Ok(Read::kept(array(values)?))
    }
}

/// A value as JSON text.
#[doc(hidden)]
pub fn written<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}
