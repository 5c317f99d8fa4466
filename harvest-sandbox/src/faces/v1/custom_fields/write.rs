//! Requests that define fields, change definitions, and take fields out of use.

use axum::http::StatusCode;

use crate::domain::custom_fields;
use crate::domain::custom_fields::CUSTOM_FIELD;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::store::View;

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body = cx.call.body()?;
    let actor = cx.user.clone();
    let id = custom_fields::create(cx, &actor, body)?;
    let mut reply = alone(cx, id)?;
    reply.status = StatusCode::CREATED;
    Ok(reply)
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&CUSTOM_FIELD, "id")?;
    let body = cx.call.body()?;
    let actor = cx.user.clone();
    custom_fields::change(cx, &actor, id, body)?;
    alone(cx, id)
}

/// The field as the only item of a list, as documented for both.
fn alone(view: &View<'_>, id: i64) -> Outcome {
    Ok(Reply::documents(&[view.document(&CUSTOM_FIELD, id)?]))
}

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&CUSTOM_FIELD, "id")?;
    let actor = cx.user.clone();
    custom_fields::delete(cx, &actor, id)?;
    // A sentence, as documented.
    let sentence = format!("Custom Field ID {id} has been deleted.");
    Ok(Reply::value(&json!({"success": sentence})))
}
