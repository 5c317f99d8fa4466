//! Ids: each kind is a type of its own, so that one is not taken for another.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use crate::model::integer;

/// Makes structs around an `i64` kinds of ids: each a type of its own, and a number on the wire.
///
/// ```
/// /// The id of a user.
/// #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct UserId(pub i64);
///
/// harvest_runtime::id!(UserId);
///
/// let id = UserId::from(4_020_460_005);
/// assert_eq!(id.to_string(), "4020460005");
/// assert_eq!(serde_json::to_string(&id)?, "4020460005");
/// assert_eq!(serde_json::from_str::<UserId>(r#""4020460005""#)?, id);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! id {
    ($($name:ident),+ $(,)?) => {$(
        impl ::core::convert::From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        /// So that a list of ids can be passed by reference.
        impl ::core::convert::From<&$name> for $name {
            fn from(id: &$name) -> Self {
                *id
            }
        }

        impl ::core::convert::From<$name> for i64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::num::ParseIntError;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl $crate::Param for $name {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                $crate::Param::to_param(&self.0)
            }
        }

        impl $crate::Identity for $name {
            fn identity(&self) -> ::core::option::Option<i64> {
                ::core::option::Option::Some(self.0)
            }
        }

        impl $crate::model::Scalar for $name {
            fn text(&mut self, text: &str) -> $crate::model::Fit {
                $crate::model::Scalar::text(&mut self.0, text)
            }

            fn json(&mut self, text: &str) -> $crate::model::Fit {
                $crate::model::Scalar::json(&mut self.0, text)
            }

            fn integer(&mut self, value: i64) -> $crate::model::Fit {
                self.0 = value;
                $crate::model::Fit::Described
            }
        }

        $crate::scalar_fields!($name);
        $crate::__sql_id!($name);

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize_id(deserializer).map(Self)
            }
        }
    )+};
}

/// Makes structs around a `String` kinds of ids: each a type of its own, and a text on the wire.
///
/// ```
/// /// The id of a job of the service.
/// #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct TaskId(pub String);
///
/// harvest_runtime::text_id!(TaskId);
///
/// let id = TaskId::from("c2a7d9d4");
/// assert_eq!(serde_json::to_string(&id)?, r#""c2a7d9d4""#);
/// assert_eq!(serde_json::from_str::<TaskId>(r#""c2a7d9d4""#)?, id);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! text_id {
    ($($name:ident),+ $(,)?) => {$(
        impl ::core::convert::From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(id: ::std::string::String) -> Self {
                Self(id)
            }
        }

        impl ::core::convert::From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl $crate::Param for $name {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(&self.0)
            }
        }

        impl $crate::Identity for $name {}

        impl $crate::model::Scalar for $name {
            fn text(&mut self, text: &str) -> $crate::model::Fit {
                $crate::model::Scalar::text(&mut self.0, text)
            }

            fn json(&mut self, text: &str) -> $crate::model::Fit {
                $crate::model::Scalar::json(&mut self.0, text)
            }
        }

        $crate::scalar_fields!($name);
        $crate::__sql_text_id!($name);

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize_enum(deserializer)
            }
        }
    )+};
}

#[cfg(not(any(feature = "rusqlite", feature = "sqlx")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sql_text_id {
    ($name:ident) => {};
}

#[cfg(not(any(feature = "rusqlite", feature = "sqlx")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sql_id {
    ($name:ident) => {};
}

/// An id as a number, or as a text of digits, which the documentation shows here and there. `123.0` is 123.
#[doc(hidden)]
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    deserializer.deserialize_any(Id)
}

struct Id;

impl Visitor<'_> for Id {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id of 64 bits")
    }

    fn visit_i64<E>(self, id: i64) -> Result<i64, E> {
        Ok(id)
    }

    fn visit_u64<E: Error>(self, id: u64) -> Result<i64, E> {
        i64::try_from(id).map_err(|_| E::invalid_value(Unexpected::Unsigned(id), &self))
    }

    fn visit_f64<E: Error>(self, id: f64) -> Result<i64, E> {
        integer(&id.to_string()).ok_or_else(|| E::invalid_value(Unexpected::Float(id), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        integer(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
