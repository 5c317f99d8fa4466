//! Activity feeds: what was written about candidates, sent to them and done to them.

mod about;
mod entry;
mod feed;
mod write;

pub(crate) use about::{About, Reader};
pub(crate) use entry::{Activity, Email, Entry, Note, STAGE_CHANGE};
#[cfg(feature = "dev-center")]
pub(crate) use feed::read_by;
pub(crate) use feed::{
    each_read_by, erase, move_to, outlive_application, record, record_rejection_note, remove,
    withdraw,
};
pub(crate) use write::{ACTIVITY, NewContent, NewEntry, NewEnvelope, Orphan, write};
