//! An export of the Greenhouse Harvest API that proves itself.
//!
//! [`catalog`] says what a version of the API has, without knowing an operation by name.

pub mod catalog;
mod hash;
