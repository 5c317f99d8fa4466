//! A list of an answer: its items, and what came in their places that is none.

mod slice;

use std::fmt;

use serde::de::value::UnitDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::Json;
use crate::json::careful::{self, AS_WRITTEN, Careful, Trail};
use crate::json::{notes, object};
use crate::model::{Field, Read, keep_the_rest};

/// A list of an answer. It is a slice of its items, made from a `Vec` and made into one.
///
/// The service was seen to send null as an item: a job without a department has `"departments": [null]`. Such places are
/// left out of the slice, and so is what could not be taken for an item; both are remembered, so that the list is written
/// as it came. Two lists are equal if their items are.
///
/// ```
/// use harvest_runtime::List;
///
/// let ids: List<i64> = serde_json::from_str("[null, 5, 7]")?;
/// assert_eq!(ids, [5, 7]);
/// assert_eq!(ids.iter().sum::<i64>(), 12);
/// assert_eq!(ids.places().collect::<Vec<_>>(), [None, Some(&5), Some(&7)]);
/// assert_eq!(serde_json::to_string(&ids)?, "[null,5,7]");
///
/// let ids: Vec<i64> = ids.into();
/// assert_eq!(ids, [5, 7]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
#[allow(
    clippy::box_collection,
    reason = "nearly no list has any, and a record has many lists"
)]
pub struct List<T> {
    items: Vec<T>,
    /// In the order of their places.
    odd: Option<Box<Vec<Odd>>>,
}

/// A place in which something else came than is described.
#[derive(Clone)]
struct Odd {
    /// Counted among all that came.
    place: usize,
    json: Json,
    /// What the item was then, as JSON text. `None` if there is no item in this place.
    taken: Option<Box<str>>,
}

impl<T> List<T> {
    /// A list without items.
    pub const fn new() -> Self {
        Self {
            items: Vec::new(),
            odd: None,
        }
    }

    /// The items in a `Vec`, to add and remove some. What came in other places is forgotten.
    pub fn vec_mut(&mut self) -> &mut Vec<T> {
        self.odd = None;
        &mut self.items
    }

    /// The items.
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }

    /// All places that came: an item, or `None` for null and for what is no item. For lists of which the items belong to
    /// those of another list by their place.
    pub fn places(&self) -> impl Iterator<Item = Option<&T>> {
        let mut items = self.items.iter();
        let mut gaps = self.odd().filter(|odd| odd.taken.is_none()).peekable();
        (0..self.places_len()).map(move |place| match gaps.next_if(|gap| gap.place == place) {
            Some(_) => None,
            None => items.next(),
        })
    }

    /// How many places came: the items, and those in which there is none.
    pub fn places_len(&self) -> usize {
        self.items.len() + self.odd().filter(|odd| odd.taken.is_none()).count()
    }

    /// What came other than described, null apart: the place among all that came, and the JSON.
    pub fn unexpected(&self) -> impl Iterator<Item = (usize, &Json)> {
        self.odd()
            .filter(|odd| !odd.json.is_null())
            .map(|odd| (odd.place, &odd.json))
    }

    /// The first place with something that is no item, null apart.
    pub(crate) fn first_unread(&self) -> Option<(usize, &Json)> {
        self.odd()
            .find(|odd| odd.taken.is_none() && !odd.json.is_null())
            .map(|odd| (odd.place, &odd.json))
    }

    /// The places in which there is no item, in order.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = usize> {
        let gaps = self.odd().filter(|odd| odd.taken.is_none());
        gaps.map(|odd| odd.place)
    }

    /// The same list of other items.
    pub(crate) fn map<U>(self, map: impl FnMut(T) -> U) -> List<U> {
        List {
            items: self.items.into_iter().map(map).collect(),
            odd: self.odd,
        }
    }

    fn odd(&self) -> impl Iterator<Item = &Odd> {
        self.odd.iter().flat_map(|odd| odd.iter())
    }

    /// Remembers what came in the next place.
    fn keep(&mut self, place: usize, json: Json, taken: Option<Box<str>>) {
        if !json.is_null() {
            notes::unexpected();
        }
        self.odd
            .get_or_insert_default()
            .push(Odd { place, json, taken });
    }
}

