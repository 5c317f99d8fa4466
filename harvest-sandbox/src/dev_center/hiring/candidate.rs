//! One candidate.

use askama::Template;

use super::call::calls;
use super::candidates::how_far;
use super::custom_values::{self, Shown};
use super::feed::{self, Entry};
use super::files::{self, File};
use super::frame::{self, Hiring};
use super::names::{name, names, user};
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::access::Actor;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate, Contact, Employment};
use crate::domain::job_stages::JOB_STAGE;
use crate::domain::jobs::JOB;
use crate::domain::rejection_reasons::REJECTION_REASON;
use crate::domain::sources::SOURCE;
use crate::domain::tags::TAG;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;
use crate::store::View;

/// Applications on the page: a person has a few.
const MOST_APPLICATIONS: usize = 50;

#[derive(Template)]
#[template(path = "hiring/candidate.html")]
struct Page {
    frame: Frame,
    hiring: Hiring,
    id: i64,
    name: String,
    candidate: Candidate,
    recruiter: Option<String>,
    coordinator: Option<String>,
    contacts: Vec<(&'static str, Contact)>,
    tags: Vec<String>,
    custom_fields: Vec<Shown>,
    applications: Vec<Applied>,
    files: Vec<File>,
    feed: Vec<Entry>,
    feed_page: usize,
    feed_pages: usize,
    employments: Vec<Employment>,
}

/// An application, with the names of what it refers to.
struct Applied {
    id: i64,
    application: Application,
    /// Ids and names.
    jobs: Vec<(i64, String)>,
    how_far: String,
    source: Option<String>,
    reason: Option<String>,
    custom_fields: Vec<Shown>,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    frame::show(
        visit,
        "Candidate",
        Section::Candidates,
        |view, frame, mut hiring| {
            let row = hiring.viewer.row(view, &CANDIDATE, id)?;
            let row = row.ok_or_else(Refusal::not_found)?;
            let mut candidate: Candidate = row.state()?;
            let viewer = &hiring.viewer;
            let applications = applications(view, viewer, id)?;
            let audience = viewer.audience(view, id)?;
            let theirs = applications.iter().map(|it| &it.application.attachments);
            let attached = candidate.attachments.iter().chain(theirs.flatten());
            let files = files::of(visit, view, attached.filter(|it| it.is_for(audience)))?;
            let feed = feed::read(view, viewer, id)?;
            let (feed, feed_page, feed_pages) = feed::page(feed, visit.page());
            hiring.calls = calls(visit, paths(id));
            Ok(Page {
                id,
                name: candidate.name(),
                recruiter: user(view, candidate.recruiter_id)?,
                coordinator: user(view, candidate.coordinator_id)?,
                contacts: contacts(&mut candidate),
                tags: names(view, &TAG, &candidate.tag_ids)?,
                custom_fields: custom_values::of(view, "candidate", &candidate.custom_fields)?,
                employments: std::mem::take(&mut candidate.employments),
                applications,
                files,
                feed,
                feed_page,
                feed_pages,
                candidate,
                frame,
                hiring,
            })
        },
    )
}

/// The paths of the calls that read the page.
fn paths(id: i64) -> [String; 5] {
    [
        format!("/v1/candidates/{id}"),
        format!("/v1/candidates/{id}/activity_feed"),
        format!("/v3/candidates?ids={id}"),
        format!("/v3/applications?candidate_ids={id}"),
        format!("/v3/notes?candidate_ids={id}"),
    ]
}

/// The applications that may be seen, latest first.
fn applications(view: &View<'_>, viewer: &Actor, candidate_id: i64) -> Outcome<Vec<Applied>> {
    let hidden = viewer.hidden_applications(view, candidate_id)?;
    let condition = format!("candidate_id = ?1 ORDER BY id DESC LIMIT {MOST_APPLICATIONS}");
    let all = view.states::<Application>(&APPLICATION, &condition, [candidate_id])?;
    let seen = all.into_iter().filter(|(id, _)| !hidden.contains(id));
    seen.map(|(id, application)| {
        let stage = name(view, &JOB_STAGE, application.stage_id)?;
        let job_ids = application.job_ids.iter();
        let jobs = job_ids.map(|id| Ok((*id, name(view, &JOB, Some(*id))?.unwrap_or_default())));
        Ok(Applied {
            id,
            jobs: jobs.collect::<Outcome<_>>()?,
            how_far: how_far(&application, stage),
            source: name(view, &SOURCE, application.source_id)?,
            reason: name(view, &REJECTION_REASON, application.rejection_reason_id)?,
            custom_fields: custom_values::of(view, "application", &application.custom_fields)?,
            application,
        })
    })
    .collect()
}

/// All ways to reach the candidate, each with what it is.
fn contacts(candidate: &mut Candidate) -> Vec<(&'static str, Contact)> {
    let all = [
        ("E-mail", &mut candidate.email_addresses),
        ("Phone", &mut candidate.phone_numbers),
        ("Address", &mut candidate.addresses),
        ("Website", &mut candidate.website_addresses),
        ("Social media", &mut candidate.social_media_addresses),
    ];
    let all = all.into_iter();
    let all = all.flat_map(|(what, of)| std::mem::take(of).into_iter().map(move |it| (what, it)));
    all.collect()
}
