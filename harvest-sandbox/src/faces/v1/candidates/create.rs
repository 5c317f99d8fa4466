//! Adding candidates and prospects.

use serde::Deserialize;

use super::fields::{EducationInput, EmploymentInput, Fields};
use crate::domain;
use crate::domain::activity_feed;
use crate::domain::activity_feed::{About, Activity, Note};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::users::USER;
use crate::faces::Writing;
use crate::faces::v1::applications;
use crate::http::refusal::Outcome;
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Create {
    #[serde(flatten)]
    fields: Fields,
    #[serde(default)]
    educations: Vec<EducationInput>,
    #[serde(default)]
    employments: Vec<EmploymentInput>,
    #[serde(default)]
    activity_feed_notes: Vec<NoteInput>,
    /// Of candidates, at least one.
    #[serde(default)]
    applications: Vec<applications::Create>,
    /// Of prospects, at most one.
    application: Option<applications::Create>,
}

#[derive(Deserialize)]
struct NoteInput {
    user_id: i64,
    body: String,
    visibility: String,
}

pub(super) fn candidate(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    create(cx, body, |place| format!("applications.{place}."))
}

/// A prospect without an application in the body gets one all the same: a person is a prospect by an application.
pub(super) fn prospect(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut body: Create = cx.call.body()?;
    let application = body.application.take().unwrap_or_default();
    body.applications = vec![application.prospect()];
    create(cx, body, |_| "application.".to_owned())
}

/// `at` is where in the body an application stands.
fn create(cx: &mut Writing<'_, '_>, body: Create, at: fn(usize) -> String) -> Outcome {
    let now = cx.stamp();
    let user = cx.user.clone();
    let mut problems = Problems::default();
    let mut candidate = Candidate {
        created_at: now.clone(),
        updated_at: now.clone(),
        last_activity: now.clone(),
        can_email: true,
        ..Candidate::default()
    };
    body.fields.apply(cx, &mut candidate, &mut problems)?;
    for (place, education) in body.educations.iter().enumerate() {
        let at = format!("educations.{place}.");
        let education = education.check(cx, &at, &mut problems)?;
        candidate.educations.push(education);
    }
    for (place, employment) in body.employments.into_iter().enumerate() {
        let at = format!("employments.{place}.");
        let employment = employment.check(cx, &at, &mut problems)?;
        candidate.employments.push(employment);
    }
    let mut applications = Vec::new();
    for (place, application) in body.applications.iter().enumerate() {
        applications.push(application.check(cx, &user, &at(place), &mut problems)?);
    }
    for (place, note) in body.activity_feed_notes.iter().enumerate() {
        if !cx.exists(&USER, note.user_id)? {
            problems.unknown(&format!("activity_feed_notes.{place}.user_id"), "A user");
        }
    }
    problems.check()?;

    let id = cx.new_id(&CANDIDATE)?;
    candidate.save(cx, id)?;
    for application in applications {
        domain::applications::add(cx, id, application)?;
    }
    let added = Activity {
        created_at: now.clone(),
        subject: Some("Candidate Added".to_owned()),
        body: format!("{} was added through the API", candidate.name()),
        user_id: Some(user.id),
    };
    activity_feed::record(cx, id, &About::candidate(), &added)?;
    let about = About::deduced(cx, &user, id)?;
    for note in body.activity_feed_notes {
        let note = Note {
            created_at: now.clone(),
            body: note.body,
            user_id: Some(note.user_id),
            visibility: note.visibility,
        };
        activity_feed::record(cx, id, &about, &note)?;
    }
    cx.created(&CANDIDATE, id)
}
