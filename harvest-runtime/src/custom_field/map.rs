//! Values by key.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};

use super::object_or::{ObjectOr, object_or_field};
use super::{CustomFieldValue, KeyedCustomField, TypedValue};
use crate::Json;
use crate::json::careful::{AS_WRITTEN, Careful, Trail};
use crate::json::{array, notes};
use crate::model::{Field, Read, keep_the_rest};

/// Values of custom fields by a key that is made from the field's name. That key is not always the field's immutable
/// one: a field with the key `date_of_birth` can be `birthday` here.
pub type CustomFieldValues = FieldMap<CustomFieldValue>;

/// Values of custom fields by the field's immutable key, with name and type. A field without a value can be null as a
/// whole.
pub type KeyedCustomFields = FieldMap<Option<KeyedCustomField>>;

/// Custom fields by key, in the order in which they came.
///
/// It is written again as it was read, also if the service sent no object at all: then there are no fields in it.
#[derive(Clone)]
pub struct FieldMap<T>(ObjectOr<Entries<T>>);

/// A record has a few dozen fields at most: looking for one takes no index.
#[derive(Clone, PartialEq)]
struct Entries<T>(Vec<(String, T)>);

impl<T> FieldMap<T> {
    fn entries(&self) -> &[(String, T)] {
        self.0.object().map_or(&[], |entries| &entries.0)
    }

    /// The fields that count, for as many look-ups as there are fields.
    fn by_key(&self) -> HashMap<&str, &T> {
        self.iter().collect()
    }

    /// The field with this key.
    pub fn get(&self, key: &str) -> Option<&T> {
        // If a key is there twice, the later one counts, as it mostly does in JSON.
        let found = self.entries().iter().rev().find(|(known, _)| known == key);
        found.map(|(_, field)| field)
    }

    /// The fields, each with its key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.entries()
            .iter()
            .map(|(key, field)| (key.as_str(), field))
    }

    /// The keys.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }
}

impl CustomFieldValues {
    /// What the value under this key looks like: see [`CustomFieldValue::typed`]. A field that is not there is empty.
    pub fn typed(&self, key: &str) -> TypedValue<'_> {
        self.get(key)
            .map_or(TypedValue::Empty, CustomFieldValue::typed)
    }
}

impl KeyedCustomFields {
    /// The field with this key, if it is there and not null.
    pub fn field(&self, key: &str) -> Option<&KeyedCustomField> {
        self.get(key)?.as_ref()
    }

    /// What the value of the field with this key is: see [`KeyedCustomField::typed`]. A field that is not there is empty.
    pub fn typed(&self, key: &str) -> TypedValue<'_> {
        self.field(key)
            .map_or(TypedValue::Empty, KeyedCustomField::typed)
    }
}

impl<T> Default for FieldMap<T> {
    fn default() -> Self {
        Self(ObjectOr::Object(Entries::default()))
    }
}

impl<T> FromIterator<(String, T)> for FieldMap<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(fields: I) -> Self {
        Self(ObjectOr::Object(Entries(fields.into_iter().collect())))
    }
}

/// Equal are the same fields in any order.
impl<T: PartialEq> PartialEq for FieldMap<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (ObjectOr::Other(one), ObjectOr::Other(another)) => one == another,
            (ObjectOr::Object(_), ObjectOr::Object(_)) => {
                self.len() == other.len()
                    && (self.entries() == other.entries() || self.by_key() == other.by_key())
            }
            _ => false,
        }
    }
}

impl<T: Serialize> Serialize for FieldMap<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: FieldValue> Deserialize<'de> for FieldMap<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ObjectOr::deserialize(deserializer).map(Self)
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, field)| (key, field)))
    }
}

/// The value of a field: no JSON is refused.
trait FieldValue: serde::de::DeserializeOwned + PartialEq {}

impl<T: serde::de::DeserializeOwned + PartialEq> FieldValue for T {}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: FieldValue> Field for Entries<T> {
    fn read<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_newtype_struct(AS_WRITTEN, EntriesVisitor(self))
    }
}

struct EntriesVisitor<'a, T>(&'a mut Entries<T>);

impl<'de, T: FieldValue> Visitor<'de> for EntriesVisitor<'_, T> {
    keep_the_rest!();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        while let Some(entry) = map.next_entry()? {
            self.0.0.push(entry);
        }
        Ok(Read::Described)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<Read, A::Error> {
        Ok(Read::kept(array(values)?))
    }
}

object_or_field!([T: FieldValue] FieldMap<T>);

