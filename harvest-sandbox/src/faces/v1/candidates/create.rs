//! Requests that add candidates and prospects.

use serde::Deserialize;

use super::fields::Fields;
use super::history::{EducationInput, EmploymentInput};
use crate::domain::applications::NewApplication;
use crate::domain::candidates::{self, CANDIDATE, NewCandidate, NewNote};
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

/// The names of v1 for what the domain takes.
type Names = &'static [(&'static str, &'static str)];

pub(super) fn candidate(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    let applications = std::mem::take(&mut body.applications);
    let applications = applications.into_iter().enumerate();
    let applications = applications
        .map(|(place, one)| one.read(&format!("applications.{place}."), &mut problems))
        .collect();
    create(cx, body, applications, &problems, &[])
}

/// A prospect without an application in the body gets one all the same: a person is a prospect by an application.
pub(super) fn prospect(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    let application = body.application.take().unwrap_or_default();
    let applications = vec![application.read("application.", &mut problems)];
    let names = &[("applications.0.", "application.")];
    create(cx, body, applications, &problems, names)
}

/// `problems` are those of attached files so far.
fn create(
    cx: &mut Writing<'_, '_>,
    body: Create,
    applications: Vec<NewApplication>,
    problems: &Problems,
    names: Names,
) -> Outcome {
    problems.check()?;
    let educations = body.educations.into_iter();
    let notes = body.activity_feed_notes.into_iter().map(|note| NewNote {
        user_id: note.user_id,
        body: note.body,
        visibility: note.visibility,
    });
    let employments = body.employments.into_iter();
    let new = NewCandidate {
        fields: body.fields.read(),
        educations: educations.map(EducationInput::read).collect(),
        employments: employments.map(EmploymentInput::read).collect(),
        notes: notes.collect(),
        applications,
    };
    let actor = cx.user.clone();
    let created = candidates::create(cx, &actor, new);
    let id = created.map_err(|refusal| {
        let notes = [("notes.", "activity_feed_notes.")];
        let refusal = refusal.renamed(applications::NAMES);
        refusal.renamed(names).renamed(&notes)
    })?;
    cx.created(&CANDIDATE, id)
}
