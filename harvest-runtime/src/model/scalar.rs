//! Values that are no containers: how each is taken from JSON of its own and of another type.
//!
//! | described | taken as well, and written back as it came |
//! | --- | --- |
//! | a text | a number and a boolean, as they are written |
//! | a boolean | `"true"` and `"false"`, 1 and 0 |
//! | an integer, an id | a text of digits, and numbers such as `123.0` |
//! | a number | a text with one |
//!
//! In each case what is taken says what came. Anything else is kept as JSON beside the field.

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::Serialize;
use serde_json::Number;

use super::field::{Other, Read, written};
use crate::json::careful::AS_WRITTEN;
use crate::json::{Json, array, digits, notes, object};

/// Whether JSON fits a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Fit {
    /// It is of the type that is described; the value holds it.
    Described,
    /// It is of another type, and the value holds what it says.
    Taken,
    /// The value cannot hold it.
    Not,
}

impl Fit {
    fn taken<T>(place: &mut T, value: Option<T>) -> Self {
        match value {
            Some(value) => {
                *place = value;
                Self::Taken
            }
            None => Self::Not,
        }
    }
}

/// A value that is no container.
#[doc(hidden)]
pub trait Scalar: Default + PartialEq + Serialize {
    /// Takes a JSON string.
    fn text(&mut self, text: &str) -> Fit;

    /// Takes a value that is neither a JSON string nor null, by its JSON text.
    fn json(&mut self, text: &str) -> Fit;

    /// Takes a boolean.
    fn boolean(&mut self, value: bool) -> Fit {
        self.json(if value { "true" } else { "false" })
    }

    /// Takes an integer.
    fn integer(&mut self, value: i64) -> Fit {
        self.json(&value.to_string())
    }

    /// Takes a number of which only 64 bits are known.
    fn number(&mut self, value: f64) -> Fit {
        notes::rounded();
        self.json(&number(value))
    }
}

fn number(value: f64) -> String {
    Number::from_f64(value).map_or_else(|| "null".to_owned(), |number| number.to_string())
}

impl Scalar for String {
    #[allow(
        clippy::assigning_clones,
        reason = "`clone_into` makes room for more than the text, as this is empty"
    )]
    fn text(&mut self, text: &str) -> Fit {
        *self = text.to_owned();
        Fit::Described
    }

    fn json(&mut self, text: &str) -> Fit {
        let is_container = text.starts_with(['[', '{']);
        Fit::taken(self, (!is_container).then(|| text.to_owned()))
    }
}

impl Scalar for bool {
    fn text(&mut self, text: &str) -> Fit {
        Fit::taken(self, text.trim().to_ascii_lowercase().parse().ok())
    }

    fn json(&mut self, text: &str) -> Fit {
        let value = match text {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        };
        Fit::taken(self, value)
    }

    fn boolean(&mut self, value: bool) -> Fit {
        *self = value;
        Fit::Described
    }
}

/// The integer that a text or a JSON number says.
pub(crate) fn integer<T: TryFrom<i64>>(text: &str) -> Option<T> {
    digits::integer(text.trim())?.try_into().ok()
}

macro_rules! integers {
    ($($integer:ty)+) => {$(
        impl Scalar for $integer {
            fn text(&mut self, text: &str) -> Fit {
                Fit::taken(self, integer(text))
            }

            fn json(&mut self, text: &str) -> Fit {
                Fit::taken(self, integer(text))
            }

            fn integer(&mut self, value: i64) -> Fit {
                match Self::try_from(value) {
                    Ok(value) => {
                        *self = value;
                        Fit::Described
                    }
                    Err(_) => Fit::Not,
                }
            }
        }
    )+};
}

integers!(i32 i64);

impl Scalar for f64 {
    fn text(&mut self, text: &str) -> Fit {
        let number = text.trim();
        let finite = |value: &f64| {
            value.is_finite()
                && number.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        };
        Fit::taken(self, number.parse().ok().filter(finite))
    }

    /// `5` and `1.50` would be written as `5.0` and `1.5`.
    fn json(&mut self, text: &str) -> Fit {
        match self.text(text) {
            Fit::Taken if number(*self) == text => Fit::Described,
            fit => fit,
        }
    }

    fn number(&mut self, value: f64) -> Fit {
        // It may have been written with more digits, or otherwise.
        notes::rounded();
        *self = value;
        Fit::Described
    }
}

