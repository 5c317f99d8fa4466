//! Store of the sandbox: an SQLite database, in a temporary file or in a folder.
//!
//! Each [`Kind`] of record has a table with the same three columns. `state` is what is known about the record, as JSON;
//! `document` is the JSON that is sent, which also shows bits of other records (a candidate's applications, the names of
//! users); what is filtered or sorted by are columns generated from `state`. A write changes states. Documents follow by
//! themselves: whatever shows a changed record is forgotten, and shown anew before the write is done. So a page of a list
//! is read and sent without being parsed, and nobody has to remember who shows what.

mod edit;
mod folder;
mod full;
mod identity;
mod kind;
mod open;
mod pool;
mod position;
mod private;
mod readers;
mod schema;
mod snapshot;
mod temporary;
mod view;

pub(crate) use edit::Edit;
pub(crate) use folder::{Folder, MAX_TEXT};
pub(crate) use full::{FULL, is_full, is_full_disk};
pub(crate) use kind::{Document, Kind, Part, Row, Shows};
pub(crate) use pool::{Place, Store};
pub(crate) use position::Without;
pub(crate) use schema::{Schema, Upgrade};
pub(crate) use snapshot::is_name as is_snapshot_name;
pub(crate) use view::View;
