//! A value of any JSON type, held as text and given back as it came.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::serialize_text;
use crate::model::{Fit, Scalar, read_alone};

/// A JSON string by its content, or any other JSON value by its JSON text. Decoding never fails, and encoding gives
/// back the same JSON value. The default is JSON null.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct WireText {
    /// Empty for null.
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

    /// What is no JSON string, by its JSON text.
    pub(crate) fn json(text: &str) -> Self {
        let text = if text == "null" { "" } else { text };
        Self {
            text: text.into(),
            is_string: false,
        }
    }

    fn is_null(&self) -> bool {
        !self.is_string && self.text.is_empty()
    }

    /// The content of a JSON string, or the JSON text of anything else.
    pub fn as_str(&self) -> &str {
        if self.is_null() { "null" } else { &self.text }
    }

    /// What a database keeps: the text, and nothing for null.
    #[cfg(any(feature = "rusqlite", feature = "sqlx"))]
    pub(crate) fn stored(&self) -> Option<&str> {
        (!self.is_null()).then_some(&*self.text)
    }

    /// The content, if it came as a JSON string.
    pub fn as_string(&self) -> Option<&str> {
        self.is_string.then_some(&*self.text)
    }
}

impl Scalar for WireText {
    fn text(&mut self, text: &str) -> Fit {
        *self = Self::string(text);
        Fit::Described
    }

    fn json(&mut self, text: &str) -> Fit {
        *self = Self::json(text);
        Fit::Described
    }
}

crate::scalar_fields!(WireText);

impl Serialize for WireText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_null() {
            serializer.serialize_unit()
        } else if self.is_string {
            serializer.serialize_str(&self.text)
        } else {
            serialize_text(&self.text, serializer)
        }
    }
}

impl<'de> Deserialize<'de> for WireText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_alone(deserializer)
    }
}

/// Makes a struct around a [`WireText`] a value that JSON of any type is read into.
macro_rules! around_wire_text {
    ($name:ident) => {
        impl $crate::model::Scalar for $name {
            fn text(&mut self, text: &str) -> $crate::model::Fit {
                $crate::model::Scalar::text(&mut self.0, text)
            }

            fn json(&mut self, text: &str) -> $crate::model::Fit {
                $crate::model::Scalar::json(&mut self.0, text)
            }
        }

        $crate::scalar_fields!($name);

        #[cfg(any(feature = "rusqlite", feature = "sqlx"))]
        #[allow(dead_code, reason = "not of all types")]
        impl $name {
            pub(crate) fn wire_text(&self) -> &$crate::wire_text::WireText {
                &self.0
            }

            pub(crate) fn of_wire_text(text: $crate::wire_text::WireText) -> Self {
                Self(text)
            }
        }

        /// It is JSON null.
        impl Default for $name {
            fn default() -> Self {
                Self($crate::wire_text::WireText::default())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}

pub(crate) use around_wire_text;
