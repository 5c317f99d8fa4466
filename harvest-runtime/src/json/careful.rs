//! A deserializer that hands values out as they are written.
//!
//! `serde_json` decides what a value is before anybody can look at it, and refuses a whole answer for a number beyond 64
//! bits. This one cuts arrays and objects into the texts of their values first, so that the types of this crate can look
//! at each ([`AS_WRITTEN`]). For other types it is like `serde_json`. It reads a text once for each level of nesting, and
//! is only for what could not be read the quick way.

use std::cell::Cell;
use std::ops::Range;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Error;
use serde_json::value::RawValue;

use super::scan;

/// What a type asks for as the name of a newtype to be handed the JSON text of its value, by `visit_borrowed_bytes`.
/// Other deserializers take it for a newtype, and hand the value out in that way.
pub(crate) const AS_WRITTEN: &str = "$harvest_runtime::AsWritten";

/// What `serde_json` itself asks for in this way. A test notices if that changes.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Why a value could not be read.
#[derive(Debug)]
pub(crate) struct Failure {
    pub error: Error,
    /// Where the value is that did not fit, if the text is JSON.
    pub place: Option<Range<usize>>,
}

/// Reads a value from JSON.
///
/// # Errors
///
/// If it is no JSON, or does not fit the type.
pub(crate) fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Failure> {
    let failure = |error| Failure { error, place: None };
    let raw: &RawValue = serde_json::from_str(text).map_err(failure)?;
    if scan::is_too_deep(text.as_bytes()) || scan::is_read_too_often(text.as_bytes()) {
        return Err(failure(Error::custom("it is nested too deep")));
    }
    let trail = Trail::default();
    T::deserialize(Careful::of_written(raw.get(), &trail)).map_err(|error| {
        let value = trail.0.take().unwrap_or_else(|| range(raw.get()));
        // Both are parts of the text.
        let start = value.start - range(text).start;
        Failure {
            error,
            place: Some(start..start + value.len()),
        }
    })
}

/// Where a text is in memory.
fn range(text: &str) -> Range<usize> {
    let start = text.as_ptr() as usize;
    start..start + text.len()
}

/// The innermost value that did not fit.
#[derive(Default)]
pub(crate) struct Trail(Cell<Option<Range<usize>>>);

impl Trail {
    /// Remembers what came of a value.
    fn watch<T, E>(&self, value: &str, result: Result<T, E>) -> Result<T, E> {
        let inner = self.0.take();
        if result.is_err() {
            self.0.set(Some(inner.unwrap_or_else(|| range(value))));
        }
        result
    }
}

/// One value, by its JSON text. It is valid, and not nested too deep.
#[derive(Clone, Copy)]
pub(crate) struct Careful<'de, 't> {
    text: &'de str,
    trail: &'t Trail,
}

impl<'de, 't> Careful<'de, 't> {
    /// The deserializer for a text that one has handed out before.
    pub(crate) fn of_written(text: &'de str, trail: &'t Trail) -> Self {
        Self { text, trail }
    }

    fn plain(self) -> serde_json::Deserializer<serde_json::de::StrRead<'de>> {
        serde_json::Deserializer::from_str(self.text)
    }

    fn container<T>(self, inner: T) -> Container<'t, T> {
        Container {
            inner,
            trail: self.trail,
        }
    }
}

impl<'de> Deserializer<'de> for Careful<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text.as_bytes().first() {
            Some(b'{') => self.plain().deserialize_map(self.container(visitor)),
            Some(b'[') => self.plain().deserialize_seq(self.container(visitor)),
            Some(b'-' | b'0'..=b'9') if !self.text.parse::<f64>().is_ok_and(f64::is_finite) => {
                visitor.visit_borrowed_str(self.text)
            }
            _ => self.plain().deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.text == "null" {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            AS_WRITTEN => visitor.visit_borrowed_bytes(self.text.as_bytes()),
            RAW_VALUE => self.plain().deserialize_newtype_struct(name, visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.plain().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.plain().deserialize_bytes(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.plain().deserialize_byte_buf(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string unit
        unit_struct seq tuple tuple_struct map
        struct identifier ignored_any
    }
}

/// An array or object that is cut into the texts of its values.
struct Container<'t, T> {
    inner: T,
    trail: &'t Trail,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Container<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Container {
            inner: map,
            trail: self.trail,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Container {
            inner: seq,
            trail: self.trail,
        })
    }
}

impl<T> Container<'_, T> {
    fn read<'de, S: DeserializeSeed<'de>, E: serde::de::Error>(
        &self,
        value: &'de RawValue,
        seed: S,
    ) -> Result<S::Value, E> {
        let value = value.get();
        let result = seed.deserialize(Careful::of_written(value, self.trail));
        self.trail.watch(value, result).map_err(E::custom)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Container<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        self.inner.next_key_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        let value = self.inner.next_value()?;
        self.read(value, seed)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Container<'_, A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, A::Error> {
        match self.inner.next_element()? {
            Some(value) => self.read(value, seed).map(Some),
            None => Ok(None),
        }
    }
}
