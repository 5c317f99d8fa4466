//! Making appointments, moving and cancelling them.

use std::collections::HashSet;

use axum::http::StatusCode;
use serde::Deserialize;

use super::document;
use crate::clock;
use crate::domain::access::ClientId;
use crate::domain::activity_feed;
use crate::domain::activity_feed::{About, Activity};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::patch::{Change, replace};
use crate::domain::scheduled_interviews::{
    Interviewer, SCHEDULED_INTERVIEW, ScheduledInterview, Step, Time,
};
use crate::faces::Writing;
use crate::faces::v1::users::Selector;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::{Problems, Refusal};
use crate::store::{Document, View};

#[derive(Deserialize)]
struct Create {
    application_id: ClientId,
    interview_id: ClientId,
    #[serde(flatten)]
    fields: Fields,
}

/// What can be said of an appointment, and changed later.
#[derive(Deserialize)]
struct Fields {
    interviewers: Option<Vec<Input>>,
    start: Option<String>,
    end: Option<String>,
    external_event_id: Option<String>,
    #[serde(default)]
    location: Change<String>,
    #[serde(default)]
    video_conferencing_url: Change<String>,
}

#[derive(Deserialize)]
struct Input {
    #[serde(flatten)]
    user: Selector,
    response_status: String,
}

/// The first version, which may answer before all is ready, is always ready here.
pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    let field = ("application_id", "An application");
    let application = cx.record_in_body(&APPLICATION, body.application_id, field, &mut problems)?;
    problems.check()?;
    let (application_id, application) = application.ok_or_else(Refusal::not_found)?;
    require_application(cx, &application)?;
    if application.status != "active" {
        problems.add("application_id", "This application is not active");
    }
    let step = Step::named(cx, &cx.user, body.interview_id)?;
    match &step {
        None => problems.unknown("interview_id", "An interview"),
        Some((_, step)) if !application.job_ids.contains(&step.job_id) => {
            problems.add("interview_id", "Is no interview of the application's job");
        }
        Some((_, step)) if !step.schedulable => {
            problems.add("interview_id", "This interview takes no appointment");
        }
        Some(_) => {}
    }
    let now = cx.stamp();
    let mut interview = ScheduledInterview {
        application_id,
        interview_id: step.map(|(id, _)| id).unwrap_or_default(),
        external_event_id: None,
        start: Time::DateTime(String::new()),
        end: Time::DateTime(String::new()),
        location: None,
        video_conferencing_url: None,
        created_at: now.clone(),
        updated_at: now,
        organizer_id: Some(cx.user.id),
        interviewers: Vec::new(),
        by_api: true,
        written_up: false,
    };
    body.fields.apply(cx, None, &mut interview, &mut problems)?;
    problems.check()?;
    let id = cx.insert(&SCHEDULED_INTERVIEW, &interview)?;
    record(cx, &interview, "Interview Scheduled", "was scheduled")?;
    Ok(Reply::document(StatusCode::CREATED, &show(cx, id)?))
}

