//! Decoding of each kind of property.

use serde::de::{Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess};
use serde::ser::Serialize;

use super::Received;
use super::field::{Field, Place, Read, read_any};
use crate::Json;

/// A property of an answer that can be missing or null.
///
/// # Errors
///
/// If the deserializer fails.
pub fn nullable<'de, T: Field, A: MapAccess<'de>>(
    field: &mut Option<T>,
    property: usize,
    received: &mut Received,
    map: &mut A,
) -> Result<(), A::Error> {
    let read = map.next_value_seed(Place(field.insert(T::default())))?;
    if !received.settle(property, read) {
        *field = None;
    }
    Ok(())
}

/// A property of an answer that is always there and never null, as far as is known.
///
/// # Errors
///
/// If the deserializer fails.
pub fn required<'de, T: Field, A: MapAccess<'de>>(
    field: &mut T,
    property: usize,
    received: &mut Received,
    map: &mut A,
) -> Result<(), A::Error> {
    *field = T::default();
    let read = match map.next_value_seed(Place(field))? {
        // Its bit says that it was missing.
        Read::Null => Read::kept(Json::default()),
        read => read,
    };
    if !received.settle(property, read) {
        *field = T::default();
    }
    Ok(())
}

/// [`nullable`] for a type that only serde can read.
///
/// # Errors
///
/// If the deserializer fails.
pub fn any_nullable<'de, T: DeserializeOwned + Serialize + Default, A: MapAccess<'de>>(
    field: &mut Option<T>,
    property: usize,
    received: &mut Received,
    map: &mut A,
) -> Result<(), A::Error> {
    let read = map.next_value_seed(AnyPlace(field.insert(T::default())))?;
    if !received.settle(property, read) {
        *field = None;
    }
    Ok(())
}

/// [`required`] for a type that only serde can read.
///
/// # Errors
///
/// If the deserializer fails.
pub fn any_required<'de, T: DeserializeOwned + Serialize + Default, A: MapAccess<'de>>(
    field: &mut T,
    property: usize,
    received: &mut Received,
    map: &mut A,
) -> Result<(), A::Error> {
    let read = match map.next_value_seed(AnyPlace(field))? {
        Read::Null => Read::kept(Json::default()),
        read => read,
    };
    if !received.settle(property, read) {
        *field = T::default();
    }
    Ok(())
}

struct AnyPlace<'a, T>(&'a mut T);

impl<'de, T: DeserializeOwned + Serialize> DeserializeSeed<'de> for AnyPlace<'_, T> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        read_any(self.0, deserializer)
    }
}

/// A property of a request that is always there; if it is not, its default.
///
/// # Errors
///
/// If the value is of another type.
pub fn plain<'de, T: Deserialize<'de> + Default, A: MapAccess<'de>>(
    field: &mut T,
    map: &mut A,
) -> Result<(), A::Error> {
    *field = map.next_value::<Option<T>>()?.unwrap_or_default();
    Ok(())
}

/// A property of a request whose type says what null is.
///
/// # Errors
///
/// If the value is of another type.
pub fn value<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    field: &mut T,
    map: &mut A,
) -> Result<(), A::Error> {
    *field = map.next_value()?;
    Ok(())
}
