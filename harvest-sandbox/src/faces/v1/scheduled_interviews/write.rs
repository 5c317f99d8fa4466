//! Requests that make appointments, move and cancel them.

use axum::http::StatusCode;
use serde::Deserialize;

use super::document;
use crate::clock;
use crate::domain::access::ClientId;
use crate::domain::patch::Change;
use crate::domain::scheduled_interviews::{self, Invited, NewInterview, SCHEDULED_INTERVIEW};
use crate::faces::Writing;
use crate::faces::v1::users::Selector;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
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

impl Fields {
    fn read(self) -> scheduled_interviews::Fields {
        let time = |text: Option<String>| text.and_then(|it| clock::parse(&it));
        let invited = |it: Input| Invited {
            user: it.user.key(),
            response_status: it.response_status,
        };
        let interviewers = self.interviewers;
        scheduled_interviews::Fields {
            interviewers: interviewers.map(|all| all.into_iter().map(invited).collect()),
            start: time(self.start),
            end: time(self.end),
            external_event_id: self.external_event_id,
            location: self.location,
            video_conferencing_url: self.video_conferencing_url,
        }
    }
}

/// The first version, which may answer before all is ready, is always ready here.
pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let new = NewInterview {
        application_id: body.application_id,
        interview_id: body.interview_id,
        fields: body.fields.read(),
    };
    let id = scheduled_interviews::create(cx, &actor, new)?;
    Ok(Reply::document(StatusCode::CREATED, &show(cx, id)?))
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Fields = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = scheduled_interviews::update(cx, &actor, id, body.read())?;
    Ok(Reply::ok(&show(cx, id)?))
}

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = scheduled_interviews::delete(cx, &actor, id)?;
    let message = format!("Interview {id} was deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}

fn show(view: &View<'_>, id: i64) -> Outcome<Document> {
    document::document(view, &view.require(&SCHEDULED_INTERVIEW, id)?)
}
