//! Models: objects that are read leniently, written back as they were received, and never printed.
//!
//! A model is an ordinary struct with public fields. [`model!`](crate::model!) gives it what `serde`'s derive would,
//! with three differences that Harvest needs:
//!
//! - nothing that a property holds makes reading an answer fail: not if it is missing, null or unknown, nor if it is of
//!   another type than described;
//! - what came in place of what is described is remembered ([`Received`]), so that a model is written as it was read;
//! - `Debug` prints the id at most.
//!
//! The code that it expands to is small, and the rest is here and generic over [`Model`]: a client has hundreds of
//! models, and compile time is felt by everyone who uses it.

mod field;
mod names;
mod read;
mod received;
mod scalar;
mod unexpected;
mod write;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

pub(crate) use self::field::keep_the_rest;
#[doc(hidden)]
pub use self::field::{Field, Other, Read, written};
use self::names::{Name, Names};
#[doc(hidden)]
pub use self::read::{any_nullable, any_required, nullable, plain, required, value};
pub use self::received::Received;
#[doc(hidden)]
pub use self::scalar::read as read_scalar;
#[doc(hidden)]
pub use self::scalar::{Fit, Scalar};
pub(crate) use self::scalar::{integer, read_alone};
pub use self::unexpected::Unexpected;
#[doc(hidden)]
pub use self::write::Properties;

/// A struct that [`model!`](crate::model!) reads and writes. Not implemented by hand.
pub trait Model: Default {
    /// The name of the type.
    const NAME: &'static str;

    /// The names of the properties on the wire, in the order in which they are written.
    const PROPERTIES: &'static [&'static str];

    /// Which of them are required, in the same order.
    const REQUIRED: &'static [bool];

    /// Reads a value into the field of the property with this place in [`PROPERTIES`](Self::PROPERTIES).
    ///
    /// # Errors
    ///
    /// If the deserializer fails or, in a model without [`Received`], the value is of another type than described.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        property: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// Writes every property that is there.
    fn write<M: SerializeMap>(&self, properties: &mut Properties<'_, M>);

    /// The id, where the model has one that is a number: see [`Identity`](crate::Identity).
    fn identity(&self) -> Option<i64> {
        None
    }

    /// What the model remembers of the answer that it was read from, if it is for answers.
    fn received(&self) -> Option<&Received> {
        None
    }

    /// The same, for reading.
    #[doc(hidden)]
    fn received_mut(&mut self) -> Option<&mut Received> {
        None
    }
}

/// An object without properties, as a request body: `{}`.
pub const EMPTY: Empty = Empty {};

/// See [`EMPTY`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Empty {}

/// Reads a model; what [`model!`](crate::model!) implements `Deserialize` by.
///
/// # Errors
///
/// If the value is no object, or the deserializer fails.
#[doc(hidden)]
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ModelVisitor(PhantomData))
}

/// Writes a model; what [`model!`](crate::model!) implements `Serialize` by.
///
/// # Errors
///
/// If the serializer fails.
#[doc(hidden)]
pub fn serialize<T: Model, S: Serializer>(model: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut properties = Properties::new(&mut map);
    model.write(&mut properties);
    properties.end()?;
    if let Some(received) = model.received() {
        received.write_undescribed(&mut map)?;
    }
    map.end()
}

/// Names of properties whose places are counted from 0; what [`model!`](crate::model!) proves when it is compiled.
///
/// # Panics
///
/// If a place is another one.
#[doc(hidden)]
pub const fn in_order<const N: usize>(
    places: &[usize; N],
    names: &'static [&'static str; N],
) -> &'static [&'static str] {
    let mut place = 0;
    while place < N {
        assert!(places[place] == place, "places are counted from 0");
        place += 1;
    }
    names
}

/// Reads a model that is a property of another; what [`model!`](crate::model!) implements [`Field`] by.
#[doc(hidden)]
pub fn read<'de, T: Model, D: Deserializer<'de>>(
    model: &mut T,
    deserializer: D,
) -> Result<Read, D::Error> {
    field::read_model(model, deserializer)
}

