//! `value["name"]` and `value[0]`.

use std::ops::{Index, IndexMut};

use super::{Map, Value};

/// The place of a value inside of another: a name in an object, a number in a list.
pub(crate) trait Place {
    fn of(self, value: &Value) -> Option<&Value>;
    fn of_mut(self, value: &mut Value) -> Option<&mut Value>;
}

impl Value {
    /// The property of an object or the item of a list; `None` if there is none, or if it is neither.
    pub(crate) fn get(&self, place: impl Place) -> Option<&Self> {
        place.of(self)
    }

    /// The same, to change it.
    pub(crate) fn get_mut(&mut self, place: impl Place) -> Option<&mut Self> {
        place.of_mut(self)
    }
}

impl Place for &str {
    fn of(self, value: &Value) -> Option<&Value> {
        value.as_object()?.get(self)
    }

    fn of_mut(self, value: &mut Value) -> Option<&mut Value> {
        value.as_object_mut()?.get_mut(self)
    }
}

impl Place for &String {
    fn of(self, value: &Value) -> Option<&Value> {
        self.as_str().of(value)
    }

    fn of_mut(self, value: &mut Value) -> Option<&mut Value> {
        self.as_str().of_mut(value)
    }
}

impl Place for usize {
    fn of(self, value: &Value) -> Option<&Value> {
        value.as_array()?.get(self)
    }

    fn of_mut(self, value: &mut Value) -> Option<&mut Value> {
        value.as_array_mut()?.get_mut(self)
    }
}

static NULL: Value = Value::Null;

impl<P> Index<P> for Value
where
    P: Place,
{
    type Output = Self;

    /// What is there, or null.
    fn index(&self, place: P) -> &Self {
        place.of(self).unwrap_or(&NULL)
    }
}

impl IndexMut<&str> for Value {
    /// The property, which is added if it isn't there. Null becomes an object.
    ///
    /// # Panics
    ///
    /// If it is neither an object nor null.
    fn index_mut(&mut self, name: &str) -> &mut Self {
        if self.is_null() {
            *self = Self::Object(Map::new());
        }
        match self {
            Self::Object(fields) => fields.entry(name.to_owned()).or_default(),
            _ => panic!("a property of JSON that is no object"),
        }
    }
}

impl IndexMut<usize> for Value {
    /// # Panics
    ///
    /// If there is no such item.
    fn index_mut(&mut self, place: usize) -> &mut Self {
        place.of_mut(self).expect("an item of a list")
    }
}
