//! Models: objects that are read leniently, written back as they were received, and never printed.
//!
//! A model is an ordinary struct with public fields. [`model!`](crate::model!) gives it what `serde`'s derive would,
//! with three differences that Harvest needs:
//!
//! - no property that is missing, null or unknown makes reading fail;
//! - what was null and what was missing is remembered ([`Nulls`]), so that a model is written as it was read;
//! - `Debug` prints the id at most.
//!
//! The code that it expands to is small, and the rest is here and generic over [`Model`]: a client has hundreds of
//! models, and compile time is felt by everyone who uses it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

/// A struct that [`model!`](crate::model!) reads and writes. Not implemented by hand.
pub trait Model: Default {
    /// The name of the type.
    const NAME: &'static str;

    /// Reads the value of the property `key` into its field. False, with nothing read, if there is no such property.
    ///
    /// # Errors
    ///
    /// If the value is of another type than the description says.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error>;

    /// Writes every property that is there.
    ///
    /// # Errors
    ///
    /// If the serializer fails.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;

    /// The id, where the model has one that is a number: see [`Identity`](crate::Identity).
    fn identity(&self) -> Option<i64> {
        None
    }
}

/// Which properties of an answer were null rather than missing.
///
/// Two models that differ only in this are equal.
#[derive(Clone, Copy, Default)]
pub struct Nulls(u128);

impl Nulls {
    /// Remembers whether the property with the number `bit` (below 128) was null.
    pub fn set(&mut self, bit: u32, null: bool) {
        let mask = 1_u128.checked_shl(bit).unwrap_or_default();
        if null {
            self.0 |= mask;
        } else {
            self.0 &= !mask;
        }
    }

    /// Whether the property with the number `bit` was null.
    pub fn get(self, bit: u32) -> bool {
        self.0 & 1_u128.checked_shl(bit).unwrap_or_default() != 0
    }
}

impl PartialEq for Nulls {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Nulls {}

/// An object without properties, as a request body: `{}`.
pub const EMPTY: Empty = Empty {};

/// See [`EMPTY`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Empty {}

/// Reads a model; what [`model!`](crate::model!) implements `Deserialize` by.
///
/// # Errors
///
/// If the value is no object, or a property is of another type than the description says.
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
    model.write(&mut map)?;
    map.end()
}

struct ModelVisitor<T>(PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut model = T::default();
        while let Some(Key(key)) = map.next_key()? {
            if !model.read(&key, &mut map)? {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(model)
    }
}

/// The key of a property: borrowed from the input unless it has escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a property")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }

        deserializer.deserialize_identifier(KeyVisitor)
    }
}

