//! Interviews on the calendar, as they are sent.

use std::rc::Rc;

use crate::clock::stamp;
use crate::domain::scheduled_interviews::{Interviewer, ScheduledInterview, Step, Time};
use crate::domain::users::{USER, User};
use crate::faces::v1::summary;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ScheduledInterview = row.state()?;
    let interviewers = it
        .interviewers
        .iter()
        .map(|interviewer| show(view, row.id, interviewer))
        .collect::<Outcome<Vec<_>>>()?;
    let mut shown = json!({
        "id": row.id,
        "application_id": it.application_id,
        "external_event_id": it.external_event_id,
        "start": it.start,
        "end": it.end,
        "location": it.location,
        "video_conferencing_url": it.video_conferencing_url,
        "status": it.status(&stamp(view.now())),
    });
    // Documented of all but those that take whole days.
    if matches!(it.start, Time::DateTime(_)) {
        shown["created_at"] = it.created_at.into();
        shown["updated_at"] = it.updated_at.into();
    }
    shown["interview"] = Step::show(view, it.interview_id)?;
    shown["organizer"] = (*summary::user(view, it.organizer_id)?).clone();
    shown["interviewers"] = interviewers.into();
    Document::of(&shown)
}

fn show(view: &View<'_>, id: i64, interviewer: &Interviewer) -> Outcome<Value> {
    let user: Option<Rc<User>> = view.shared(&USER, interviewer.user_id)?;
    let user = user.as_deref();
    let sql = "SELECT id FROM scorecard WHERE scheduled_interview_id = ?1 AND interviewer_id = ?2";
    let scorecard: Option<i64> = view.value(sql, (id, interviewer.user_id))?;
    Ok(json!({
        "id": interviewer.user_id,
        "employee_id": user.and_then(|user| user.employee_id.as_ref()),
        "name": user.map(User::name),
        "email": user.and_then(User::primary_email),
        "response_status": interviewer.response_status,
        "scorecard_id": scorecard,
    }))
}
