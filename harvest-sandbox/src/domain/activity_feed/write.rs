//! Writing entries that name a candidate themselves, and may name one who is not there.

use serde::{Deserialize, Serialize};

use super::{About, Activity, Email, Note, record};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId, Owner, Scope, Visibility};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::users::USER;
use crate::refusal::{Outcome, Problems, Why};
use crate::store::{Edit, Kind};

/// Entries of feeds as records: they are written by [`record`], and change no more.
pub(crate) static ACTIVITY: Kind = Kind {
    table: "activity",
    first_id: 4_226_801_350,
    // As in a feed: see `about.rs`. An application that is gone hides nothing.
    visibility: Visibility::of(&[
        Owner::Query(Scope::Candidate, "SELECT nullif(activity.candidate_id, 0)"),
        Owner::Query(
            Scope::Application,
            "SELECT of_it.id FROM application AS of_it
             WHERE of_it.id = activity.state ->> 'application_id'",
        ),
        Owner::Each(
            Scope::Job,
            "SELECT value AS id FROM json_each(activity.state, '$.job_ids')",
        ),
        // What may be about anything is for those who see all applications.
        Owner::Each(
            Scope::Application,
            "SELECT of_candidate.id FROM application AS of_candidate
             WHERE of_candidate.candidate_id = activity.candidate_id
             AND activity.state ->> 'application_id' IS NULL
               AND activity.state ->> 'job_ids' IS NULL",
        ),
    ])
    .for_admins_of("activity.candidate_id"),
};

/// The candidate of entries that belong to none.
const NO_CANDIDATE: i64 = 0;

/// An entry to write.
pub(crate) struct NewEntry {
    pub(crate) candidate_id: ClientId,
    pub(crate) application_id: Option<ClientId>,
    /// The author; the actor, if there is none.
    pub(crate) user_id: Option<i64>,
    pub(crate) body: String,
    pub(crate) content: NewContent,
}

/// The part of an entry that depends on its sort.
pub(crate) enum NewContent {
    /// With `admin_only`, `private` or `public` as its visibility.
    Note {
        visibility: String,
    },
    Activity {
        subject: Option<String>,
    },
    Email(NewEnvelope),
}

/// The addresses and the subject of a mail.
pub(crate) struct NewEnvelope {
    pub(crate) subject: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) cc: Vec<String>,
}

/// What an entry has beside its content: the id that was sent for a candidate who is not there.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Orphan {
    #[serde(default)]
    pub(crate) orphan_of: Option<ClientId>,
}

/// Writes an entry. As the service was seen to do, one about a candidate who is not there (or whom the actor may not see,
/// which is the same) is kept, and belongs to no candidate. Problems are at `user_id` and `application_id`.
pub(crate) fn write(edit: &mut Edit<'_>, actor: &Actor, new: NewEntry) -> Outcome<i64> {
    let mut problems = Problems::default();
    let user_id = new.user_id.unwrap_or(actor.id);
    if !edit.exists(&USER, user_id)? {
        problems.unknown("user_id", "A user");
    }
    let candidate = new
        .candidate_id
        .find::<Candidate>(edit, actor, &CANDIDATE)?;
    let candidate_id = candidate.as_ref().map(|(id, _)| *id);
    let mut about = match candidate_id {
        Some(id) => About::deduced(edit, actor, id)?,
        None => About::candidate(),
    };
    if let Some(id) = new.application_id {
        match id.find::<Application>(edit, actor, &APPLICATION)? {
            None => problems.unknown("application_id", "An application"),
            Some((_, it)) if Some(it.candidate_id) != candidate_id => {
                let why = Why::NotOf("application", "this candidate");
                problems.add("application_id", why);
            }
            Some((id, _)) => about = About::application(id),
        }
    }
    problems.check()?;
    let of = candidate_id.unwrap_or(NO_CANDIDATE);
    let created_at = stamp(edit.now());
    let (body, user_id) = (new.body, Some(user_id));
    let id = match new.content {
        NewContent::Note { visibility } => {
            let note = Note {
                created_at,
                body,
                user_id,
                visibility,
            };
            record(edit, of, &about, &note)?
        }
        NewContent::Activity { subject } => {
            let activity = Activity {
                created_at,
                subject,
                body,
                user_id,
            };
            record(edit, of, &about, &activity)?
        }
        NewContent::Email(envelope) => {
            let email = Email {
                created_at,
                subject: envelope.subject,
                body,
                to: envelope.to,
                from: envelope.from,
                cc: envelope.cc,
                user_id,
            };
            record(edit, of, &about, &email)?
        }
    };
    if let Some((id, mut candidate)) = candidate {
        candidate.save_changed(edit, id)?;
    } else {
        let sql = "UPDATE activity SET state = json_set(state, '$.orphan_of', CAST(?2 AS INTEGER))
                   WHERE id = ?1";
        edit.run(sql, (id, new.candidate_id.to_string()))?;
    }
    Ok(id)
}