/// Makes types that are [`Scalar`] types of properties.
#[doc(hidden)]
#[macro_export]
macro_rules! scalar_fields {
    ($($name:ident)+) => {$(
        impl $crate::model::Field for $name {
            fn read<'de, D: $crate::__private::serde::Deserializer<'de>>(
                &mut self,
                deserializer: D,
            ) -> ::core::result::Result<$crate::model::Read, D::Error> {
                $crate::model::read_scalar(self, deserializer)
            }

            fn written(&self) -> ::core::option::Option<::std::string::String> {
                $crate::model::written(self)
            }
        }
    )+};
}

scalar_fields!(String bool i32 i64 f64);

/// Reads a scalar.
///
/// # Errors
///
/// If the deserializer fails.
#[doc(hidden)]
pub fn read<'de, T: Scalar, D: Deserializer<'de>>(
    place: &mut T,
    deserializer: D,
) -> Result<Read, D::Error> {
    deserializer.deserialize_newtype_struct(AS_WRITTEN, ScalarVisitor(place))
}

struct ScalarVisitor<'a, T>(&'a mut T);

impl<T: Scalar> ScalarVisitor<'_, T> {
    fn settle(self, fit: Fit, json: impl FnOnce() -> Json) -> Read {
        match fit {
            Fit::Described => Read::Described,
            Fit::Taken => Read::Other(Box::new(Other {
                json: json(),
                taken: written(self.0).map(String::into_boxed_str),
            })),
            Fit::Not => Read::kept(json()),
        }
    }

    fn literal(self, fit: Fit, text: impl FnOnce() -> String) -> Read {
        self.settle(fit, || Json::of_text(&text()))
    }

    fn captured(self, json: Json) -> Read {
        let fit = self.0.json(json.text());
        self.settle(fit, || json)
    }

    fn read_written(self, text: &str) -> Read {
        match text.as_bytes().first() {
            Some(b'n') => Read::Null,
            Some(b't' | b'f') => {
                let fit = self.0.boolean(text == "true");
                self.literal(fit, || text.to_owned())
            }
            Some(b'"') => match serde_json::from_str::<String>(text) {
                Ok(text) => {
                    let fit = self.0.text(&text);
                    self.settle(fit, || Json::string(&text))
                }
                Err(_) => self.captured(Json::of_text(text)),
            },
            _ => match text.parse() {
                Ok(integer) => {
                    let fit = self.0.integer(integer);
                    self.literal(fit, || text.to_owned())
                }
                Err(_) => self.captured(Json::of_text(text)),
            },
        }
    }
}

impl<'de, T: Scalar> Visitor<'de> for ScalarVisitor<'_, T> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Read, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_borrowed_bytes<E: Error>(self, text: &'de [u8]) -> Result<Read, E> {
        let invalid = |_| E::invalid_value(Unexpected::Bytes(text), &"JSON");
        Ok(self.read_written(str::from_utf8(text).map_err(invalid)?))
    }

    fn visit_str<E>(self, text: &str) -> Result<Read, E> {
        let fit = self.0.text(text);
        Ok(self.settle(fit, || Json::string(text)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Read, E> {
        let fit = self.0.boolean(value);
        Ok(self.literal(fit, || value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Read, E> {
        let fit = self.0.integer(value);
        Ok(self.literal(fit, || value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Read, E> {
        let fit = match i64::try_from(value) {
            Ok(value) => self.0.integer(value),
            Err(_) => self.0.json(&value.to_string()),
        };
        Ok(self.literal(fit, || value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Read, E> {
        let fit = self.0.number(value);
        Ok(self.literal(fit, || number(value)))
    }

    fn visit_unit<E>(self) -> Result<Read, E> {
        Ok(Read::Null)
    }

    fn visit_none<E>(self) -> Result<Read, E> {
        Ok(Read::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Read, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<Read, A::Error> {
        Ok(self.captured(array(values)?))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Read, A::Error> {
        Ok(self.captured(object(entries)?))
    }
}

/// Reads a standalone scalar, of a type that holds any JSON.
pub(crate) fn read_alone<'de, T: Scalar, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::default();
    match read(&mut value, deserializer)? {
        // The default of such types is null.
        Read::Null => Ok(T::default()),
        Read::Described | Read::Other(_) => Ok(value),
    }
}
