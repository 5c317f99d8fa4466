//! The part of a JSON value that a reader needs.

use serde_json::Value;

/// A JSON value. Programs that keep the order of objects in a type of their own implement it for that type.
pub trait Json: Sized {
    /// The value of a key, if this is an object that has it.
    fn member(&self, key: &str) -> Option<&Self>;

    /// The keys of an object with their values; none of anything else.
    fn members(&self) -> impl Iterator<Item = (&str, &Self)>;

    /// The elements of an array; none of anything else.
    fn elements(&self) -> &[Self];

    /// The text, if this is one.
    fn text(&self) -> Option<&str>;

    /// The value that a JSON pointer (RFC 6901) leads to.
    fn at(&self, pointer: &str) -> Option<&Self>;
}

impl Json for Value {
    fn member(&self, key: &str) -> Option<&Self> {
        self.get(key)
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let object = self.as_object().into_iter().flatten();
        object.map(|(key, value)| (key.as_str(), value))
    }

    fn elements(&self) -> &[Self] {
        self.as_array().map_or(&[], Vec::as_slice)
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn at(&self, pointer: &str) -> Option<&Self> {
        self.pointer(pointer)
    }
}
