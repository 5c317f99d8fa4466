//! Files that the sandbox keeps. Records name them by their ids.

use rusqlite::OptionalExtension;

use crate::domain::random::random;
use crate::refusal::Outcome;
use crate::store::{Edit, FileId, View, grow_answer};

/// A file, as it is served.
pub(crate) struct File {
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) content: Vec<u8>,
    /// How long a link to it lasts, if that is shorter than other links do.
    pub(crate) link_seconds: Option<i64>,
}

/// Keeps a file, and says under which id.
pub(crate) fn add(
    edit: &Edit<'_>,
    filename: &str,
    content_type: &str,
    content: &[u8],
) -> Outcome<FileId> {
    let id = FileId::new(fresh_id(edit)?);
    edit.run(
        "INSERT INTO file (id, filename, content_type, content) VALUES (?1, ?2, ?3, ?4)",
        (id, filename, content_type, content),
    )?;
    Ok(id)
}

/// The same for a file to which links last for so many seconds only.
pub(crate) fn add_brief(
    edit: &Edit<'_>,
    filename: &str,
    content_type: &str,
    content: &[u8],
    seconds: i64,
) -> Outcome<FileId> {
    let id = add(edit, filename, content_type, content)?;
    edit.run(
        "UPDATE file SET link_seconds = ?2 WHERE id = ?1",
        (id, seconds),
    )?;
    Ok(id)
}

/// A number that no file had, has or will have, not even one that was there before a snapshot was restored or everything was
/// reset, which both count from an earlier number again: links to such a file may still be good. So it is counted on in
/// the upper bits, which keeps files in order, and the lower ones are random.
fn fresh_id(edit: &Edit<'_>) -> Outcome<i64> {
    let low = u32::from_le_bytes(random()?);
    let count = edit.next_number("file", 7_700_001)?;
    Ok(count << 32 | i64::from(low))
}

/// Removes a file: links to it lead to nothing from then on.
pub(crate) fn remove(edit: &Edit<'_>, id: FileId) -> Outcome<()> {
    edit.run("DELETE FROM file WHERE id = ?1", [id])?;
    Ok(())
}

/// The name of a file, if there is one with this id.
pub(crate) fn filename(view: &View<'_>, id: FileId) -> Outcome<Option<String>> {
    view.value("SELECT filename FROM file WHERE id = ?1", [id])
}

pub(crate) fn find(view: &View<'_>, id: FileId) -> Outcome<Option<File>> {
    let length = "SELECT length(content) FROM file WHERE id = ?1";
    grow_answer(view.value::<usize>(length, [id])?.unwrap_or_default())?;
    let sql = "SELECT filename, content_type, content, link_seconds FROM file WHERE id = ?1";
    let mut statement = view.sql().prepare_cached(sql)?;
    let file = statement.query_row([id], |row| {
        Ok(File {
            filename: row.get(0)?,
            content_type: row.get(1)?,
            content: row.get(2)?,
            link_seconds: row.get(3)?,
        })
    });
    Ok(file.optional()?)
}

/// The secret that links are signed with: made once, and the same whenever the database is opened again.
pub(crate) fn secret(edit: &Edit<'_>) -> Outcome<Vec<u8>> {
    if let Some(secret) = edit.value("SELECT secret FROM file_secret", [])? {
        return Ok(secret);
    }
    let fresh = random::<32>()?;
    edit.run(
        "INSERT INTO file_secret (id, secret) VALUES (1, ?1)",
        [fresh],
    )?;
    Ok(fresh.to_vec())
}
