//! Files, and the links by which they are fetched: signed, good for seven days, and without credentials.
//!
//! Records name their files by id. Links run out and documents are kept, so a document has a placeholder in the place of
//! the link, which is signed when the document is sent. Text that a client wrote is never looked at for one.

mod headers;
mod link;
mod placeholder;
mod store;

pub(crate) use headers::contain;
pub(crate) use link::Links;
pub(crate) use placeholder::{Placeholder, has_placeholders};
pub(crate) use store::{FileId, add, filename, remove, secret};
