//! Keeping files.

use rusqlite::OptionalExtension;

use super::link::marked;
use crate::refusal::{Outcome, broken};
use crate::store::{Edit, View};

/// A file, as it is served.
pub(super) struct File {
    pub(super) content_type: String,
    pub(super) content: Vec<u8>,
}

/// Keeps a file, and says under which id.
pub(crate) fn add(
    edit: &Edit<'_>,
    filename: &str,
    content_type: &str,
    content: &[u8],
) -> Outcome<i64> {
    let id = edit.next_number("file", 7_700_001)?;
    edit.run(
        "INSERT INTO file (id, filename, content_type, content) VALUES (?1, ?2, ?3, ?4)",
        (id, filename, content_type, content),
    )?;
    Ok(id)
}

/// Removes the file that a mark stands for, if it stands for one: links to it lead to nothing from then on.
pub(crate) fn remove(edit: &Edit<'_>, mark: &str) -> Outcome<()> {
    edit.run("DELETE FROM file WHERE id = ?1", [marked(mark)])?;
    Ok(())
}

pub(super) fn find(view: &View<'_>, id: i64) -> Outcome<Option<File>> {
    let sql = "SELECT content_type, content FROM file WHERE id = ?1";
    let mut statement = view.sql().prepare_cached(sql)?;
    let file = statement.query_row([id], |row| {
        Ok(File {
            content_type: row.get(0)?,
            content: row.get(1)?,
        })
    });
    Ok(file.optional()?)
}

/// What links are signed with: made once, and the same whenever the database is opened again.
pub(crate) fn secret(edit: &Edit<'_>) -> Outcome<Vec<u8>> {
    if let Some(secret) = edit.value("SELECT secret FROM file_secret", [])? {
        return Ok(secret);
    }
    let mut fresh = [0; 32];
    getrandom::fill(&mut fresh).map_err(|error| broken(format!("no random numbers: {error}")))?;
    edit.run(
        "INSERT INTO file_secret (id, secret) VALUES (1, ?1)",
        [fresh],
    )?;
    Ok(fresh.to_vec())
}
