//! What operations do to records, over plain HTTP.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod candidates;
mod custom_field_options;
mod custom_fields;
mod departments;
mod described;
mod emulated;
mod organization;
mod tags;
mod users;
