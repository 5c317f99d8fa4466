//! The parts of an OpenAPI document that the catalog is made of. What it does not name, such as examples, is skipped.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use harvest_openapi::extension;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess};

/// Values by name, in the order of the document, which is that in which people wrote them.
pub(super) struct Named<'a, T>(Vec<(&'a str, T)>);

/// Prose, borrowed where it has no escapes.
#[derive(Deserialize, Default)]
pub(super) struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

#[derive(Deserialize)]
pub(super) struct Document<'a> {
    #[serde(default)]
    #[serde(borrow)]
    pub tags: Vec<Tag<'a>>,
    #[serde(borrow)]
    pub paths: HashMap<&'a str, HashMap<&'a str, Described<'a>>>,
    #[serde(default)]
    #[serde(borrow)]
    pub components: Components<'a>,
}

#[derive(Deserialize)]
pub(super) struct Tag<'a> {
    pub name: &'a str,
    #[serde(default)]
    #[serde(borrow)]
    pub description: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Components<'a> {
    #[serde(borrow)]
    pub schemas: HashMap<&'a str, Schema<'a>>,
    #[serde(borrow)]
    pub parameters: HashMap<&'a str, Parameter<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Described<'a> {
    pub operation_id: &'a str,
    #[serde(borrow)]
    pub summary: Text<'a>,
    #[serde(borrow)]
    pub description: Text<'a>,
    #[serde(borrow)]
    pub parameters: Vec<Parameter<'a>>,
    #[serde(borrow)]
    pub request_body: Option<Content<'a>>,
    #[serde(borrow)]
    pub responses: HashMap<&'a str, Content<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Content<'a> {
    pub required: bool,
    #[serde(borrow)]
    pub content: HashMap<&'a str, Media<'a>>,
}

impl<'a> Content<'a> {
    /// The schema of its JSON.
    pub fn schema(&self) -> Option<&Schema<'a>> {
        self.content.get("application/json")?.schema.as_ref()
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Media<'a> {
    #[serde(borrow)]
    pub schema: Option<Schema<'a>>,
}

#[derive(Default)]
pub(super) struct Parameter<'a> {
    pub reference: Option<&'a str>,
    pub name: &'a str,
    pub place: &'a str,
    pub required: bool,
    pub description: Text<'a>,
    pub schema: Schema<'a>,
    pub alone: bool,
    pub split: bool,
}

#[derive(Default)]
pub(super) struct Schema<'a> {
    pub reference: Option<&'a str>,
    pub json_type: Option<&'a str>,
    pub format: Option<&'a str>,
    pub description: Text<'a>,
    pub all_of: Vec<Schema<'a>>,
    pub one_of: Vec<Schema<'a>>,
    pub any_of: Vec<Schema<'a>>,
    pub items: Option<Box<Schema<'a>>>,
    pub max_items: Option<usize>,
    pub maximum: Option<serde_json::Number>,
    pub properties: Named<'a, Schema<'a>>,
    pub values_by_key: Values<'a>,
    pub required: Vec<&'a str>,
    pub values: Vec<serde_json::Value>,
    pub open_values: Vec<serde_json::Value>,
    pub personal: Option<&'a str>,
}

/// What properties without a name hold, if that is described.
#[derive(Default)]
pub(super) struct Values<'a>(pub Option<Box<Schema<'a>>>);

impl<'de: 'a, 'a> Deserialize<'de> for Values<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<'a>(PhantomData<Values<'a>>);

        impl<'de: 'a, 'a> serde::de::Visitor<'de> for Visitor<'a> {
            type Value = Values<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a schema, or whether there can be any")
            }

            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Values(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let schema = Schema::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Values(Some(Box::new(schema))))
            }
        }

        deserializer.deserialize_any(Visitor(PhantomData))
    }
}

/// Deserialization of a map by constants, since attributes of serde take literals and the names of extensions are
/// `harvest-openapi`'s.
macro_rules! keys {
    ($type:ident { $($key:pat => $field:ident,)* }) => {
        impl<'de: 'a, 'a> Deserialize<'de> for $type<'a> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor<'a>(PhantomData<$type<'a>>);

                impl<'de: 'a, 'a> serde::de::Visitor<'de> for Visitor<'a> {
                    type Value = $type<'a>;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value,
                    A::Error> {
                        let mut made = $type::default();
                        while let Some(key) = map.next_key::<&str>()? {
                            match key {
                                $($key => made.$field = map.next_value()?,)*
                                _ => {
                                    map.next_value::<IgnoredAny>()?;
                                }
                            }
                        }
                        Ok(made)
                    }
                }

                deserializer.deserialize_map(Visitor(PhantomData))
            }
        }
    };
}

keys!(Parameter {
    "$ref" => reference,
    "name" => name,
    "in" => place,
    "required" => required,
    "description" => description,
    "schema" => schema,
    extension::ALONE => alone,
    extension::SPLIT => split,
});

keys!(Schema {
    "$ref" => reference,
    "type" => json_type,
    "format" => format,
    "description" => description,
    "allOf" => all_of,
    "oneOf" => one_of,
    "anyOf" => any_of,
    "items" => items,
    "maxItems" => max_items,
    "maximum" => maximum,
    "properties" => properties,
    "additionalProperties" => values_by_key,
    "required" => required,
    "enum" => values,
    extension::OPEN_ENUM => open_values,
    extension::PERSONAL => personal,
});

impl<T> Default for Named<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, T> Deref for Named<'a, T> {
    type Target = [(&'a str, T)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Named<'a, T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<'a, T>(PhantomData<Named<'a, T>>);

        impl<'de: 'a, 'a, T: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<'a, T> {
            type Value = Named<'a, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    all.push(entry);
                }
                Ok(Named(all))
            }
        }

        deserializer.deserialize_map(Visitor(PhantomData))
    }
}
