//! Record of an answer as it was received, beyond the fields of its model.

use serde::ser::{Serialize, SerializeMap};

use super::field::{Field, Other, Read};
use super::written;
use crate::Json;
use crate::json::notes;

/// What an answer was, beyond what the fields of its model hold: a field of the model, by which it is written as it was
/// read.
///
/// Two models that differ only in this are equal.
#[derive(Clone, Default)]
pub struct Received {
    /// One bit for each of the first properties: whether it was null or, if it is required, missing.
    absent: u64,
    more: Option<Box<More>>,
}

/// What most answers have nothing of.
#[derive(Clone, Default)]
struct More {
    /// The bits of further properties.
    absent: Vec<u64>,
    odd: Vec<Odd>,
    undescribed: Vec<(Box<str>, Json)>,
}

/// A property that came as another type than is described.
#[derive(Clone)]
struct Odd {
    property: usize,
    json: Json,
    /// What its field held then, as JSON text. `None` if it held nothing.
    taken: Option<Box<str>>,
}

/// Which of the first properties are required.
pub(super) const fn first_word(required: &[bool]) -> u64 {
    let (mut word, mut property) = (0, 0);
    while property < required.len() && property < 64 {
        if required[property] {
            word |= 1 << property;
        }
        property += 1;
    }
    word
}

impl Received {
    /// No property was read yet, so that all required ones are missing.
    pub(super) fn begin(&mut self, required: &[bool], first_word: u64) {
        self.absent = first_word;
        for (property, is_required) in required.iter().enumerate().skip(64) {
            self.set_absent(property, *is_required);
        }
    }

    /// Remembers whether a property was null or missing.
    fn set_absent(&mut self, property: usize, is_absent: bool) {
        let mask = 1 << (property % 64);
        let word = match property / 64 {
            0 => &mut self.absent,
            _ if !is_absent && self.more.is_none() => return,
            further => {
                let words = &mut self.more().absent;
                if words.len() < further {
                    words.resize(further, 0);
                }
                &mut words[further - 1]
            }
        };
        if is_absent {
            *word |= mask;
        } else {
            *word &= !mask;
        }
    }

    fn is_absent(&self, property: usize) -> bool {
        let word = match (property / 64, &self.more) {
            (0, _) => self.absent,
            (further, Some(more)) => more.absent.get(further - 1).copied().unwrap_or_default(),
            (_, None) => 0,
        };
        word & (1 << (property % 64)) != 0
    }

    /// Remembers how a property was read, and returns whether its field holds a value now.
    #[inline]
    pub(super) fn settle(&mut self, property: usize, read: Read) -> bool {
        // Nearly always.
        if property < 64 && self.more.is_none() {
            match read {
                Read::Described => {
                    self.absent &= !(1 << property);
                    return true;
                }
                Read::Null => {
                    self.absent |= 1 << property;
                    return false;
                }
                Read::Other(_) => {}
            }
        }
        self.settle_odd(property, read)
    }

    #[cold]
    fn settle_odd(&mut self, property: usize, read: Read) -> bool {
        if let Some(more) = &mut self.more {
            // The same property may have come before.
            more.odd.retain(|odd| odd.property != property);
        }
        self.set_absent(property, matches!(read, Read::Null));
        match read {
            Read::Described => true,
            Read::Null => false,
            Read::Other(other) => {
                notes::unexpected();
                let Other { json, taken } = *other;
                let is_taken = taken.is_some();
                self.more().odd.push(Odd {
                    property,
                    json,
                    taken,
                });
                is_taken
            }
        }
    }

