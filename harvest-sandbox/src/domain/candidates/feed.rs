//! Writing notes and mails into the feed of a candidate.

use super::{Candidate, NewNote, seen};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::{About, Email, Entry, Note, Reader, record};
use crate::domain::users::USER;
use crate::refusal::{Outcome, Problems};
use crate::store::Edit;

/// An entry of a feed that was just written.
pub(crate) struct Written<T> {
    pub(crate) id: i64,
    pub(crate) entry: T,
    /// Whether the actor may read it in the feed.
    pub(crate) is_readable: bool,
}

/// Writes a note. Problems are at `user_id`.
pub(crate) fn add_note(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    new: NewNote,
) -> Outcome<Written<Note>> {
    let (id, candidate) = seen(edit, actor, candidate)?;
    check_author(edit, new.user_id)?;
    let note = new.at(&stamp(edit.now()));
    write(edit, actor, (id, candidate), note)
}

/// A mail to write into the feed of a candidate.
pub(crate) struct NewEmail {
    /// The sender.
    pub(crate) user_id: i64,
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) cc: Vec<String>,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// Writes a mail. Nothing is sent. Problems are at `user_id`.
pub(crate) fn add_email(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    new: NewEmail,
) -> Outcome<Written<Email>> {
    let (id, candidate) = seen(edit, actor, candidate)?;
    check_author(edit, new.user_id)?;
    let email = Email {
        created_at: stamp(edit.now()),
        subject: new.subject,
        body: new.body,
        to: new.to,
        from: new.from,
        cc: new.cc,
        user_id: Some(new.user_id),
    };
    write(edit, actor, (id, candidate), email)
}

fn check_author(edit: &Edit<'_>, user_id: i64) -> Outcome<()> {
    let mut problems = Problems::default();
    if !edit.exists(&USER, user_id)? {
        problems.unknown("user_id", "A user");
    }
    problems.check()
}

fn write<T: Entry>(
    edit: &mut Edit<'_>,
    actor: &Actor,
    (candidate_id, mut candidate): (i64, Candidate),
    entry: T,
) -> Outcome<Written<T>> {
    let about = About::deduced(edit, actor, candidate_id)?;
    let id = record(edit, candidate_id, &about, &entry)?;
    candidate.save_changed(edit, candidate_id)?;
    let reader = Reader::of(edit, Some(actor), candidate_id)?;
    let is_readable = reader.may_read(&entry, &about);
    Ok(Written {
        id,
        entry,
        is_readable,
    })
}
