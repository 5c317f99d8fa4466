//! What operations do to records, over plain HTTP.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod candidates;
mod departments;
mod emulated;
mod organization;
mod users;
