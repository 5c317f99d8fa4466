//! Encoding of each kind of property.

use serde::ser::{Serialize, SerializeMap};

use super::Received;
use super::field::Field;
use crate::Patch;

/// The properties of a model while they are written, in their order. The first error ends it, and is kept: generated code
/// that asked after each property would take several times as long to compile.
#[doc(hidden)]
pub struct Properties<'a, M: SerializeMap> {
    map: &'a mut M,
    /// The place of the next property in [`PROPERTIES`](super::Model::PROPERTIES).
    property: usize,
    result: Result<(), M::Error>,
}

impl<'a, M: SerializeMap> Properties<'a, M> {
    pub(super) fn new(map: &'a mut M) -> Self {
        Self {
            map,
            property: 0,
            result: Ok(()),
        }
    }

    pub(super) fn end(self) -> Result<(), M::Error> {
        self.result
    }

    #[inline]
    fn next(&mut self, write: impl FnOnce(usize, &mut M) -> Result<(), M::Error>) {
        if self.result.is_ok() {
            self.result = write(self.property, self.map);
        }
        self.property += 1;
    }

    /// A property of a request that is always written.
    pub fn plain<T: Serialize>(&mut self, name: &'static str, field: &T) {
        self.next(|_, map| map.serialize_entry(name, field));
    }

    /// A property of a request that is null where there is nothing.
    pub fn null<T: Serialize>(&mut self, name: &'static str, field: &Option<T>) {
        self.next(|_, map| map.serialize_entry(name, field));
    }

    /// A property of a request that is left out where there is nothing.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, field: &Option<T>) {
        self.next(|_, map| match field {
            Some(field) => map.serialize_entry(name, field),
            None => Ok(()),
        });
    }

    /// A property of an edit.
    pub fn patch<T: Serialize>(&mut self, name: &'static str, field: &Patch<T>) {
        self.next(|_, map| {
            if field.is_leave() {
                Ok(())
            } else {
                map.serialize_entry(name, field)
            }
        });
    }

    /// A property of an answer that can be missing or null.
    pub fn nullable<T: Field + Serialize>(
        &mut self,
        name: &'static str,
        field: &Option<T>,
        received: &Received,
    ) {
        self.next(|property, map| received.nullable(property, name, field.as_ref(), map));
    }

    /// A property of an answer that is missing only if it was so when it was read.
    pub fn required<T: Field + Serialize>(
        &mut self,
        name: &'static str,
        field: &T,
        received: &Received,
    ) {
        self.next(|property, map| received.required(property, name, field, map));
    }

    /// [`nullable`](Self::nullable) for a type that only serde can write.
    pub fn any_nullable<T: Serialize>(
        &mut self,
        name: &'static str,
        field: &Option<T>,
        received: &Received,
    ) {
        self.next(|property, map| received.any_nullable(property, name, field.as_ref(), map));
    }

    /// [`required`](Self::required) for a type that only serde can write.
    pub fn any_required<T: Default + PartialEq + Serialize>(
        &mut self,
        name: &'static str,
        field: &T,
        received: &Received,
    ) {
        self.next(|property, map| received.any_required(property, name, field, map));
    }
}
