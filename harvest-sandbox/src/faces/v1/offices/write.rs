//! Adding and changing offices.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain;
use crate::domain::names;
use crate::domain::offices::{OFFICE, Office};
use crate::domain::patch::Change;
use crate::domain::users::{USER, User};
use crate::faces::Writing;
use crate::faces::v1::tree;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::Value;
use crate::refusal::Problems;
use crate::store::View;

#[derive(Deserialize)]
struct Create {
    name: String,
    location: Option<String>,
    primary_contact_user_id: Option<i64>,
    external_id: Option<String>,
    #[serde(flatten)]
    above: tree::Above,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    domain::tree::check_name::<Office>(cx, None, &body.name, &mut problems)?;
    domain::tree::check_external_id::<Office>(
        cx,
        None,
        body.external_id.as_deref(),
        &mut problems,
    )?;
    let location = body.location.as_deref().unwrap_or_default();
    names::check_length("location", location, &mut problems);
    check_contact(cx, body.primary_contact_user_id, &mut problems)?;
    let office = Office {
        name: body.name,
        location: body.location,
        primary_contact_user_id: body.primary_contact_user_id,
        parent_id: body.above.find::<Office>(cx, &mut problems)?,
        external_id: body.external_id,
    };
    problems.check()?;
    let id = cx.insert(&OFFICE, &office)?;
    Ok(Reply::json(
        StatusCode::CREATED,
        &with_singular_key(cx, id)?,
    ))
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
    let (id, mut office): (i64, Office) = cx.record_in_path(&OFFICE, "id")?;
    cx.user.require_site_admin()?;
    let body: Update = cx.call.body()?;
    let mut problems = Problems::default();
    if let Some(name) = body.name {
        domain::tree::check_name::<Office>(cx, Some(id), &name, &mut problems)?;
        office.name = name;
    }
    body.location.apply(&mut office.location);
    let location = office.location.as_deref().unwrap_or_default();
    names::check_length("location", location, &mut problems);
    body.external_id.apply(&mut office.external_id);
    let external_id = office.external_id.as_deref();
    domain::tree::check_external_id::<Office>(cx, Some(id), external_id, &mut problems)?;
    problems.check()?;
    cx.save(&OFFICE, id, &office)?;
    Ok(Reply::value(&with_singular_key(cx, id)?))
}

/// The one to ask about an office is a site admin.
fn check_contact(view: &View<'_>, id: Option<i64>, problems: &mut Problems) -> Outcome<()> {
    const FIELD: &str = "primary_contact_user_id";
    let Some(id) = id else { return Ok(()) };
    match view.find::<User>(&USER, id)? {
        None => problems.unknown(FIELD, "A user"),
        Some(user) if !user.site_admin => problems.add(FIELD, "Must be a site admin"),
        Some(_) => {}
    }
    Ok(())
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
