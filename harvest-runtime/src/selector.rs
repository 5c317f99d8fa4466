//! Selectors: objects of which exactly one property is sent.

use std::collections::BTreeMap;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::Json;

/// Implements `Serialize`, `Deserialize`, `Default` and `Debug` for an enum whose variants are the properties of an
/// object, of which exactly one is sent. It decodes if exactly one of them is there and not null. `Debug` prints no value.
///
/// ```
/// #[derive(Clone, PartialEq)]
/// pub enum BookSelector {
///     Number(i64),
///     Title(String),
/// }
///
/// harvest_runtime::selector!(BookSelector {
///     "number" => Number,
///     "title" => Title,
/// });
///
/// let by_title = BookSelector::Title("Sample".to_owned());
/// assert_eq!(serde_json::to_string(&by_title)?, r#"{"title":"Sample"}"#);
/// assert!(serde_json::from_str::<BookSelector>(r#"{"title":"Sample","number":null}"#)? == by_title);
/// assert!(serde_json::from_str::<BookSelector>(r#"{"title":"Sample","number":7}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! selector {
    ($name:ident { $first_wire:literal => $first:ident, $($wire:literal => $variant:ident,)* }) => {
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    Self::$first(value) => $crate::selector::write($first_wire, value, serializer),
                    $(Self::$variant(value) => $crate::selector::write($wire, value, serializer),)*
                }
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let (name, value) = $crate::selector::read(deserializer,
                    &[$first_wire, $($wire),*])?;
                match name {
                    $($wire => $crate::selector::value(&value).map(Self::$variant),)*
                    _ => $crate::selector::value(&value).map(Self::$first),
                }
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::$first(::core::default::Default::default())
            }
        }

        $crate::redacted_debug!($name {});
    };
}

/// Writes an object of one property.
///
/// # Errors
///
/// If the serializer fails.
#[doc(hidden)]
pub fn write<T: Serialize, S: Serializer>(
    name: &'static str,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(name, value)?;
    map.end()
}

/// Reads an object, and returns the one property of it that is among `names`.
///
/// # Errors
///
/// If it is no object, or has none or several of them.
#[doc(hidden)]
pub fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    names: &'static [&'static str],
) -> Result<(&'static str, Json), D::Error> {
    let mut object = BTreeMap::<String, Json>::deserialize(deserializer)?;
    let mut found = names.iter().filter_map(|name| {
        let value = object.remove(*name)?;
        (value.text() != "null").then_some((*name, value))
    });
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(D::Error::custom(format!(
            "an object that does not have exactly one of {}",
            names.join(", ")
        ))),
    }
}

/// Reads the value of a property. The error holds nothing of it.
///
/// # Errors
///
/// If it is of another type.
#[doc(hidden)]
pub fn value<T: DeserializeOwned, E: Error>(value: &Json) -> Result<T, E> {
    crate::union::member(value)
        .ok_or_else(|| E::custom("a property of a selector that is of another type"))
}

#[cfg(test)]
mod tests {
    use crate::date::Date;

    #[derive(Clone, PartialEq)]
    enum Selector {
        Number(i64),
        Day(Date),
        Text(String),
    }

    crate::selector!(Selector { "number" => Number, "day" => Day, "text" => Text, });

    #[test]
    fn exactly_one_property_is_read() {
        for (json, expected) in [
            (r#"{"number":7}"#, Some(Selector::Number(7))),
            (
                r#"{"text":"Mira","day":null,"other":1}"#,
                Some(Selector::Text("Mira".into())),
            ),
            ("{}", None),
            (r#"{"other":1}"#, None),
            (r#"{"number":null}"#, None),
            (r#"{"number":7,"text":"Mira"}"#, None),
            (r#"{"number":[7]}"#, None),
            (r#""Mira""#, None),
            ("null", None),
        ] {
            let read = serde_json::from_str::<Selector>(json);
            assert!(
                read.as_ref().ok() == expected.as_ref(),
                "{json}: {:?}",
                read.err()
            );
        }
    }

    #[test]
    fn nothing_of_a_value_is_printed() {
        let text = Selector::Text("Mira Whitcombe".into());
        assert!(!format!("{text:?}").contains("Mira"));
        let error = serde_json::from_str::<Selector>(r#"{"number":["Mira"]}"#).err();
        assert!(!error.is_none_or(|error| error.to_string().contains("Mira")));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for selector in [
            Selector::default(),
            Selector::Day("2026-01-02".parse().unwrap()),
            Selector::Text(String::new()),
        ] {
            let json = serde_json::to_string(&selector).unwrap();
            assert!(
                serde_json::from_str::<Selector>(&json).unwrap() == selector,
                "{json}"
            );
        }
    }
}
