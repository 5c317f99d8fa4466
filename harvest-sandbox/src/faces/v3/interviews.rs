//! Interviews on the calendar and those who hold them, as v3 shows and changes them.

use std::rc::Rc;

use axum::http::StatusCode;
use serde::Deserialize;

use super::deleted::Deleted;
use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use super::user_key::UserInput;
use crate::clock::{self, stamp};
use crate::domain::access::ClientId;
use crate::domain::patch::Change;
use crate::domain::scheduled_interviews::{
    self, Fields, INTERVIEWER, Invited, ListedInterviewer, NewInterview, SCHEDULED_INTERVIEW,
    ScheduledInterview, Step, Time,
};
use crate::domain::users::{USER, User};
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&SCHEDULED_INTERVIEW, interview),
        &shown(&INTERVIEWER, interviewer),
    ],
    operations: &[
        ("list_scheduled_interviews", Handler::Read(list)),
        (
            "list_interviewers",
            Handler::Read(|cx| list::list(cx, &INTERVIEWER, OF_INTERVIEWERS)),
        ),
        ("create_scheduled_interview", Handler::Write(create)),
        ("update_scheduled_interview", Handler::Write(update)),
        ("delete_scheduled_interview", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("application_ids", Means::Column("application_id")),
    ("job_interview_ids", Means::Column("step_id")),
    ("organizer_ids", Means::Column("state ->> 'organizer_id'")),
    (
        "job_ids",
        Means::Where(
            "step_id IN (SELECT id FROM job_interview
             WHERE job_id IN (SELECT value FROM json_each(?)))",
        ),
    ),
    ("starts_at", Means::Column("state ->> '$.start.date_time'")),
    ("ends_at", Means::Column("state ->> '$.end.date_time'")),
    (
        "all_day_start_on",
        Means::Column("state ->> '$.start.date'"),
    ),
    ("all_day_end_on", Means::Column("state ->> '$.end.date'")),
    ("external_event_id", Means::Column("external_event_id")),
    // By the clock: see `list`.
    ("status", Means::Where("? IS NOT NULL")),
];

const OF_INTERVIEWERS: &[Meaning] = &[
    ("interview_ids", Means::Column("interview_id")),
    ("user_ids", Means::Column("user_id")),
    ("response_status", Means::Column("response_status")),
    (
        "scorecard_ids",
        Means::Where(
            "EXISTS (SELECT 1 FROM scorecard WHERE scheduled_interview_id = interview_id
             AND interviewer_id = interviewer.user_id
             AND scorecard.id IN (SELECT value FROM json_each(?)))",
        ),
    ),
];

/// How far an interview is, depends on the time: see [`ScheduledInterview::status`].
fn list(cx: &Reading<'_>) -> Outcome {
    let interviews = List::of(&SCHEDULED_INTERVIEW);
    let now = stamp(cx.now());
    let interviews = match cx.call.query().last("status") {
        None => interviews,
        Some("complete") => interviews.only("written_up"),
        Some("awaiting_feedback") => interviews
            .only("NOT written_up")
            .where_is("ends_at <= ?", now),
        Some("scheduled") => interviews
            .only("NOT written_up")
            .where_is("ends_at > ?", now),
        Some(_) => interviews.only("false"),
    };
    list::narrowed(cx, interviews, MEANINGS)
}

fn interview(view: &View<'_>, row: &Row) -> Outcome<Document> {
    Document::of(&properties(view, row.id, &row.state()?)?)
}

fn properties(view: &View<'_>, id: i64, it: &ScheduledInterview) -> Outcome<Value> {
    let step = Step::find(view, it.interview_id)?;
    let time = |time: &Time| match time {
        Time::DateTime(at) => (Some(at.clone()), None),
        Time::Date(day) => (None, Some(day.clone())),
    };
    let ((starts_at, first_day), (ends_at, last_day)) = (time(&it.start), time(&it.end));
    Ok(json!({
        "id": id,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "job_id": (*step).as_ref().map(|step| step.job_id),
        "application_id": it.application_id,
        "job_interview_id": it.interview_id,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "location": it.location,
        "status": it.status(&stamp(view.now())),
        "organizer_id": it.organizer_id,
        "scheduled_at": it.created_at,
        "all_day_start_on": first_day,
        "all_day_end_on": last_day,
        "external_event_id": it.external_event_id,
        "video_conferencing_url": it.video_conferencing_url,
        "availability_received_at": null,
    }))
}

