//! Adding and changing departments.

use axum::http::StatusCode;
use serde::Deserialize;

use super::with_plural_key;
use crate::domain;
use crate::domain::departments::{DEPARTMENT, Department};
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::v1::tree;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Create {
    name: String,
    external_id: Option<String>,
    #[serde(flatten)]
    above: tree::Above,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    domain::tree::check_name::<Department>(cx, None, &body.name, &mut problems)?;
    domain::tree::check_external_id::<Department>(
        cx,
        None,
        body.external_id.as_deref(),
        &mut problems,
    )?;
    let department = Department {
        name: body.name,
        parent_id: body.above.find::<Department>(cx, &mut problems)?,
        external_id: body.external_id,
    };
    problems.check()?;
    let id = cx.insert(&DEPARTMENT, &department)?;
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
    let (id, mut department): (i64, Department) = cx.record_in_path(&DEPARTMENT, "id")?;
    cx.user.require_site_admin()?;
    let body: Update = cx.call.body()?;
    let mut problems = Problems::default();
    if let Some(name) = body.name {
        domain::tree::check_name::<Department>(cx, Some(id), &name, &mut problems)?;
        department.name = name;
    }
    body.external_id.apply(&mut department.external_id);
    let external_id = department.external_id.as_deref();
    domain::tree::check_external_id::<Department>(cx, Some(id), external_id, &mut problems)?;
    problems.check()?;
    cx.save(&DEPARTMENT, id, &department)?;
    cx.changed(&DEPARTMENT, id)
}
