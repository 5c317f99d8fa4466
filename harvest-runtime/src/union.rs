//! Values of one of several shapes.
//!
//! `serde` tries the members of an untagged enum one after the other and takes the first that decodes. Members here are
//! too tolerant for that: a model takes any object, an open enumeration any value, an id a text of digits. So the JSON
//! decides: its type, and for objects the properties that a member requires.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeOwned, Deserializer as _, IgnoredAny, MapAccess, Visitor};

use crate::Json;
use crate::json::careful;

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
    pub fn fits(self, value: &Json) -> bool {
        match (self, value.text().as_bytes().first()) {
            (Self::String, Some(b'"'))
            | (Self::Number, Some(b'-' | b'0'..=b'9'))
            | (Self::Boolean, Some(b't' | b'f'))
            | (Self::Array, Some(b'['))
            | (Self::Object([]), Some(b'{')) => true,
            (Self::Object(required), Some(b'{')) => has_all(value.text(), required),
            _ => false,
        }
    }
}

/// Whether an object has all of these properties.
fn has_all(object: &str, names: &'static [&'static str]) -> bool {
    let missing = Missing(names.to_vec());
    let missing = serde_json::Deserializer::from_str(object).deserialize_map(missing);
    missing.is_ok_and(|missing| missing.is_empty())
}

/// The names that no property of an object has.
struct Missing(Vec<&'static str>);

impl<'de> Visitor<'de> for Missing {
    type Value = Vec<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        while let Some((name, IgnoredAny)) = map.next_entry::<Cow<'de, str>, _>()? {
            self.0.retain(|missing| *missing != name);
        }
        Ok(self.0)
    }
}

/// Reads a member of a union. `None` if the value does not fit it after all.
#[doc(hidden)]
pub fn member<T: DeserializeOwned>(value: &Json) -> Option<T> {
    careful::from_str(value.text()).ok()
}

/// Implements `Serialize` and `Deserialize` for an enum whose variants each hold one shape of a value.
///
/// Variants are tried in order, by [`Shape`]; those with more required properties go first. A value that fits none goes
/// into the variant named after `_`, which holds a [`Json`](crate::Json), and which is the default with null; without one,
/// it does not decode, and there is no default.
///
/// ```
/// #[derive(Clone, PartialEq)]
/// pub enum Verified {
///     String(String),
///     Boolean(bool),
///     Other(harvest_runtime::Json),
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
    ($name:ident {
        $($variant:ident = $shape:ident $(($($required:literal)*))?,)* $(_ = $other:ident,)?
    }) => {
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::__private::serde::Serialize::serialize(value,
                        serializer),)*
                    $(Self::$other(value) => $crate::__private::serde::Serialize::serialize(value,
                        serializer),)?
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value: $crate::Json =
                    $crate::__private::serde::Deserialize::deserialize(deserializer)?;
                $(
                    if $crate::union::Shape::$shape $((&[$($required),*]))?.fits(&value) {
                        if let ::core::option::Option::Some(value) = $crate::union::member(&value) {
                            return ::core::result::Result::Ok(Self::$variant(value));
                        }
                    }
                )*
                $(return ::core::result::Result::Ok(Self::$other(value));)?
                #[allow(unreachable_code)]
                ::core::result::Result::Err(
                    <D::Error as $crate::__private::serde::de::Error>::custom(::core::concat!(
                        "a value that is none of the shapes of ",
                        ::core::stringify!($name),
                    )),
                )
            }
        }

        $(
            $crate::any_field!($name);

            impl ::core::default::Default for $name {
                fn default() -> Self {
                    Self::$other(::core::default::Default::default())
                }
            }
        )?

        $crate::redacted_debug!($name {});
    };
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_json_decides() {
        let two = Json::from(json!({"a": null, "b\u{e9}\n": 1}));
        assert!(Shape::Object(&["a"]).fits(&two));
        assert!(Shape::Object(&["b\u{e9}\n", "a"]).fits(&two));
        assert!(!Shape::Object(&["a", "c"]).fits(&two));
        assert!(!Shape::Object(&["b"]).fits(&Json::from(json!({"a": {"b": 1}}))));
        assert!(!Shape::String.fits(&Json::from(json!(1))));
        assert!(Shape::Object(&[]).fits(&Json::from(json!({}))));
    }
}
