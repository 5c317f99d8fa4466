//! An object of JSON as its properties in their order, each value as it came.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The properties of an object.
#[derive(Default)]
pub(crate) struct Object<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

/// A name, borrowed where it has no escapes.
#[derive(Deserialize)]
pub(crate) struct Name<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Properties;

        impl<'de> Visitor<'de> for Properties {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    all.push((name, value));
                }
                Ok(Object(all))
            }
        }

        deserializer.deserialize_map(Properties)
    }
}

impl<'a> Object<'a> {
    /// The value of a property, as it came. The last one, if there are several.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let mut found = self.0.iter().rev();
        let found = found.find(|(known, _)| known == name);
        found.map(|(_, value)| value.get())
    }

    /// The id of a record.
    pub(crate) fn id(&self) -> Option<i64> {
        serde_json::from_str(self.get("id")?).ok()
    }
}
