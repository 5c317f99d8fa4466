//! The parts of an OpenAPI document that the catalog is made of. What it does not name, such as examples, is skipped.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::MapAccess;

/// Values by name, in the order of the document.
pub(super) type Named<'a, T> = Vec<(&'a str, T)>;

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
    pub description: String,
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
    pub operation_id: String,
    pub summary: String,
    pub description: String,
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

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Parameter<'a> {
    #[serde(rename = "$ref")]
    pub reference: Option<&'a str>,
    pub name: &'a str,
    #[serde(rename = "in")]
    pub place: &'a str,
    pub required: bool,
    pub description: String,
    #[serde(borrow)]
    pub schema: Schema<'a>,
    #[serde(rename = "x-harvest-alone")]
    pub alone: bool,
    #[serde(rename = "x-harvest-split")]
    pub split: bool,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Schema<'a> {
    #[serde(rename = "$ref")]
    pub reference: Option<&'a str>,
    #[serde(rename = "type")]
    pub json_type: Option<&'a str>,
    pub format: Option<&'a str>,
    pub description: String,
    #[serde(borrow)]
    pub all_of: Vec<Schema<'a>>,
    #[serde(borrow)]
    pub items: Option<Box<Schema<'a>>>,
    pub max_items: Option<usize>,
    pub maximum: Option<serde_json::Number>,
    #[serde(deserialize_with = "in_order")]
    #[serde(borrow)]
    pub properties: Named<'a, Schema<'a>>,
    #[serde(borrow)]
    pub required: Vec<&'a str>,
    #[serde(rename = "enum")]
    pub values: Vec<serde_json::Value>,
    #[serde(rename = "x-extensible-enum")]
    pub open_values: Vec<serde_json::Value>,
}

/// A map as a list, since its order is that in which people wrote it.
fn in_order<'de: 'a, 'a, D, T>(deserializer: D) -> Result<Named<'a, T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de> + 'a,
{
    struct Visitor<'a, T>(PhantomData<Named<'a, T>>);

    impl<'de: 'a, 'a, T: Deserialize<'de> + 'a> serde::de::Visitor<'de> for Visitor<'a, T> {
        type Value = Named<'a, T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(entry) = map.next_entry()? {
                all.push(entry);
            }
            Ok(all)
        }
    }

    deserializer.deserialize_map(Visitor(PhantomData))
}
