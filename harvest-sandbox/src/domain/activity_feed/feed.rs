//! Feeds: writing entries, moving and removing them, and reading them.

use rusqlite::Params;
use serde::{Deserialize, Serialize};

use super::about::{About, Reader};
use super::entry::{Entry, Note};
use crate::clock::stamp;
use crate::refusal::{Outcome, broken};
use crate::store::{AnswerLength, Edit, View};

/// The section of notes that were written with a rejection. They are shown among the others, and erased apart from them.
const REJECTION_NOTES: &str = "rejection_notes";

/// An entry, as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    #[serde(flatten)]
    entry: T,
    #[serde(flatten)]
    about: About,
}

/// What decides who may read an entry of any section.
#[derive(Deserialize)]
struct Access {
    #[serde(flatten)]
    about: About,
    /// None of entries of a section that has no such choice.
    visibility: Option<String>,
}

/// Writes an entry into the feed of a candidate, and says under which id.
pub(crate) fn record<T: Entry>(
    edit: &Edit<'_>,
    candidate_id: i64,
    about: &About,
    entry: &T,
) -> Outcome<i64> {
    record_in(edit, candidate_id, T::SECTION, about, entry)
}

/// Writes down what was noted when the candidate was rejected.
pub(crate) fn record_rejection_note(
    edit: &Edit<'_>,
    candidate_id: i64,
    about: &About,
    note: &Note,
) -> Outcome<i64> {
    record_in(edit, candidate_id, REJECTION_NOTES, about, note)
}

fn record_in<T: Entry>(
    edit: &Edit<'_>,
    candidate_id: i64,
    section: &str,
    about: &About,
    entry: &T,
) -> Outcome<i64> {
    let id = edit.next_number("activity", 4_226_801_350)?;
    let about = about.clone();
    let state = serde_json::to_string(&Kept { entry, about })
        .map_err(|error| broken(format!("an entry: {error}")))?;
    edit.run(
        "INSERT INTO activity (id, candidate_id, section, state) VALUES (?1, ?2, ?3, ?4)",
        (id, candidate_id, section, state),
    )?;
    Ok(id)
}

/// Removes the feed of a candidate.
pub(crate) fn remove(edit: &Edit<'_>, candidate_id: i64) -> Outcome<()> {
    edit.run(
        "DELETE FROM activity WHERE candidate_id = ?1",
        [candidate_id],
    )?;
    Ok(())
}

/// Erases one section of a feed, or the activities of one subject: what a user may not read stays.
pub(crate) fn erase(
    edit: &Edit<'_>,
    reader: &Reader,
    candidate_id: i64,
    section: &str,
    subject: Option<&str>,
) -> Outcome<()> {
    let sql = "SELECT id, state FROM activity WHERE candidate_id = ?1 AND section = ?2
               AND (?3 IS NULL OR state ->> 'subject' = ?3)";
    for (id, state) in entries(edit, sql, (candidate_id, section, subject))? {
        let Access { about, visibility } = read(&state)?;
        let is_shown = visibility.is_none_or(|it| reader.audience.may_read(&it));
        if is_shown && !reader.hides(&about) {
            edit.run("DELETE FROM activity WHERE id = ?1", [id])?;
        }
    }
    Ok(())
}

/// Takes back the mails about an application that have yet to be sent.
pub(crate) fn withdraw(edit: &Edit<'_>, candidate_id: i64, application_id: i64) -> Outcome<()> {
    edit.run(
        "DELETE FROM activity WHERE candidate_id = ?1 AND section = 'emails'
         AND state ->> 'application_id' = ?2 AND state ->> 'created_at' > ?3",
        (candidate_id, application_id, stamp(edit.now())),
    )?;
    Ok(())
}

/// Gives the feed of a candidate to another, into whose own it goes.
pub(crate) fn move_to(edit: &Edit<'_>, from: i64, to: i64) -> Outcome<()> {
    edit.run(
        "UPDATE activity SET candidate_id = ?2 WHERE candidate_id = ?1",
        (from, to),
    )?;
    Ok(())
}

/// An application goes. What was written about it stays, for those who may see the jobs that it was on; and so does what
/// may have been written about it.
pub(crate) fn outlive_application(
    edit: &Edit<'_>,
    candidate_id: i64,
    application_id: i64,
    job_ids: &[i64],
) -> Outcome<()> {
    let sql = "SELECT id, state FROM activity WHERE candidate_id = ?1
               AND iif(state ->> 'application_id' IS NULL, state ->> 'job_ids' IS NULL,
                       state ->> 'application_id' = ?2)";
    for (id, state) in entries(edit, sql, (candidate_id, application_id))? {
        let mut about: About = read(&state)?;
        about.add_jobs(job_ids);
        let job_ids = serde_json::to_string(&about.job_ids).map_err(broken)?;
        let sql =
            "UPDATE activity SET state = json_set(state, '$.job_ids', json(?2)) WHERE id = ?1";
        edit.run(sql, (id, job_ids))?;
    }
    Ok(())
}

/// The entries of a section that a reader may read, latest first.
#[cfg(feature = "dev-center")]
pub(crate) fn read_by<T: Entry>(
    view: &View<'_>,
    reader: &Reader,
    candidate_id: i64,
) -> Outcome<Vec<(i64, T)>> {
    let mut entries = Vec::new();
    let mut length = AnswerLength::default();
    each_read_by(view, reader, candidate_id, &mut length, |id, entry| {
        entries.push((id, entry));
        Ok(())
    })?;
    Ok(entries)
}

/// Does something with each of them, which counts as a part of an answer.
pub(crate) fn each_read_by<T: Entry>(
    view: &View<'_>,
    reader: &Reader,
    candidate_id: i64,
    length: &mut AnswerLength,
    mut act: impl FnMut(i64, T) -> Outcome<()>,
) -> Outcome<()> {
    let sql = "SELECT id, state FROM activity
               WHERE candidate_id = ?1 AND (section = ?2 OR ?2 = 'notes' AND section = ?3)
               ORDER BY state ->> 'created_at' DESC, id DESC";
    let mut statement = view.sql().prepare_cached(sql)?;
    let mut rows = statement.query((candidate_id, T::SECTION, REJECTION_NOTES))?;
    let now = stamp(view.now());
    while let Some(row) = rows.next()? {
        let state: String = row.get(1)?;
        let Kept::<T> { entry, about } = read(&state)?;
        if entry.is_due(&now) && reader.may_read(&entry, &about) {
            length.add(state.len())?;
            act(row.get(0)?, entry)?;
        }
    }
    Ok(())
}

/// Ids and states of the entries that a query selects.
fn entries(view: &View<'_>, sql: &str, params: impl Params) -> Outcome<Vec<(i64, String)>> {
    let mut statement = view.sql().prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read<'de, T: Deserialize<'de>>(state: &'de str) -> Outcome<T> {
    serde_json::from_str(state)
        .map_err(|error| broken(format!("an entry: column {}", error.column())))
}
