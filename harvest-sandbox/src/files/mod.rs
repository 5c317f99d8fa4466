//! Files, and the links by which they are fetched: signed, good for seven days, and without credentials.
//!
//! Documents are kept, links run out. So a document has a mark in the place of a link, and the link is put there when the
//! document is sent.

mod link;
mod store;

pub(crate) use link::{Links, mark};
pub(crate) use store::{add, remove, secret};

/// The tables of files.
pub(crate) const SCHEMA: &str = include_str!("schema.sql");