fn interviewer(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedInterviewer = row.state()?;
    let sql = "SELECT id FROM scorecard WHERE scheduled_interview_id = ?1 AND interviewer_id = ?2";
    let scorecard: Option<i64> = view.value(sql, (it.interview_id, it.user_id))?;
    let user: Option<Rc<User>> = view.shared(&USER, it.user_id)?;
    let shown = json!({
        "interview_id": it.interview_id,
        "user_id": it.user_id,
        "scorecard_id": scorecard,
        "email": user.as_deref().and_then(User::primary_email),
        "response_status": it.response_status,
    });
    dated(view, &INTERVIEWER, row, shown)
}

/// An interview with more of it, as writes are answered.
fn with_panel(cx: &Writing<'_, '_>, id: i64) -> Outcome<Value> {
    let interview: ScheduledInterview = cx.get(&SCHEDULED_INTERVIEW, id)?;
    let mut shown = properties(cx, id, &interview)?;
    let condition = "interview_id = ?1 ORDER BY id";
    let panel = cx.states::<ListedInterviewer>(&INTERVIEWER, condition, [id])?;
    let panel = panel.iter().map(|(id, one)| {
        json!({"id": id, "user_id": one.user_id, "response_status": one.response_status})
    });
    shown["interviewers"] = panel.collect();
    Ok(shown)
}

#[derive(Deserialize)]
struct Create {
    application_id: ClientId,
    job_interview_id: ClientId,
    #[serde(flatten)]
    fields: Body,
}

#[derive(Deserialize)]
struct Body {
    interviewers: Option<Vec<InterviewerInput>>,
    starts_at: Option<String>,
    ends_at: Option<String>,
    external_event_id: Option<String>,
    #[serde(default)]
    location: Change<String>,
    #[serde(default)]
    video_conferencing_url: Change<String>,
}

#[derive(Deserialize)]
struct InterviewerInput {
    #[serde(flatten)]
    user: UserInput,
    response_status: Option<String>,
}

impl From<Body> for Fields {
    fn from(it: Body) -> Self {
        let time = |text: Option<String>| text.and_then(|text| clock::parse(&text));
        let invited = |one: InterviewerInput| Invited {
            user: one.user.key(),
            response_status: one
                .response_status
                .unwrap_or_else(|| "needs_action".to_owned()),
        };
        let interviewers = it.interviewers;
        Self {
            interviewers: interviewers.map(|all| all.into_iter().map(invited).collect()),
            start: time(it.starts_at),
            end: time(it.ends_at),
            external_event_id: it.external_event_id,
            location: it.location,
            video_conferencing_url: it.video_conferencing_url,
        }
    }
}

/// The names of v3 for what the domain takes.
const NAMES: &[(&str, &str)] = &[
    ("interview_id", "job_interview_id"),
    ("start", "starts_at"),
    ("end", "ends_at"),
];

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let new = NewInterview {
        application_id: body.application_id,
        interview_id: body.job_interview_id,
        fields: body.fields.into(),
    };
    let created = scheduled_interviews::create(cx, &actor, new);
    let id = created.map_err(|it| it.renamed(NAMES))?;
    let mut shown = with_panel(cx, id)?;
    let interview: ScheduledInterview = cx.get(&SCHEDULED_INTERVIEW, id)?;
    let step = Step::find(cx, interview.interview_id)?;
    let step = (*step).as_ref().map(|step| &step.name);
    shown["job_interview"] = json!({"id": interview.interview_id, "name": step});
    let user: Option<User> = cx.find(&USER, actor.id)?;
    let user = user.map(|user| {
        json!({
            "id": actor.id,
            "full_name": user.name(),
            "email": user.primary_email(),
            "employee_id": user.employee_id,
        })
    });
    shown["organizer"] = json!(user);
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Body = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let changed = scheduled_interviews::update(cx, &actor, id, body.into());
    let id = changed.map_err(|it| it.renamed(NAMES))?;
    Ok(Reply::value(&with_panel(cx, id)?))
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&SCHEDULED_INTERVIEW, "id")?;
    let deleted = Deleted::of(cx, &SCHEDULED_INTERVIEW, id)?;
    let actor = cx.user.clone();
    scheduled_interviews::delete(cx, &actor, ClientId::new(id))?;
    Ok(deleted.answer("Interview"))
}