/// Reads any JSON that serde can read; what [`any_field!`](crate::any_field!) implements [`Field`] by.
#[doc(hidden)]
pub fn read_any<'de, T, D>(place: &mut T, deserializer: D) -> Result<Read, D::Error>
where
    T: DeserializeOwned + Serialize,
    D: Deserializer<'de>,
{
    field::read_any(place, deserializer)
}

struct ModelVisitor<T>(PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut model = T::default();
        read_map(&mut model, map)?;
        Ok(model)
    }
}

/// Reads the properties of a model that is the default.
fn read_map<'de, T: Model, A: MapAccess<'de>>(model: &mut T, mut map: A) -> Result<(), A::Error> {
    if let Some(received) = model.received_mut() {
        received.begin(T::REQUIRED, const { received::first_word(T::REQUIRED) });
    }
    let mut names = Names::new(T::PROPERTIES);
    while let Some(name) = map.next_key_seed(&mut names)? {
        match (name, model.received_mut()) {
            (Name::Described(property), _) => model.read(property, &mut map)?,
            (Name::Other(name), Some(received)) => received.keep(name, map.next_value()?),
            (Name::Other(_), None) => {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
    Ok(())
}

/// Implements [`Model`], `Serialize`, `Deserialize` and `Debug` for a struct with `Default`.
///
/// Each property has its place, counted from 0, its name on the wire, its field, and how it is read and written:
///
/// | kind | type of the field | missing | null | another type |
/// | --- | --- | --- | --- | --- |
/// | `required` | `T` | the default, not written | the default, written as null | remembered |
/// | `nullable` | `Option<T>` | `None`, not written | `None`, written as null | remembered |
/// | `plain` | `T` | the default | the default | an error |
/// | `optional` | `Option<T>` | `None`, not written | `None`, not written | an error |
/// | `null` | `Option<T>` | `None`, written as null | `None`, written as null | an error |
/// | `patch` | `Patch<T>` | `Leave`, not written | `Clear`, written as null | an error |
///
/// The first two are for answers: the struct then has a field for [`Received`], which is named behind the semicolon. What
/// came as another type is taken if nothing is lost by it, as `"true"` for a boolean, and is written again as it came
/// unless the field was given another value. `unexpected()`, which such a model gets, has it as JSON, as well as
/// properties that are not described. For types that know nothing of this, such as maps, there are `any_required` and
/// `any_nullable`. The others are for requests.
///
/// In brackets after the name stands the field that `Debug` prints, if any. If it is a number or an [`id!`](crate::id!),
/// it is what [`Items`](crate::Items) tells records apart by.
///
/// ```
/// use harvest_runtime::model::Received;
///
/// #[derive(Clone, Default, PartialEq)]
/// #[non_exhaustive]
/// pub struct Tag {
///     pub id: i64,
///     pub name: Option<String>,
///     pub color: Option<String>,
///     received: Received,
/// }
///
/// harvest_runtime::model!(Tag[id; received] {
///     0 "id" => id: required,
///     1 "name" => name: nullable,
///     2 "color" => color: nullable,
/// });
///
/// let text = r#"{"id":"7","name":null,"color":["red"],"made_up":[1,2]}"#;
/// let tag: Tag = serde_json::from_str(text)?;
/// assert_eq!((tag.id, tag.color.is_none()), (7, true));
/// assert_eq!(tag.unexpected().get("color").map(|json| json.text()), Some(r#"["red"]"#));
/// assert_eq!(serde_json::to_string(&tag)?, text);
/// assert_eq!(format!("{tag:?}"), "Tag { id: 7, .. }");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! model {
    ($name:ident[$($shown:ident)? $(; $received:ident)?] {
        $($place:literal $wire:literal => $field:ident: $kind:ident,)*
    }) => {
        impl $crate::model::Model for $name {
            const NAME: &'static str = ::core::stringify!($name);
            const PROPERTIES: &'static [&'static str] =
                $crate::model::in_order(&[$($place),*], &[$($wire),*]);
            const REQUIRED: &'static [bool] = &[$($crate::model!(@required $kind)),*];

            #[allow(deprecated, unused_variables)]
            fn read<'de, A: $crate::__private::serde::de::MapAccess<'de>>(
                &mut self,
                property: usize,
                map: &mut A,
            ) -> ::core::result::Result<(), A::Error> {
                match property {
                    $($place => $crate::model!(@read self property map $field $kind),)*
                    _ => ::core::result::Result::Ok(()),
                }
            }

            #[allow(deprecated, unused_variables)]
            fn write<M: $crate::__private::serde::ser::SerializeMap>(
                &self,
                properties: &mut $crate::model::Properties<'_, M>,
            ) {
                $($crate::model!(@write self properties $wire $field $kind);)*
            }

            $(
                #[allow(clippy::needless_borrow)]
                fn identity(&self) -> ::core::option::Option<i64> {
                    #[allow(unused_imports)]
                    use $crate::__private::{ProbeNumber as _, ProbeOptionalNumber as _,
                        ProbeOther as _};
                    (&&&$crate::__private::IdProbe(&self.$shown)).number()
                }
            )?

            $(
                fn received(&self) -> ::core::option::Option<&$crate::model::Received> {
                    ::core::option::Option::Some(&self.$received)
                }

                fn received_mut(&mut self) -> ::core::option::Option<&mut $crate::model::Received> {
                    ::core::option::Option::Some(&mut self.$received)
                }
            )?
        }

        $(
            impl $name {
                /// What came other than described, as JSON: values of another type, and properties that are not
                /// described.
                #[allow(dead_code)]
                pub fn unexpected(&self) -> $crate::model::Unexpected<'_> {
                    let _ = &self.$received;
                    $crate::model::Unexpected::of(self)
                }
            }

            impl $crate::model::Field for $name {
                fn read<'de, D: $crate::__private::serde::Deserializer<'de>>(
                    &mut self,
                    deserializer: D,
                ) -> ::core::result::Result<$crate::model::Read, D::Error> {
                    $crate::model::read(self, deserializer)
                }
            }
        )?

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::model::deserialize(deserializer)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::model::serialize(self, serializer)
            }
        }

        $crate::redacted_debug!($name { $($shown)? });
    };

    (@required required) => { true };
    (@required any_required) => { true };
    (@required $kind:ident) => { false };

    (@read $self:ident $property:ident $map:ident $field:ident plain) => {
        $crate::model::plain(&mut $self.$field, $map)
    };
    (@read $self:ident $property:ident $map:ident $field:ident optional) => {
        $crate::model::value(&mut $self.$field, $map)
    };
    (@read $self:ident $property:ident $map:ident $field:ident null) => {
        $crate::model::value(&mut $self.$field, $map)
    };
    (@read $self:ident $property:ident $map:ident $field:ident patch) => {
        $crate::model::value(&mut $self.$field, $map)
    };
    (@read $self:ident $property:ident $map:ident $field:ident $kind:ident) => {
        $crate::model::$kind(&mut $self.$field, $property, &mut $self.received, $map)
    };

    (@write $self:ident $properties:ident $wire:literal $field:ident plain) => {
        $properties.plain($wire, &$self.$field)
    };
    (@write $self:ident $properties:ident $wire:literal $field:ident null) => {
        $properties.null($wire, &$self.$field)
    };
    (@write $self:ident $properties:ident $wire:literal $field:ident optional) => {
        $properties.optional($wire, &$self.$field)
    };
    (@write $self:ident $properties:ident $wire:literal $field:ident patch) => {
        $properties.patch($wire, &$self.$field)
    };
    (@write $self:ident $properties:ident $wire:literal $field:ident $kind:ident) => {
        $properties.$kind($wire, &$self.$field, &$self.received)
    };
}

/// Lets a type that serde reads and writes be the type of a property of a [`model!`]. Values that it does not take are
/// kept beside it.
#[doc(hidden)]
#[macro_export]
macro_rules! any_field {
    ($name:ident) => {
        impl $crate::model::Field for $name {
            fn read<'de, D: $crate::__private::serde::Deserializer<'de>>(
                &mut self,
                deserializer: D,
            ) -> ::core::result::Result<$crate::model::Read, D::Error> {
                $crate::model::read_any(self, deserializer)
            }

            fn written(&self) -> ::core::option::Option<::std::string::String> {
                $crate::model::written(self)
            }
        }
    };
}

#[cfg(test)]
mod tests;
