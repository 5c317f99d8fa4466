//! Links by which files are fetched: signed, good for seven days, and without credentials.
//!
//! Links run out and documents are kept, so a document has a placeholder in the place of the link, which is signed when the
//! document is sent. Text that a client wrote is never looked at for one.

mod headers;
mod link;

pub(crate) use headers::contain;
pub(crate) use link::Links;
