//! Disabling, enabling and demoting users.

use serde::Deserialize;

use super::selector::Selector;
use crate::domain::users::{USER, User};
use crate::domain::{approvals, jobs, user_permissions};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::Refusal;

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
    cx.user.require_site_admin()?;
    let body: Reference = cx.call.body()?;
    let id = body.user.find(cx, "user")?;
    if disabled && id == cx.user.id {
        return Err(Refusal::field("user", "Users can't disable themselves"));
    }
    let mut user: User = cx.get(&USER, id)?;
    if user.disabled != disabled {
        user.disabled = disabled;
        user.updated_at = cx.stamp();
        user.save(cx, id)?;
    }
    cx.changed(&USER, id)
}

/// Takes away whatever a user may do beyond what everyone may, and with it the places on hiring teams and among those who
/// have yet to approve something. A basic user stays as they are.
pub(super) fn demote(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Reference = cx.call.body()?;
    let id = body.user.find(cx, "user")?;
    let mut user: User = cx.get(&USER, id)?;
    let done = Ok(Reply::value(&json!({"success": true})));
    if !user.site_admin && !user_permissions::has_any(cx, id)? {
        return done;
    }
    if user.site_admin {
        let sql = "SELECT id FROM user WHERE site_admin AND NOT disabled AND service_account IS NULL AND id <> ?1";
        if cx.value::<i64>(sql, [id])?.is_none() {
            let message = "The organization needs another site admin first";
            return Err(Refusal::field("user", message));
        }
        user.site_admin = false;
        user.updated_at = cx.stamp();
        user.save(cx, id)?;
    }
    user_permissions::remove_all(cx, id)?;
    jobs::leave_teams(cx, id)?;
    approvals::leave_flows(cx, id)?;
    done
}
