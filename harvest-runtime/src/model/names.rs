//! The names of the properties of an answer, and which property each is.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

/// The names of the properties. Answers mostly have them in the order of the description, so that the next one is looked
/// at first.
pub(super) struct Names {
    all: &'static [&'static str],
    next: usize,
}

impl Names {
    /// Before the first one.
    pub(super) fn new(all: &'static [&'static str]) -> Self {
        Self { all, next: 0 }
    }

    #[inline]
    fn find(&mut self, name: &str) -> Name {
        match self.all.get(self.next) {
            Some(next) if *next == name => {
                self.next += 1;
                Name::Described(self.next - 1)
            }
            _ => self.find_elsewhere(name),
        }
    }

    fn find_elsewhere(&mut self, name: &str) -> Name {
        let is_name = |known: &&str| *known == name;
        let (before, from) = self.all.split_at(self.next.min(self.all.len()));
        let found = match from.iter().position(is_name) {
            Some(place) => Some(self.next + place),
            None => before.iter().position(is_name),
        };
        match found {
            Some(property) => {
                self.next = property + 1;
                Name::Described(property)
            }
            None => Name::Other(name.into()),
        }
    }
}

/// A name as it came.
pub(super) enum Name {
    /// Of the property with this place.
    Described(usize),
    Other(Box<str>),
}

impl<'de> DeserializeSeed<'de> for &mut Names {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Names {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        Ok(self.find(name))
    }
}
