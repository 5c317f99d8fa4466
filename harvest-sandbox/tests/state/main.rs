//! What operations do to records, over plain HTTP.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod departments;
mod organization;
mod users;
