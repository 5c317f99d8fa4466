//! Adding and changing offices.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::offices::{self, Changes, New, OFFICE};
use crate::domain::patch::Change;
use crate::domain::tree::ParentRef;
use crate::faces::Writing;
use crate::faces::v1::tree;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::Value;
use crate::store::View;

#[derive(Deserialize)]
struct Create {
    name: String,
    location: Option<String>,
    primary_contact_user_id: Option<i64>,
    external_id: Option<String>,
    #[serde(flatten)]
    parent: ParentRef,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let new = New {
        name: body.name,
        location: body.location,
        primary_contact_user_id: body.primary_contact_user_id,
        external_id: body.external_id,
        parent: body.parent,
    };
    let actor = cx.user.clone();
    let id = offices::create(cx, &actor, new)?;
    let shown = with_singular_key(cx, id)?;
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    #[serde(default)]
    location: Change<String>,
    #[serde(default)]
    external_id: Change<String>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&OFFICE, "id")?;
    let body: Update = cx.call.body()?;
    let changes = Changes {
        name: body.name,
        location: body.location,
        external_id: body.external_id,
        ..Changes::default()
    };
    let actor = cx.user.clone();
    offices::change(cx, &actor, id, changes)?;
    Ok(Reply::value(&with_singular_key(cx, id)?))
}

/// As where an office is added or changed: with a singular key for those below, though it is a list.
fn with_singular_key(view: &View<'_>, id: i64) -> Outcome<Value> {
    let flat = view.document(&OFFICE, id)?;
    tree::renamed(
        &flat,
        "child_office_external_ids",
        "child_office_external_id",
    )
}
