//! Arguments of a call, from the examples of its parameters.

use harvest_runtime::{Date, DateRange, Range, TimeRange, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::description::{Operation, Parameter};

/// A value for each parameter of an operation, by its documented name.
///
/// The rows of the table name each parameter a second time, beside the method that sets it. What arrives on the wire
/// tells whether the two are the same.
#[derive(Clone)]
pub struct Args(Map<String, Value>);

impl Args {
    /// The examples of the description.
    pub fn examples(operation: &Operation) -> Self {
        let value = |parameter: &Parameter| {
            (
                parameter.documented_name.to_owned(),
                parameter.example.clone(),
            )
        };
        Self(operation.parameters.iter().map(value).collect())
    }

    /// The same with another value for one parameter.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// The same with another value where there is that parameter.
    pub fn with_known(self, name: &str, value: impl Into<Value>) -> Self {
        if self.0.contains_key(name) {
            self.with(name, value)
        } else {
            self
        }
    }

    /// Every value changed by `change`.
    pub fn map(self, change: impl Fn(Value) -> Value) -> Self {
        let change = |(name, value)| (name, change(value));
        Self(self.0.into_iter().map(change).collect())
    }

    pub fn value(&self, name: &str) -> &Value {
        // The builder's method for `type` is `type_`.
        let name = name.strip_suffix('_').unwrap_or(name);
        self.0
            .get(name)
            .unwrap_or_else(|| panic!("the description has no parameter {name}"))
    }

    /// As a type that reads it.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_value(self.value(name).clone())
            .unwrap_or_else(|error| panic!("the example of {name}: {error}"))
    }

    pub fn id(&self, name: &str) -> i64 {
        self.get(name)
    }

    /// A number of the width that the parameter has.
    pub fn number<T: DeserializeOwned>(&self, name: &str) -> T {
        self.get(name)
    }

    pub fn flag(&self, name: &str) -> bool {
        self.get(name)
    }

    pub fn text(&self, name: &str) -> &str {
        self.value(name)
            .as_str()
            .unwrap_or_else(|| panic!("the example of {name} is not a text"))
    }

    pub fn time(&self, name: &str) -> Timestamp {
        self.get(name)
    }

    pub fn day(&self, name: &str) -> Date {
        self.get(name)
    }

    /// A range of moments.
    pub fn times(&self, name: &str) -> TimeRange {
        self.range(name)
    }

    /// A range of days.
    pub fn days(&self, name: &str) -> DateRange {
        self.range(name)
    }

    fn range<T: DeserializeOwned>(&self, name: &str) -> Range<T> {
        let comparisons = self.value(name);
        let bound = |comparison: &str| {
            let value = comparisons.get(comparison)?.clone();
            Some(serde_json::from_value::<T>(value).expect("a bound"))
        };
        let from = match (bound("gte"), bound("gt")) {
            (Some(bound), _) => Range::since(bound),
            (None, Some(bound)) => Range::after(bound),
            (None, None) => Range::any(),
        };
        match (bound("lte"), bound("lt")) {
            (Some(bound), _) => from.until(bound),
            (None, Some(bound)) => from.before(bound),
            (None, None) => from,
        }
    }

    pub fn ids(&self, name: &str) -> Vec<i64> {
        self.get(name)
    }

    pub fn texts(&self, name: &str) -> Vec<String> {
        self.get(name)
    }
}
