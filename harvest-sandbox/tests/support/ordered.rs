//! JSON with properties in the order in which they are written.
//!
//! The sandbox answers its examples byte for byte, and a `serde_json::Value` has no order: its feature `preserve_order` is
//! off here, as it is for those who use the sandbox.

use std::fmt;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Ordered {
    Object(IndexMap<String, Ordered>),
    List(Vec<Ordered>),
    Plain(Value),
}

impl fmt::Display for Ordered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).unwrap())
    }
}

impl Ordered {
    fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.get(name),
            _ => None,
        }
    }

    /// The properties of an object.
    pub fn fields(&self) -> impl Iterator<Item = (&String, &Self)> {
        let fields = match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        };
        fields.into_iter().flatten()
    }

    /// A property that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Self::Plain(Value::String(text))) => Some(text),
            _ => None,
        }
    }

    /// What is there in a document, with its references followed.
    pub fn at(&self, steps: &[&str]) -> Option<&Self> {
        steps.iter().try_fold(self, |at, step| {
            let mut at = at.get(step)?;
            while let Some(Self::Plain(Value::String(reference))) = at.get("$ref") {
                let names: Vec<_> = reference.split('/').skip(1).collect();
                at = self.at(&names)?;
            }
            Some(at)
        })
    }

    /// The examples of a content, the unnamed one first.
    pub fn examples(&self) -> Vec<Self> {
        let named = self.get("examples").into_iter().flat_map(Self::fields);
        let named = named.filter_map(|(_, example)| example.get("value"));
        self.get("example")
            .into_iter()
            .chain(named)
            .cloned()
            .collect()
    }
}
