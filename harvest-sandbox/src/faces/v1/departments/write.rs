//! Adding and changing departments.

use axum::http::StatusCode;
use serde::Deserialize;

use super::with_plural_key;
use crate::domain::departments::{self, Changes, DEPARTMENT, New};
use crate::domain::patch::Change;
use crate::domain::tree::ParentRef;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

#[derive(Deserialize)]
struct Create {
    name: String,
    external_id: Option<String>,
    #[serde(flatten)]
    parent: ParentRef,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let new = New {
        name: body.name,
        external_id: body.external_id,
        parent: body.parent,
    };
    let actor = cx.user.clone();
    let id = departments::create(cx, &actor, new)?;
    let shown = with_plural_key(cx, id)?;
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    #[serde(default)]
    external_id: Change<String>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&DEPARTMENT, "id")?;
    let body: Update = cx.call.body()?;
    let changes = Changes {
        name: body.name,
        external_id: body.external_id,
        ..Changes::default()
    };
    let actor = cx.user.clone();
    departments::change(cx, &actor, id, changes)?;
    cx.changed(&DEPARTMENT, id)
}