/// Implements [`Model`], `Serialize`, `Deserialize` and `Debug` for a struct with `Default`.
///
/// Each property has its name on the wire, its field, and how it is read and written:
///
/// | kind | type of the field | missing | null |
/// | --- | --- | --- | --- |
/// | `plain` | `T` | becomes the default | becomes the default |
/// | `optional` | `Option<T>` | `None`, not written | `None`, not written |
/// | `nullable(n)` | `Option<T>` | `None`, not written | `None`, written as null; bit `n` of the field `nulls` tells |
/// | `null` | `Option<T>` | `None`, written as null | `None`, written as null |
/// | `patch` | `Patch<T>` | `Leave`, not written | `Clear`, written as null |
///
/// In brackets after the name stands the field that `Debug` prints, if any. If it is a number or an [`id!`](crate::id!),
/// it is what [`Items`](crate::Items) tells records apart by.
///
/// ```
/// use harvest_runtime::model::Nulls;
///
/// #[derive(Clone, Default, PartialEq)]
/// #[non_exhaustive]
/// pub struct Tag {
///     pub id: i64,
///     pub name: Option<String>,
///     pub color: Option<String>,
///     nulls: Nulls,
/// }
///
/// harvest_runtime::model!(Tag[id] {
///     "id" => id: plain,
///     "name" => name: nullable(0),
///     "color" => color: nullable(1),
/// });
///
/// let text = r#"{"id":7,"name":null}"#;
/// let tag: Tag = serde_json::from_str(r#"{"id":7,"name":null,"made_up":[1,2]}"#)?;
/// assert_eq!(serde_json::to_string(&tag)?, text);
/// assert_eq!(format!("{tag:?}"), "Tag { id: 7, .. }");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! model {
    ($name:ident[$($shown:ident)?] { $($wire:literal => $field:ident: $kind:ident $(($bit:literal))?,)* }) => {
        impl $crate::model::Model for $name {
            const NAME: &'static str = ::core::stringify!($name);

            #[allow(deprecated, unused_variables)]
            fn read<'de, A: $crate::__private::serde::de::MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> ::core::result::Result<bool, A::Error> {
                match key {
                    $($wire => $crate::model!(@read self map $field $kind $($bit)?),)*
                    _ => return ::core::result::Result::Ok(false),
                }
                #[allow(unreachable_code)]
                ::core::result::Result::Ok(true)
            }

            #[allow(deprecated, unused_variables)]
            fn write<M: $crate::__private::serde::ser::SerializeMap>(
                &self,
                map: &mut M,
            ) -> ::core::result::Result<(), M::Error> {
                $($crate::model!(@write self map $wire $field $kind $($bit)?);)*
                ::core::result::Result::Ok(())
            }

            $(
                #[allow(clippy::needless_borrow)]
                fn identity(&self) -> ::core::option::Option<i64> {
                    #[allow(unused_imports)]
                    use $crate::__private::{NumberId as _, OtherId as _};
                    (&$crate::__private::Shown(&self.$shown)).number()
                }
            )?
        }

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

    (@read $self:ident $map:ident $field:ident plain) => {
        $self.$field = $crate::model::plain($map)?
    };
    (@read $self:ident $map:ident $field:ident optional) => {
        $self.$field = $map.next_value()?
    };
    (@read $self:ident $map:ident $field:ident null) => {
        $self.$field = $map.next_value()?
    };
    (@read $self:ident $map:ident $field:ident patch) => {
        $self.$field = $map.next_value()?
    };
    (@read $self:ident $map:ident $field:ident nullable $bit:literal) => {{
        $self.$field = $map.next_value()?;
        $self.nulls.set($bit, $self.$field.is_none())
    }};

    (@write $self:ident $map:ident $wire:literal $field:ident plain) => {
        $map.serialize_entry($wire, &$self.$field)?
    };
    (@write $self:ident $map:ident $wire:literal $field:ident null) => {
        $map.serialize_entry($wire, &$self.$field)?
    };
    (@write $self:ident $map:ident $wire:literal $field:ident optional) => {
        if $self.$field.is_some() {
            $map.serialize_entry($wire, &$self.$field)?
        }
    };
    (@write $self:ident $map:ident $wire:literal $field:ident patch) => {
        if !$self.$field.is_leave() {
            $map.serialize_entry($wire, &$self.$field)?
        }
    };
    (@write $self:ident $map:ident $wire:literal $field:ident nullable $bit:literal) => {
        if $self.$field.is_some() || $self.nulls.get($bit) {
            $map.serialize_entry($wire, &$self.$field)?
        }
    };
}

/// A property that is always there; if it is not, its default.
///
/// # Errors
///
/// If the value is of another type.
#[doc(hidden)]
pub fn plain<'de, T: Deserialize<'de> + Default, A: MapAccess<'de>>(
    map: &mut A,
) -> Result<T, A::Error> {
    map.next_value::<Option<T>>().map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use crate::Patch;

    use super::*;

    #[derive(Clone, Default, PartialEq)]
    struct Update {
        title: Patch<String>,
        tags: Option<Vec<String>>,
        parent: Option<i64>,
    }

    crate::model!(Update[] {
        "title" => title: patch,
        "tags" => tags: optional,
        "parent" => parent: null,
    });

    #[test]
    fn leave_clear_and_set_are_three_things() {
        let text = |title, tags| {
            serde_json::to_string(&Update {
                title,
                tags,
                parent: None,
            })
            .expect("serializes")
        };
        assert_eq!(text(Patch::Leave, None), r#"{"parent":null}"#);
        assert_eq!(
            text(Patch::Clear, Some(Vec::new())),
            r#"{"title":null,"tags":[],"parent":null}"#
        );
        let set = text(Patch::Set("Dr".to_owned()), Some(vec!["a".to_owned()]));
        assert_eq!(set, r#"{"title":"Dr","tags":["a"],"parent":null}"#);
    }

    #[test]
    fn an_escaped_key_is_the_same_key() {
        let update: Update = serde_json::from_str(r#"{"t\u0069tle":null}"#).expect("decodes");
        assert!(update.title == Patch::Clear);
    }

    #[test]
    fn a_null_is_forgotten_when_a_value_comes() {
        let mut nulls = Nulls::default();
        nulls.set(127, true);
        assert!(nulls.get(127) && !nulls.get(0));
        nulls.set(127, false);
        assert!(!nulls.get(127));
        nulls.set(200, true);
        assert!(!nulls.get(200), "a bit that does not exist is never set");
    }
}
