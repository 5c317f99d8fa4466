//! Requests about the options of select fields.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::custom_fields::{
    CUSTOM_FIELD, CustomField, CustomFieldOption, NewOption, OptionChange, add_options,
    change_options, remove_options,
};
use crate::faces::{Reading, Writing, list};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

/// Those in use, unless `type` asks for others.
pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let (_, field): (i64, CustomField) = cx.record_in_path(&CUSTOM_FIELD, "id")?;
    let wanted = cx.call.query().last("type").unwrap_or("active");
    let mut options = field.options;
    options.retain(|option| wanted == "all" || option.active == (wanted == "active"));
    options.sort_by_key(|option| (option.priority, option.id));
    let shown: Vec<_> = options.iter().map(CustomFieldOption::show).collect();
    list::values(cx, &shown)
}

#[derive(Deserialize)]
struct Create {
    options: Vec<NewOption>,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&CUSTOM_FIELD, "id")?;
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    add_options(cx, &actor, id, body.options)?;
    // They aren't returned.
    Ok(Reply::json(StatusCode::CREATED, &json!({"success": true})))
}

#[derive(Deserialize)]
struct Update {
    options: Vec<OptionChange>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&CUSTOM_FIELD, "id")?;
    let body: Update = cx.call.body()?;
    let actor = cx.user.clone();
    change_options(cx, &actor, id, body.options)?;
    Ok(Reply::value(&json!({"success": true})))
}

#[derive(Deserialize)]
struct Delete {
    option_ids: Vec<i64>,
}

/// Takes options out of use. Ids that are not found are counted, so that the request can be repeated.
pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&CUSTOM_FIELD, "id")?;
    let body: Delete = cx.call.body()?;
    let actor = cx.user.clone();
    let deleted = remove_options(cx, &actor, id, &body.option_ids)?;
    let unknown = body.option_ids.len() - deleted;
    let message = format!("{deleted} option(s) deleted. {unknown} option(s) not found.");
    Ok(Reply::message(StatusCode::OK, &message))
}
