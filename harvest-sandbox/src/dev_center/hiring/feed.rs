//! The activity feed of a candidate, as one list.

use super::names::{time, user};
use crate::domain::access::Actor;
use crate::domain::activity_feed::{Activity, Email, Note, Reader, read_by};
use crate::http::refusal::Outcome;
use crate::store::View;

/// Entries on a page.
const PER_PAGE: usize = 30;

/// A note, a mail or an activity.
pub(super) struct Entry {
    created_at: String,
    /// For people.
    pub(super) at: String,
    pub(super) what: &'static str,
    pub(super) by: Option<String>,
    /// Of a mail or an activity.
    pub(super) subject: Option<String>,
    pub(super) body: String,
    /// Of a note that not everyone may read: who may.
    pub(super) visibility: Option<String>,
}

/// All that the viewer may read, latest first.
pub(super) fn read(view: &View<'_>, viewer: &Actor, candidate_id: i64) -> Outcome<Vec<Entry>> {
    let reader = Reader::of(view, Some(viewer), candidate_id)?;
    let mut all = Vec::new();
    for (_, note) in read_by::<Note>(view, &reader, candidate_id)? {
        all.push(Entry {
            at: time(&note.created_at),
            created_at: note.created_at,
            what: "Note",
            by: user(view, note.user_id)?,
            subject: None,
            body: note.body,
            visibility: match note.visibility.as_str() {
                "admin_only" => Some("Admins only".to_owned()),
                "private" => Some("Private".to_owned()),
                _ => None,
            },
        });
    }
    for (_, mail) in read_by::<Email>(view, &reader, candidate_id)? {
        all.push(Entry {
            at: time(&mail.created_at),
            created_at: mail.created_at,
            what: "E-mail",
            by: user(view, mail.user_id)?,
            subject: Some(mail.subject),
            body: mail.body,
            visibility: None,
        });
    }
    for (_, activity) in read_by::<Activity>(view, &reader, candidate_id)? {
        all.push(Entry {
            at: time(&activity.created_at),
            created_at: activity.created_at,
            what: "Activity",
            by: user(view, activity.user_id)?,
            subject: activity.subject,
            body: activity.body,
            visibility: None,
        });
    }
    all.sort_by(|one, other| other.created_at.cmp(&one.created_at));
    Ok(all)
}

/// A page of them, its number, and how many there are.
pub(super) fn page(mut all: Vec<Entry>, number: usize) -> (Vec<Entry>, usize, usize) {
    let pages = all.len().div_ceil(PER_PAGE).max(1);
    let number = number.min(pages);
    let mut rest = all.split_off(((number - 1) * PER_PAGE).min(all.len()));
    rest.truncate(PER_PAGE);
    (rest, number, pages)
}
