//! Properties of an answer that differ from their description.

use std::fmt;

use super::{Model, Received};
use crate::Json;

/// What came in an answer other than described, as names of properties and the JSON that came: a value of another type,
/// or a property that is not described. That of contained models and lists is theirs to tell.
#[derive(Clone, Copy)]
pub struct Unexpected<'a> {
    received: Option<&'a Received>,
    properties: &'static [&'static str],
}

impl<'a> Unexpected<'a> {
    /// Of a model.
    pub fn of<T: Model>(model: &'a T) -> Self {
        Self {
            received: model.received(),
            properties: T::PROPERTIES,
        }
    }

    /// The properties, each with what came.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a Json)> + use<'a> {
        let properties = self.properties;
        let received = self.received.into_iter();
        received.flat_map(move |received| received.unexpected(properties))
    }

    /// What came as this property.
    pub fn get(&self, property: &str) -> Option<&'a Json> {
        // If it came twice, the later one counts, as it mostly does in JSON.
        let found = self.iter().filter(|(name, _)| *name == property).last();
        found.map(|(_, json)| json)
    }

    /// Whether everything was as described.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

/// Prints how many properties there are.
impl fmt::Debug for Unexpected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unexpected({} properties)", self.iter().count())
    }
}
