//! Requests that edit or publish job posts.

use serde::Deserialize;

use crate::domain::job_posts;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

#[derive(Deserialize)]
struct Update {
    title: Option<String>,
    location: Option<LocationInput>,
    content: Option<String>,
}

/// A location as a body names it.
#[derive(Deserialize)]
#[serde(untagged)]
enum LocationInput {
    Text(String),
    Office { office_id: i64 },
    Custom { custom_location_id: i64 },
}

impl From<LocationInput> for job_posts::NewLocation {
    fn from(place: LocationInput) -> Self {
        match place {
            LocationInput::Text(text) => Self::Text(text),
            LocationInput::Office { office_id } => Self::Office { office_id },
            LocationInput::Custom { custom_location_id } => Self::Custom { custom_location_id },
        }
    }
}

#[derive(Deserialize)]
struct UpdateStatus {
    /// `live` or `offline`.
    status: String,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Update = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let command = job_posts::Update {
        title: body.title,
        content: body.content,
        location: body.location.map(Into::into),
        internal: None,
    };
    job_posts::update(cx, &actor, id, command)?;
    Ok(Reply::value(&json!({"success": true})))
}

pub(super) fn update_status(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: UpdateStatus = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    job_posts::publish(cx, &actor, id, body.status == "live")?;
    Ok(Reply::value(&json!({"success": true})))
}