/// Prints how many fields there are: their keys are an organization's own words.
impl<T> fmt::Debug for FieldMap<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldMap({} fields)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn fields_are_found_by_key() {
        let values: CustomFieldValues = read(r#"{"z":null,"pay":"a","a":5}"#);
        assert_eq!(values.keys().collect::<Vec<_>>(), ["z", "pay", "a"]);
        assert_eq!(values.typed("pay"), TypedValue::Text("a"));
        assert_eq!(values.typed("z"), TypedValue::Empty);
        assert_eq!(values.typed("none"), TypedValue::Empty);
        assert!(values.get("z").is_some() && values.get("none").is_none());
        assert_eq!(format!("{values:?}"), "FieldMap(3 fields)");

        let keyed: KeyedCustomFields = read(r#"{"pay":{"type":"url","value":"a"},"z":null}"#);
        assert_eq!(keyed.typed("pay"), TypedValue::Url("a"));
        assert_eq!(keyed.typed("z"), TypedValue::Empty);
        assert!(keyed.get("z").is_some() && keyed.field("z").is_none());
    }

    #[test]
    fn what_came_is_what_is_written() {
        for json in [
            r#"{"b":{"name":"B","type":"number","value":5},"a":null}"#,
            r#"{"a":{},"a":{"value":null}}"#,
            r#"{"b":5,"a":["x"]}"#,
            "{}",
            "[]",
            r#"[{"a":1}]"#,
            r#""none""#,
            "5",
            "-5",
            "0.5",
            "true",
        ] {
            let keyed: KeyedCustomFields = read(json);
            assert_eq!(serde_json::to_string(&keyed).expect("JSON"), json);
            let values: CustomFieldValues = read(json);
            assert_eq!(serde_json::to_string(&values).expect("JSON"), json);
        }
        assert!(read::<KeyedCustomFields>("[]").is_empty());
    }

    /// Whatever stands where a field, its name, its type or its value belongs.
    #[test]
    fn nothing_makes_fields_fail() {
        let odd = [
            "null",
            "true",
            "5",
            "-5",
            "5.0",
            "1e300",
            r#""number""#,
            r#""""#,
            "[]",
            "[null,[5]]",
            "{}",
            r#"{"value":{"value":5.0}}"#,
        ];
        for value in odd {
            let json = format!(r#"{{"a":{value}}}"#);
            let values: CustomFieldValues = read(&json);
            assert_eq!(
                serde_json::to_value(&values).expect("JSON"),
                read::<serde_json::Value>(&json)
            );
            let keyed: KeyedCustomFields = read(&json);
            assert_eq!(
                serde_json::to_value(&keyed).expect("JSON"),
                read::<serde_json::Value>(&json)
            );
            for name in odd {
                for value_type in odd {
                    let json =
                        format!(r#"{{"a":{{"name":{name},"type":{value_type},"value":{value}}}}}"#);
                    let keyed: KeyedCustomFields = read(&json);
                    let again = serde_json::to_value(&keyed).expect("JSON");
                    assert_eq!(again, read::<serde_json::Value>(&json));
                    assert_eq!(keyed.typed("a").is_empty(), value == "null", "{json}");
                }
            }
        }
    }

    #[test]
    fn equal_are_the_same_fields_in_any_order() {
        let one: CustomFieldValues = read(r#"{"a":1,"b":2}"#);
        let again: CustomFieldValues = read(r#"{"b":2,"a":1}"#);
        assert_eq!(one, again);
        for other in [r#"{"a":1}"#, r#"{"a":1,"b":3}"#, r#"{"a":1,"c":2}"#, "[]"] {
            assert_ne!(one, read(other), "{other}");
        }
        assert_eq!(CustomFieldValues::default(), read("{}"));
        // The later one counts.
        let twice: CustomFieldValues = read(r#"{"a":1,"b":2,"a":3}"#);
        assert_eq!(twice, read(r#"{"b":2,"a":5,"a":3}"#));
        for other in [r#"{"a":3,"b":2,"a":1}"#, r#"{"a":3,"b":2,"c":3}"#] {
            assert_ne!(twice, read(other), "{other}");
            assert_ne!(read::<CustomFieldValues>(other), twice, "{other}");
        }
        let made: CustomFieldValues = one
            .iter()
            .map(|(key, value)| (key.to_owned(), value.clone()))
            .collect();
        assert_eq!(made, one);
    }

    /// With each field looked up in turn, this takes minutes.
    #[test]
    fn many_fields_are_compared_in_little_time() {
        let one: CustomFieldValues = (0..200_000)
            .map(|number| (format!("k{number}"), CustomFieldValue::default()))
            .collect();
        let again = |reversed: bool| -> CustomFieldValues {
            let mut fields: Vec<_> = one
                .iter()
                .map(|(key, it)| (key.to_owned(), it.clone()))
                .collect();
            if reversed {
                fields.reverse();
            }
            fields.into_iter().collect()
        };
        let begun = std::time::Instant::now();
        assert_eq!(one, again(false));
        assert_eq!(one, again(true));
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }
}
