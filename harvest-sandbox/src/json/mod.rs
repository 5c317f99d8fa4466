//! JSON values whose objects keep the order of their properties.
//!
//! Answers have their properties in the order in which the service sends them. `serde_json::Value` keeps an order with
//! its feature `preserve_order` only, and Cargo unifies features: with the sandbox as a dev-dependency, the tests of its
//! user would run with another `serde_json` than the program of that user. So values are of a type of this crate, and
//! `serde_json` reads and writes text, with its bounds on depth and its numbers.

mod from;
mod index;
mod literal;
mod read;
mod value;
mod write;

pub(crate) use self::literal::json;
pub(crate) use self::read::{Bound, Reader};
pub(crate) use self::value::{Map, Value};
pub(crate) use self::write::to_value;

#[doc(hidden)]
pub(crate) use self::literal::{of, put};

#[cfg(test)]
mod tests;
