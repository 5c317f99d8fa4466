//! Requests that add openings.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::job_openings::{self, NewOpening};
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};

#[derive(Deserialize)]
struct Create {
    openings: Vec<CreateOne>,
}

#[derive(Deserialize)]
struct CreateOne {
    opening_id: Option<String>,
    #[serde(default)]
    custom_fields: Vec<custom_fields::Input>,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let (actor, job) = (cx.user.clone(), cx.call.id("job_id")?);
    let new = body.openings.into_iter().map(|one| NewOpening {
        opening_id: one.opening_id,
        custom_fields: custom_fields::entries(one.custom_fields),
    });
    let added = job_openings::create(cx, &actor, job, new.collect())?;
    let now = cx.stamp();
    let added = added.iter().map(|it| {
        // Called `opened_at` everywhere else.
        json!({"id": it.id, "opening_id": it.opening_id, "open_date": now})
    });
    let shown = json!({ "openings": added.collect::<Value>() });
    Ok(Reply::json(StatusCode::CREATED, &shown))
}
