//! Requests that disable, enable and demote users.

use serde::Deserialize;

use super::selector::Selector;
use crate::domain::users;
use crate::domain::users::USER;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

#[derive(Deserialize)]
struct Reference {
    user: Selector,
}

pub(super) fn disable(cx: &mut Writing<'_, '_>) -> Outcome {
    switch(cx, true)
}

pub(super) fn enable(cx: &mut Writing<'_, '_>) -> Outcome {
    switch(cx, false)
}

fn switch(cx: &mut Writing<'_, '_>, disabled: bool) -> Outcome {
    let id = named(cx)?;
    let actor = cx.user.clone();
    users::switch(cx, &actor, id, disabled)?;
    cx.changed(&USER, id)
}

pub(super) fn demote(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = named(cx)?;
    let actor = cx.user.clone();
    users::demote(cx, &actor, id)?;
    Ok(Reply::value(&json!({"success": true})))
}

/// The user that the body names. Who is no site admin learns nothing about that.
fn named(cx: &Writing<'_, '_>) -> Outcome<i64> {
    cx.user.require_site_admin()?;
    let body: Reference = cx.call.body()?;
    body.user.find(cx, "user")
}
