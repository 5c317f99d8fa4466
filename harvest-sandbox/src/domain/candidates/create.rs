//! Adding candidates and prospects.

use super::fields::link;
use super::history::{NewEducation, NewEmployment};
use super::{CANDIDATE, Candidate, Fields};
use crate::clock::stamp;
use crate::domain::access::Actor;
use crate::domain::activity_feed::{self, About, Activity, Note};
use crate::domain::applications::{self, NewApplication};
use crate::domain::users::USER;
use crate::refusal::{Outcome, Problems};
use crate::store::Edit;

/// A candidate to add, with what belongs to the candidate from the beginning.
#[derive(Default)]
pub(crate) struct NewCandidate {
    pub(crate) fields: Fields,
    pub(crate) educations: Vec<NewEducation>,
    pub(crate) employments: Vec<NewEmployment>,
    pub(crate) notes: Vec<NewNote>,
    pub(crate) applications: Vec<NewApplication>,
}

/// A note to write into the feed of a candidate.
pub(crate) struct NewNote {
    /// The author.
    pub(crate) user_id: i64,
    pub(crate) body: String,
    /// `admin_only`, `private` or `public`.
    pub(crate) visibility: String,
}

impl NewNote {
    pub(super) fn at(self, now: &str) -> Note {
        Note {
            created_at: now.to_owned(),
            body: self.body,
            user_id: Some(self.user_id),
            visibility: self.visibility,
        }
    }
}

/// Adds a candidate. Problems are at the names of the fields, and below `educations.0.`, `employments.0.`, `notes.0.` and
/// `applications.0.`.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, new: NewCandidate) -> Outcome<i64> {
    let now = stamp(edit.now());
    let mut problems = Problems::default();
    let mut candidate = Candidate {
        created_at: now.clone(),
        updated_at: now.clone(),
        last_activity: now.clone(),
        can_email: true,
        ..Candidate::default()
    };
    let linked = new.fields.linked_user_ids.clone();
    new.fields.apply(edit, &mut candidate, &mut problems)?;
    for (place, education) in new.educations.into_iter().enumerate() {
        let at = format!("educations.{place}.");
        let education = education.check(edit, &at, &mut problems)?;
        candidate.educations.push(education);
    }
    for (place, employment) in new.employments.into_iter().enumerate() {
        let at = format!("employments.{place}.");
        let employment = employment.check(edit, &at, &mut problems)?;
        candidate.employments.push(employment);
    }
    let mut applications = Vec::new();
    for (place, application) in new.applications.iter().enumerate() {
        let at = format!("applications.{place}.");
        applications.push(application.check(edit, actor, &at, &mut problems)?);
    }
    for (place, note) in new.notes.iter().enumerate() {
        if !edit.exists(&USER, note.user_id)? {
            problems.unknown(&format!("notes.{place}.user_id"), "A user");
        }
    }
    problems.check()?;

    let id = edit.new_id(&CANDIDATE)?;
    candidate.save(edit, id)?;
    link(edit, id, &linked.unwrap_or_default())?;
    for application in applications {
        applications::add(edit, id, application)?;
    }
    let added = Activity {
        created_at: now.clone(),
        subject: Some("Candidate Added".to_owned()),
        body: format!("{} was added through the API", candidate.name()),
        user_id: Some(actor.id),
    };
    activity_feed::record(edit, id, &About::candidate(), &added)?;
    let about = About::deduced(edit, actor, id)?;
    for note in new.notes {
        activity_feed::record(edit, id, &about, &note.at(&now))?;
    }
    Ok(id)
}
