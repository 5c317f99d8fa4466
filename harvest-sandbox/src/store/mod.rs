//! Store of the sandbox: an SQLite database, in a temporary file or in a folder.
//!
//! Each [`Kind`] of record has a table. `state` is what is known about the record, as JSON; what is filtered or sorted by
//! are columns generated from it. Beside them is a column for each face that stores how it shows the record: the JSON that
//! is sent, in which there may be bits of other records (a candidate's applications, the names of users). A face says so
//! by a [`Presentation`].
//!
//! A write changes states. What is shown follows automatically: the text of whatever embeds a changed record is invalidated
//! for each face, once for all that the write changes, and rendered again before the write is done for the face that writes. So a page of a list is read and
//! sent without being parsed, and no handler has to remember who embeds what. The text of another face is rendered by
//! its readers until that face writes the record: a write costs what its own face shows, however many others there are.

mod answer_length;
mod any_case;
mod changes;
mod connection;
mod copies;
#[cfg(test)]
pub(crate) mod count;
mod edit;
mod failure;
mod filled;
mod folder;
mod full;
mod identity;
mod kind;
mod layout;
mod open;
mod outbox;
mod placeholder;
mod pool;
mod position;
mod private;
mod readers;
mod room;
mod schema;
mod selections;
mod snapshot;
mod stale;
mod tables;
mod temporary;
mod view;
mod visibility;
mod writer;

pub(crate) use answer_length::AnswerLength;
pub(crate) use changes::Changes;
pub(crate) use edit::Edit;
pub(crate) use folder::{DEMO_CREDENTIAL, DEMO_KEY, Folder, MAX_TEXT, Storage};
pub(crate) use full::is_full_disk;
pub(crate) use kind::{Document, Kind, Row, Times};
pub(crate) use outbox::Outbox;
pub(crate) use placeholder::{
    FileId, Placeholder, find as find_placeholders, parse_file, path_segment,
};
pub(crate) use pool::Store;
pub(crate) use position::Without;
pub(crate) use room::{Room, grow as grow_answer};
pub(crate) use schema::{Migration, Schema};
pub(crate) use snapshot::is_name as is_snapshot_name;
pub(crate) use tables::{FaceId, Tables};
pub(crate) use view::{Depth, Embeds, Linked, Presentation, Presentations, StoredText, View};
pub(crate) use visibility::{Actor, Hop, Owner, Scope, Visibility};
