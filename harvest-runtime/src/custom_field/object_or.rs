//! An object where one belongs, or else whatever came.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::Json;
use crate::model::{Field, Read};

#[derive(Clone, PartialEq)]
pub(super) enum ObjectOr<T> {
    Object(T),
    Other(Json),
}

impl<T> ObjectOr<T> {
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Object(object) => Some(object),
            Self::Other(_) => None,
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Self::Other(json) if json.is_null())
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

impl<'de, T: Field> Deserialize<'de> for ObjectOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = T::default();
        Ok(match object.read(deserializer)? {
            Read::Described => Self::Object(object),
            Read::Null => Self::Other(Json::default()),
            Read::Other(other) => Self::Other(other.json),
        })
    }
}

/// Makes a type around an [`ObjectOr`] the type of a property.
macro_rules! object_or_field {
    ([$($generics:tt)*] $name:ty) => {
        impl<$($generics)*> $crate::model::Field for $name {
            fn read<'de, D: serde::Deserializer<'de>>(
                &mut self,
                deserializer: D,
            ) -> Result<$crate::model::Read, D::Error> {
                self.0 = serde::Deserialize::deserialize(deserializer)?;
                Ok(if self.0.is_null() {
                    $crate::model::Read::Null
                } else {
                    $crate::model::Read::Described
                })
            }
        }
    };
}

pub(super) use object_or_field;
