//! Properties within a value that are not described.

use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::catalog::Field;
use crate::drift::UNKNOWN;
use crate::object::Name;

/// A property, with those that it is within.
struct Place<'a> {
    within: Option<&'a Place<'a>>,
    name: &'a str,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(within) = self.within {
            write!(f, "{within}.")?;
        }
        f.write_str(self.name)
    }
}

/// Properties within a value that the description does not know. They stay where they are, in the text of the column.
pub(super) fn within(json: &str, field: &Field, drift: &mut dyn FnMut(String, &'static str)) {
    if field.fields.is_empty() || !json.starts_with(['[', '{']) {
        return;
    }
    let within = Within {
        fields: &field.fields,
        place: &Place {
            within: None,
            name: field.name,
        },
        drift,
    };
    // Behind a number that is beyond all range, in the place of an object, nothing is looked at.
    let _ = within.deserialize(&mut serde_json::Deserializer::from_str(json));
}

/// A look through a value, in one pass, for properties that are not described.
struct Within<'a> {
    fields: &'a [Field],
    place: &'a Place<'a>,
    drift: &'a mut dyn FnMut(String, &'static str),
}

impl<'de> DeserializeSeed<'de> for Within<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.fields.is_empty() {
            return IgnoredAny::deserialize(deserializer).map(|_| ());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Within<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self {
            fields,
            place,
            drift,
        } = self;
        let mut next = || {
            items.next_element_seed(Within {
                fields,
                place,
                drift,
            })
        };
        while next()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Name(name)) = map.next_key()? {
            let place = Place {
                within: Some(self.place),
                name: &name,
            };
            if let Some(field) = self.fields.iter().find(|field| field.name == name) {
                map.next_value_seed(Within {
                    fields: &field.fields,
                    place: &place,
                    drift: self.drift,
                })?;
            } else {
                (self.drift)(place.to_string(), UNKNOWN);
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    // Plain values have no properties.

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