/// Whoever changes an appointment is its organizer from then on.
pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut interview) = own(cx)?;
    let body: Fields = cx.call.body()?;
    let mut problems = Problems::default();
    body.apply(cx, Some(id), &mut interview, &mut problems)?;
    problems.check()?;
    interview.organizer_id = Some(cx.user.id);
    interview.updated_at = cx.stamp();
    cx.save(&SCHEDULED_INTERVIEW, id, &interview)?;
    record(cx, &interview, "Interview Changed", "was changed")?;
    Ok(Reply::ok(&show(cx, id)?))
}

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, interview) = own(cx)?;
    cx.delete(&SCHEDULED_INTERVIEW, id)?;
    record(cx, &interview, "Interview Cancelled", "was cancelled")?;
    let message = format!("Interview {id} was deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}

/// The appointment in the path, if it may be changed at all: it was made by the API, and is not written up.
fn own(cx: &Writing<'_, '_>) -> Outcome<(i64, ScheduledInterview)> {
    let (id, interview): (i64, ScheduledInterview) =
        cx.record_in_path(&SCHEDULED_INTERVIEW, "id")?;
    require_application(cx, &cx.get(&APPLICATION, interview.application_id)?)?;
    if !interview.by_api {
        return Err(Refusal::whole(
            "Only interviews that were made by the API can be changed by it",
        ));
    }
    if interview.written_up {
        return Err(Refusal::whole("This interview is complete"));
    }
    Ok((id, interview))
}

/// 403 for those who see the application and may not manage it: that is a matter of its job, if it has one.
fn require_application(cx: &Writing<'_, '_>, application: &Application) -> Outcome<()> {
    match application.job_ids.first() {
        Some(job_id) => cx.user.require_job(cx, *job_id),
        None => Ok(()),
    }
}

fn show(view: &View<'_>, id: i64) -> Outcome<Document> {
    document::document(view, &view.require(&SCHEDULED_INTERVIEW, id)?)
}

/// It stands in the feed, and is the latest that happened to the application and the candidate.
fn record(
    cx: &mut Writing<'_, '_>,
    interview: &ScheduledInterview,
    subject: &str,
    what: &str,
) -> Outcome<()> {
    let mut application: Application = cx.get(&APPLICATION, interview.application_id)?;
    let candidate_id = application.candidate_id;
    application.last_activity_at = cx.stamp();
    application.save(cx, interview.application_id)?;
    let mut candidate: Candidate = cx.get(&CANDIDATE, candidate_id)?;
    candidate.save_changed(cx, candidate_id)?;
    let step = Step::find(cx, interview.interview_id)?;
    let step = (*step).as_ref();
    let name = step.map_or("An interview", |it| &it.name);
    let job_ids: Vec<i64> = step.map(|it| it.job_id).into_iter().collect();
    let about = About::application(interview.application_id).naming(&job_ids);
    let entry = Activity {
        created_at: cx.stamp(),
        subject: Some(subject.to_owned()),
        body: format!("{name} {what} through the API"),
        user_id: Some(cx.user.id),
    };
    activity_feed::record(cx, candidate_id, &about, &entry)?;
    Ok(())
}

impl Fields {
    /// Changes an appointment. `own` is its id, if it has one: no other may have its `external_event_id`.
    fn apply(
        self,
        view: &View<'_>,
        own: Option<i64>,
        interview: &mut ScheduledInterview,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let time = |text: Option<String>| text.and_then(|it| clock::parse(&it)).map(Time::DateTime);
        replace(&mut interview.start, time(self.start));
        replace(&mut interview.end, time(self.end));
        if let (Time::DateTime(start), Time::DateTime(end)) = (&interview.start, &interview.end)
            && end <= start
        {
            problems.add("end", "Must be after start");
        }
        if let Some(event_id) = self.external_event_id {
            let sql =
                "SELECT id FROM scheduled_interview WHERE external_event_id = ?1 AND id IS NOT ?2";
            if event_id.trim().is_empty() {
                problems.add("external_event_id", "Must not be blank");
            } else if view.value::<i64>(sql, (&event_id, own))?.is_some() {
                problems.taken("external_event_id");
            }
            interview.external_event_id = Some(event_id);
        }
        self.location.apply(&mut interview.location);
        self.video_conferencing_url
            .apply(&mut interview.video_conferencing_url);
        if let Some(inputs) = self.interviewers {
            interview.interviewers = interviewers(view, inputs, problems)?;
        }
        Ok(())
    }
}

/// Those that are listed, and nobody else.
fn interviewers(
    view: &View<'_>,
    inputs: Vec<Input>,
    problems: &mut Problems,
) -> Outcome<Vec<Interviewer>> {
    let mut found: Vec<Interviewer> = Vec::new();
    let mut seen = HashSet::new();
    for (place, input) in inputs.into_iter().enumerate() {
        let at = format!("interviewers.{place}");
        let Some(user_id) = input.user.look(view, &at, problems)? else {
            continue;
        };
        if !seen.insert(user_id) {
            problems.add(&at, "Is listed twice");
        }
        found.push(Interviewer {
            user_id,
            response_status: input.response_status,
        });
    }
    Ok(found)
}