impl<T: Field> List<T> {
    /// Reads the next item where it is to stay.
    fn read_next<'de, A: SeqAccess<'de>>(
        &mut self,
        place: usize,
        values: &mut A,
    ) -> Result<bool, A::Error> {
        match values.next_element_seed(Next(&mut self.items))? {
            None => return Ok(false),
            Some(Read::Described) => {}
            Some(Read::Null) => {
                self.items.pop();
                self.keep(place, Json::default(), None);
            }
            Some(Read::Other(other)) => {
                let other = *other;
                if other.taken.is_none() {
                    self.items.pop();
                }
                self.keep(place, other.json, other.taken);
            }
        }
        Ok(true)
    }
}

/// The place behind the last item.
struct Next<'a, T>(&'a mut Vec<T>);

impl<'de, T: Field> DeserializeSeed<'de> for Next<'_, T> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        self.0.push(T::default());
        match self.0.last_mut() {
            Some(item) => item.read(deserializer),
            None => Ok(Read::Null),
        }
    }
}

impl<T: Field> Field for List<T> {
    fn read<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_newtype_struct(AS_WRITTEN, FieldVisitor(self))
    }
}

struct FieldVisitor<'a, T>(&'a mut List<T>);

impl<'de, T: Field> Visitor<'de> for FieldVisitor<'_, T> {
    keep_the_rest!();

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Read, A::Error> {
        let mut place = 0;
        while self.0.read_next(place, &mut values)? {
            place += 1;
        }
        Ok(Read::Described)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Read, A::Error> {
        Ok(Read::kept(object(entries)?))
    }
}

/// The list of an answer that is one: of records of any type.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(RecordsVisitor(Self::new()))
    }
}

struct RecordsVisitor<T>(List<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for RecordsVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut values: A) -> Result<List<T>, A::Error> {
        let mut place = 0;
        while let Some(record) = values.next_element_seed(RecordSeed(&mut self.0.items))? {
            if let Err(json) = record {
                self.0.keep(place, json, None);
            }
            place += 1;
        }
        Ok(self.0)
    }
}

/// Reads a record to the end of a list; gives back what is none.
struct RecordSeed<'a, T>(&'a mut Vec<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for RecordSeed<'_, T> {
    type Value = Result<(), Json>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_newtype_struct(AS_WRITTEN, RecordVisitor(self.0))
    }
}

struct RecordVisitor<'a, T>(&'a mut Vec<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for RecordVisitor<'_, T> {
    type Value = Result<(), Json>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_option(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        self.0.push(T::deserialize(value)?);
        Ok(Ok(()))
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        // There are types that null is a value of.
        match T::deserialize(UnitDeserializer::<E>::new()) {
            Ok(record) => {
                self.0.push(record);
                Ok(Ok(()))
            }
            Err(_) => Ok(Err(Json::default())),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_none()
    }

    fn visit_borrowed_bytes<E: Error>(self, text: &'de [u8]) -> Result<Self::Value, E> {
        let invalid = |_| E::invalid_value(Unexpected::Bytes(text), &"JSON");
        let text = str::from_utf8(text).map_err(invalid)?;
        Ok(match careful::from_str(text) {
            Ok(record) => {
                self.0.push(record);
                Ok(())
            }
            Err(_) => Err(Json::of_text(text)),
        })
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.places_len()))?;
        let mut items = self.items.iter();
        let mut place = 0;
        for odd in self.odd() {
            for item in items.by_ref().take(odd.place - place) {
                list.serialize_element(item)?;
            }
            place = odd.place + 1;
            match &odd.taken {
                None => list.serialize_element(&odd.json)?,
                Some(taken) => {
                    let Some(item) = items.next() else {
                        continue;
                    };
                    let is_unchanged = serde_json::to_string(item).is_ok_and(|now| *now == **taken);
                    if is_unchanged {
                        list.serialize_element(&odd.json)?;
                    } else {
                        list.serialize_element(item)?;
                    }
                }
            }
        }
        for item in items {
            list.serialize_element(item)?;
        }
        list.end()
    }
}

#[cfg(test)]
mod tests;
