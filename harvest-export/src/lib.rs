//! An export of the Greenhouse Harvest API that proves itself.
//!
//! [`Export`] reads every list of a version, or some, into a folder: the records as they came, a file a page, and a ledger
//! of what was planned, read and finished. A process may be killed at any moment; the next run goes on where it stopped.
//! [`verify`] computes everything again from the files and the ledger.
//!
//! | what is proven | by |
//! | --- | --- |
//! | nothing was left out between two windows | spans that tile the time up to the run |
//! | a window was read to its end | an answer without a next page |
//! | numbered pages did not shift | windows of one page; where the list has no filter, passes until none finds a record that was missed |
//! | files are what came | a receipt with size and hash, written after the file |
//! | the ledger is whole | each line has a hash of the one before it |
//!
//! What cannot be proven: records that the credential may not see, and changes that do not move `updated_at`. Lists without
//! that filter are read as a whole in each run. [`Attachments`] has the files mirrored that records name, [`Deletions`] says
//! whether records that are gone are looked for, [`Privacy`] what is left out, and [`database`] makes a SQLite database of
//! the files, and `parquet`, with the feature of that name, tables for other databases. With the feature `object-store`, an
//! export is kept in S3 and others of its kind: `Store`.
//!
//! [`catalog`] says what a version of the API has, without knowing an operation by name.

mod against;
mod attachments;
pub mod catalog;
mod columnar;
mod custom_field;
mod deletion;
mod divisions;
mod drift;
mod error;
mod folder;
mod hash;
mod ids;
mod journal;
mod keys;
mod ledger;
mod lines;
mod manifest;
mod number;
mod object;
mod plan;
mod privacy;
pub mod private;
mod probe;
mod read;
mod row;
mod run;
mod sqlite;
mod state;
#[cfg(feature = "object-store")]
mod store;
mod stream;
mod text;
mod verify;
mod window;

pub use against::Difference;
pub use attachments::{Attachments, FileServers, NotFetched};
#[cfg(feature = "parquet")]
pub use columnar::{delta, numbered, parquet};
pub use deletion::Deletions;
pub use drift::Drift;
pub use error::ExportError;
pub use plan::Plan;
pub use privacy::{CLASSES, Privacy};
pub use probe::{Access, Probe};
pub use run::{Export, Progressed, Summary};
pub use sqlite::{Built, DATABASE, check_database, database};
#[cfg(feature = "object-store")]
pub use store::{CopyLimits, Mirror, Needs, Store};
pub use stream::{Stream, choose, streams};
pub use verify::{Proven, Report, verify};
pub use window::Span;
