//! Fuzz targets, a module each, with the property that has to hold of any input, and first inputs.
//!
//! `cargo xtask fuzz` runs the targets. `tests/tests/fuzz.rs` includes this file and runs them over their first inputs
//! with every `cargo test`, so that they cannot rot.

#![allow(missing_docs, reason = "for the targets and the tests")]

pub mod descriptions;
pub mod links;
pub mod lists;
pub mod names;
pub mod seeds;