    /// Remembers a property that is not described.
    pub(super) fn keep(&mut self, name: Box<str>, json: Json) {
        notes::unexpected();
        self.more().undescribed.push((name, json));
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// What a property was, if its field is still what was made of it.
    fn stands_for(
        &self,
        property: usize,
        is_empty: impl FnOnce() -> bool,
        written: impl FnOnce() -> Option<String>,
    ) -> Option<&Json> {
        let odd = &self.more.as_ref()?.odd;
        let odd = odd.iter().find(|odd| odd.property == property)?;
        let is_unchanged = match &odd.taken {
            Some(taken) => written().is_some_and(|now| *now == **taken),
            None => is_empty(),
        };
        is_unchanged.then_some(&odd.json)
    }

    /// Writes a property that can be missing or null.
    pub(super) fn nullable<T: Field + Serialize, M: SerializeMap>(
        &self,
        property: usize,
        name: &'static str,
        field: Option<&T>,
        map: &mut M,
    ) -> Result<(), M::Error> {
        self.write_nullable(property, name, field, Field::written, map)
    }

    /// Writes a property that is missing only if it was so when it was read.
    pub(super) fn required<T: Field + Serialize, M: SerializeMap>(
        &self,
        property: usize,
        name: &'static str,
        field: &T,
        map: &mut M,
    ) -> Result<(), M::Error> {
        self.write_required(property, name, field, Field::written, map)
    }

    /// [`nullable`](Self::nullable) for a type that only serde can write.
    pub(super) fn any_nullable<T: Serialize, M: SerializeMap>(
        &self,
        property: usize,
        name: &'static str,
        field: Option<&T>,
        map: &mut M,
    ) -> Result<(), M::Error> {
        self.write_nullable(property, name, field, written, map)
    }

    /// [`required`](Self::required) for a type that only serde can write.
    pub(super) fn any_required<T: Default + PartialEq + Serialize, M: SerializeMap>(
        &self,
        property: usize,
        name: &'static str,
        field: &T,
        map: &mut M,
    ) -> Result<(), M::Error> {
        self.write_required(property, name, field, written, map)
    }

    #[inline]
    fn write_nullable<T: Serialize, M: SerializeMap>(
        &self,
        property: usize,
        name: &'static str,
        field: Option<&T>,
        written: impl FnOnce(&T) -> Option<String>,
        map: &mut M,
    ) -> Result<(), M::Error> {
        let is_there = field.is_some() || self.is_absent(property);
        let now = || field.and_then(written);
        let odd = self.stands_for(property, || field.is_none(), now);
        write(name, odd, is_there.then_some(&field), map)
    }

    #[inline]
    fn write_required<T: Default + PartialEq + Serialize, M: SerializeMap>(
        &self,
        property: usize,
        name: &'static str,
        field: &T,
        written: impl FnOnce(&T) -> Option<String>,
        map: &mut M,
    ) -> Result<(), M::Error> {
        let is_empty = || *field == T::default();
        let is_there = !self.is_absent(property) || !is_empty();
        let odd = self.stands_for(property, is_empty, || written(field));
        write(name, odd, is_there.then_some(field), map)
    }

    /// All that is not as described, with the names of the properties.
    pub(super) fn unexpected<'a>(
        &'a self,
        properties: &'static [&'static str],
    ) -> impl Iterator<Item = (&'a str, &'a Json)> {
        let more = self.more.as_deref();
        let odd = more.into_iter().flat_map(|more| &more.odd);
        let odd = odd.filter_map(|odd| Some((*properties.get(odd.property)?, &odd.json)));
        let undescribed = more.into_iter().flat_map(|more| &more.undescribed);
        odd.chain(undescribed.map(|(name, json)| (&**name, json)))
    }

    /// Writes what is not described.
    pub(super) fn write_undescribed<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let undescribed = self.more.iter().flat_map(|more| &more.undescribed);
        for (name, json) in undescribed {
            map.serialize_entry(&**name, json)?;
        }
        Ok(())
    }
}

/// Writes a property as it came or, if its field was changed, as it is now.
fn write<T: Serialize, M: SerializeMap>(
    name: &'static str,
    odd: Option<&Json>,
    field: Option<&T>,
    map: &mut M,
) -> Result<(), M::Error> {
    match (odd, field) {
        (Some(json), _) => map.serialize_entry(name, json),
        (None, Some(field)) => map.serialize_entry(name, field),
        (None, None) => Ok(()),
    }
}

impl PartialEq for Received {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Received {}
