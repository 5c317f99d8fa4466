//! Copy of the last new organization, for the next one that is the same.
//!
//! Tests start one sandbox after the other, and all but the first two of a process begin with the same records.

use std::sync::Mutex;

use rusqlite::Connection;

use super::connection::lock;
use super::snapshot::copy_all;
use crate::refusal::StartError;

/// What was made last, and of what. It is kept from the second time on, since most programs start one sandbox.
struct Last {
    plan: String,
    database: Option<Connection>,
}

static LAST: Mutex<Option<Last>> = Mutex::new(None);

/// Makes the tables and records of a new database, or copies those that were made by the same plan. A plan says all that
/// they depend on; none, that they are not worth keeping.
pub(super) fn fill(
    writer: &mut Connection,
    plan: Option<String>,
    make: impl FnOnce(&mut Connection) -> Result<(), StartError>,
) -> Result<(), StartError> {
    let Some(plan) = plan else {
        return make(writer);
    };
    let is_known = {
        let last = lock(&LAST);
        let same = last.as_ref().filter(|last| last.plan == plan);
        if let Some(database) = same.and_then(|last| last.database.as_ref()) {
            return Ok(copy_all(database, writer)?);
        }
        same.is_some()
    };
    make(writer)?;
    let database = if is_known {
        let mut copy = Connection::open_in_memory()?;
        copy_all(writer, &mut copy)?;
        Some(copy)
    } else {
        None
    };
    *lock(&LAST) = Some(Last { plan, database });
    Ok(())
}
