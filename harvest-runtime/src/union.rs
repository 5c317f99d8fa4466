//! Values of one of several shapes.
//!
//! `serde` tries the members of an untagged enum one after the other and takes the first that decodes. Members here are
//! too tolerant for that: a model takes any object, an open enumeration any value, an id a text of digits. So the JSON
//! decides: its type, and for objects the properties that a member requires.

use serde_json::Value;

/// The JSON type of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Shape {
    /// A text.
    String,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list.
    Array,
    /// An object that has these properties.
    Object(&'static [&'static str]),
}

impl Shape {
    /// Whether the value has this shape.
    pub fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (Self::String, Value::String(_))
            | (Self::Number, Value::Number(_))
            | (Self::Boolean, Value::Bool(_))
            | (Self::Array, Value::Array(_)) => true,
            (Self::Object(required), Value::Object(map)) => {
                required.iter().all(|name| map.contains_key(*name))
            }
            _ => false,
        }
    }
}

/// Implements `Serialize` and `Deserialize` for an enum whose variants each hold one shape of a value.
///
/// Variants are tried in order, by [`Shape`]; those with more required properties go first. A value that fits none goes
/// into the variant named after `_`, which holds a `serde_json::Value`; without one, it does not decode.
///
/// ```
/// #[derive(Clone, PartialEq)]
/// pub enum Verified {
///     String(String),
///     Boolean(bool),
///     Other(serde_json::Value),
/// }
///
/// harvest_runtime::union!(Verified {
///     String = String,
///     Boolean = Boolean,
///     _ = Other,
/// });
///
/// let verified: Verified = serde_json::from_str(r#""false""#)?;
/// assert!(matches!(&verified, Verified::String(text) if text == "false"));
/// assert!(matches!(serde_json::from_str("[1]")?, Verified::Other(_)));
/// assert_eq!(serde_json::to_string(&verified)?, r#""false""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident { $($variant:ident = $shape:ident $(($($required:literal)*))?,)* $(_ = $other:ident,)? }) => {
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::__private::serde::Serialize::serialize(value, serializer),)*
                    $(Self::$other(value) => $crate::__private::serde::Serialize::serialize(value, serializer),)?
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = <$crate::__private::serde_json::Value as $crate::__private::serde::Deserialize>::deserialize(
                    deserializer,
                )?;
                $(
                    if $crate::union::Shape::$shape $((&[$($required),*]))?.fits(&value) {
                        if let ::core::result::Result::Ok(value) = $crate::__private::serde::Deserialize::deserialize(&value) {
                            return ::core::result::Result::Ok(Self::$variant(value));
                        }
                    }
                )*
                $(return ::core::result::Result::Ok(Self::$other(value));)?
                #[allow(unreachable_code)]
                ::core::result::Result::Err(<D::Error as $crate::__private::serde::de::Error>::custom(
                    ::core::concat!("a value that is none of the shapes of ", ::core::stringify!($name)),
                ))
            }
        }

        $crate::redacted_debug!($name {});
    };
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_json_decides() {
        assert!(Shape::Object(&["a"]).fits(&json!({"a": null, "b": 1})));
        assert!(!Shape::Object(&["a", "c"]).fits(&json!({"a": null, "b": 1})));
        assert!(!Shape::String.fits(&json!(1)));
        assert!(Shape::Object(&[]).fits(&json!({})));
    }
}
