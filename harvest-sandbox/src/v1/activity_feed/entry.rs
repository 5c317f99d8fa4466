//! The entries of a feed, and writing them.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::summary;
use crate::clock::{short_stamp, stamp};
use crate::refusal::{Outcome, broken};
use crate::store::{Edit, View};

/// The section of notes that were written with a rejection. They are shown among the others, and erased apart from them.
const REJECTION_NOTES: &str = "rejection_notes";

/// What an activity is called that moves an application from stage to stage.
pub(in crate::v1) const STAGE_CHANGE: &str = "Candidate Stage Change";

/// Something that stands in a feed.
pub(in crate::v1) trait Entry: Serialize + DeserializeOwned {
    /// Under which it stands.
    const SECTION: &'static str;

    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value>;

    /// Whether it stands there at this time.
    fn is_due(&self, _now: &str) -> bool {
        true
    }
}

/// Something that someone wrote about the candidate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Note {
    pub(in crate::v1) created_at: String,
    pub(in crate::v1) body: String,
    pub(in crate::v1) user_id: Option<i64>,
    /// `admin_only`, `private` or `public`.
    pub(in crate::v1) visibility: String,
}

/// A mail that was sent to the candidate, or will be at a time that was chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Email {
    pub(in crate::v1) created_at: String,
    pub(in crate::v1) subject: String,
    pub(in crate::v1) body: String,
    pub(in crate::v1) to: String,
    pub(in crate::v1) from: String,
    pub(in crate::v1) cc: Vec<String>,
    pub(in crate::v1) user_id: Option<i64>,
    /// The application whose rejection it tells of.
    pub(in crate::v1) application_id: Option<i64>,
}

/// Something that was done to the candidate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Activity {
    pub(in crate::v1) created_at: String,
    pub(in crate::v1) subject: Option<String>,
    pub(in crate::v1) body: String,
    pub(in crate::v1) user_id: Option<i64>,
}

impl Entry for Note {
    const SECTION: &'static str = "notes";

    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": short_stamp(&self.created_at),
            "body": self.body,
            "user": *summary::user(view, self.user_id)?,
            "private": self.visibility == "private",
            // Misspelled first, spelled right later; both are sent.
            "visiblity": self.visibility,
            "visibility": self.visibility,
        }))
    }
}

impl Entry for Email {
    const SECTION: &'static str = "emails";

    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": short_stamp(&self.created_at),
            "subject": self.subject,
            "body": self.body,
            "to": self.to,
            "from": self.from,
            // A text here, though a list where the mail is sent.
            "cc": self.cc.join(", "),
            "user": *summary::user(view, self.user_id)?,
        }))
    }

    fn is_due(&self, now: &str) -> bool {
        self.created_at.as_str() <= now
    }
}

impl Entry for Activity {
    const SECTION: &'static str = "activities";

    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": short_stamp(&self.created_at),
            "subject": self.subject,
            "body": self.body,
            "user": *summary::user(view, self.user_id)?,
        }))
    }
}

/// Writes an entry into the feed of a candidate, and says under which id.
pub(in crate::v1) fn record<T: Entry>(
    edit: &Edit<'_>,
    candidate_id: i64,
    entry: &T,
) -> Outcome<i64> {
    record_in(edit, candidate_id, T::SECTION, entry)
}

/// Writes down what was noted when the candidate was rejected.
pub(in crate::v1) fn record_rejection_note(
    edit: &Edit<'_>,
    candidate_id: i64,
    note: &Note,
) -> Outcome<i64> {
    record_in(edit, candidate_id, REJECTION_NOTES, note)
}

fn record_in<T: Entry>(
    edit: &Edit<'_>,
    candidate_id: i64,
    section: &str,
    entry: &T,
) -> Outcome<i64> {
    let id = edit.next_number("activity", 4_226_801_350)?;
    let state =
        serde_json::to_string(entry).map_err(|error| broken(format!("an entry: {error}")))?;
    edit.run(
        "INSERT INTO activity (id, candidate_id, section, state) VALUES (?1, ?2, ?3, ?4)",
        (id, candidate_id, section, state),
    )?;
    Ok(id)
}

/// Removes the feed of a candidate.
pub(in crate::v1) fn remove(edit: &Edit<'_>, candidate_id: i64) -> Outcome<()> {
    edit.run(
        "DELETE FROM activity WHERE candidate_id = ?1",
        [candidate_id],
    )?;
    Ok(())
}

/// Removes the activities of one subject.
pub(in crate::v1) fn remove_activities(
    edit: &Edit<'_>,
    candidate_id: i64,
    subject: &str,
) -> Outcome<()> {
    edit.run(
        "DELETE FROM activity WHERE candidate_id = ?1 AND section = ?2 AND state ->> 'subject' = ?3",
        (candidate_id, Activity::SECTION, subject),
    )?;
    Ok(())
}

/// Removes one section of it.
pub(in crate::v1) fn remove_section(
    edit: &Edit<'_>,
    candidate_id: i64,
    section: &str,
) -> Outcome<()> {
    edit.run(
        "DELETE FROM activity WHERE candidate_id = ?1 AND section = ?2",
        (candidate_id, section),
    )?;
    Ok(())
}

/// Takes back the mails about an application that have yet to be sent.
pub(in crate::v1) fn withdraw(
    edit: &Edit<'_>,
    candidate_id: i64,
    application_id: i64,
) -> Outcome<()> {
    edit.run(
        "DELETE FROM activity WHERE candidate_id = ?1 AND section = 'emails'
         AND state ->> 'application_id' = ?2 AND state ->> 'created_at' > ?3",
        (candidate_id, application_id, stamp(edit.now())),
    )?;
    Ok(())
}

/// Gives the feed of a candidate to another, into whose own it goes.
pub(in crate::v1) fn move_to(edit: &Edit<'_>, from: i64, to: i64) -> Outcome<()> {
    edit.run(
        "UPDATE activity SET candidate_id = ?2 WHERE candidate_id = ?1",
        (from, to),
    )?;
    Ok(())
}

/// The entries of a section, latest first.
pub(super) fn shown<T: Entry>(view: &View<'_>, candidate_id: i64) -> Outcome<Vec<Value>> {
    let sql = "SELECT id, state FROM activity
               WHERE candidate_id = ?1 AND (section = ?2 OR ?2 = 'notes' AND section = ?3)
               ORDER BY state ->> 'created_at' DESC, id DESC";
    let mut statement = view.sql().prepare_cached(sql)?;
    let mut rows = statement.query((candidate_id, T::SECTION, REJECTION_NOTES))?;
    let now = stamp(view.now());
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let state: String = row.get(1)?;
        let entry: T = serde_json::from_str(&state)
            .map_err(|error| broken(format!("an entry: column {}", error.column())))?;
        if entry.is_due(&now) {
            entries.push(entry.show(view, row.get(0)?)?);
        }
    }
    Ok(entries)
}
