//! Enumerations that the service extends without notice.

use std::fmt;

use serde::de::Deserializer;

use crate::model::{Scalar, read_alone};
use crate::wire_text::{WireText, around_wire_text};

/// Makes an enum one that keeps values it does not know.
///
/// It has a variant for each value, and `Unknown` for the rest: an answer with a new value decodes, and the value is
/// sent back as it came. It should be `#[non_exhaustive]`, because a later version may know more values; code that
/// handles an `Unknown` by its text should therefore compare [`as_str`](UnknownValue::as_str).
///
/// Its inherent items are `VALUES` (the known values as the service writes them), `as_str` and `from_wire`. The default
/// stands for a property that was not there: unknown, and JSON null.
///
/// ```
/// /// Whether a job takes applications.
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum JobStatus {
///     /// It does.
///     Open,
///     /// It no longer does.
///     Closed,
///     /// A value that this version does not know.
///     Unknown(harvest_runtime::UnknownValue),
/// }
///
/// harvest_runtime::open_enum!(JobStatus {
///     Open = "open",
///     Closed = "closed",
/// });
///
/// assert_eq!(serde_json::from_str::<JobStatus>(r#""open""#)?, JobStatus::Open);
///
/// let later: JobStatus = serde_json::from_str(r#""archived""#)?;
/// assert!(matches!(later, JobStatus::Unknown(_)));
/// assert_eq!(later.as_str(), "archived");
/// assert_eq!(serde_json::to_string(&later)?, r#""archived""#);
/// assert_eq!(format!("{later:?}"), "Unknown(..)");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The known values, as the service writes them.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value as the service writes it. Of an unknown value that is not a JSON string, the JSON text.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// The value that the service writes like this.
            pub fn from_wire(text: &str) -> Self {
                match text {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::__private::unknown(text)),
                }
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::Unknown(::core::default::Default::default())
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::from_wire(text)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from_wire(&text)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // Spelled out: `Self::Err` may be a variant.
            fn from_str(
                text: &str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from_wire(text))
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::Param for $name {
            fn to_param(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(self.as_str())
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    Self::Unknown(value) => {
                        $crate::__private::serde::Serialize::serialize(value, serializer)
                    }
                    known => serializer.serialize_str(known.as_str()),
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize_enum(deserializer)
            }
        }

        impl $crate::model::Scalar for $name {
            fn text(&mut self, text: &str) -> $crate::model::Fit {
                *self = Self::from_wire(text);
                $crate::model::Fit::Described
            }

            fn json(&mut self, text: &str) -> $crate::model::Fit {
                *self = Self::Unknown($crate::__private::unknown_json(text));
                $crate::model::Fit::Described
            }
        }

        $crate::scalar_fields!($name);
        $crate::__sql_enum!($name);
    };
}

#[cfg(not(any(feature = "rusqlite", feature = "sqlx")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sql_enum {
    ($name:ident) => {};
}

#[cfg(any(feature = "rusqlite", feature = "sqlx"))]
#[doc(hidden)]
pub fn unknown_stored(value: &UnknownValue) -> Option<&str> {
    value.wire_text().stored()
}

/// A value of an enumeration that this version does not know.
///
/// It cannot be made from a text, so that it never holds a known value; the enumeration's `from` chooses. The default
/// is JSON null.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(WireText);

impl UnknownValue {
    /// The value as the service writes it. If it is not a JSON string, the JSON text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

around_wire_text!(UnknownValue);

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Prints `..`: an unknown value may be about a person.
impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

#[doc(hidden)]
pub fn unknown(text: &str) -> UnknownValue {
    UnknownValue(WireText::string(text))
}

/// A number or object cannot be a known value, even if its JSON text looks like one.
#[doc(hidden)]
pub fn unknown_json(text: &str) -> UnknownValue {
    UnknownValue(WireText::json(text))
}

#[doc(hidden)]
pub fn deserialize<'de, D: Deserializer<'de>, E: Scalar>(deserializer: D) -> Result<E, D::Error> {
    read_alone(deserializer)
}
