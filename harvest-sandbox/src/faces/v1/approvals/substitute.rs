//! Requests that put one approver in another's place.

use serde::Deserialize;

use crate::domain::approvals::{self, Substitute};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

#[derive(Deserialize)]
struct Replace {
    remove_user_id: i64,
    add_user_id: i64,
}

pub(super) fn substitute(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Replace = cx.call.body()?;
    let (actor, group_id) = (cx.user.clone(), cx.call.id("approver_group_id")?);
    let command = Substitute {
        remove: body.remove_user_id,
        add: body.add_user_id,
    };
    let replaced = approvals::substitute(cx, &actor, group_id, command);
    let names = [("remove", "remove_user_id"), ("add", "add_user_id")];
    let id = replaced.map_err(|it| it.renamed(&names))?;
    Ok(Reply::value(&json!({
        // A text, as documented.
        "success": "true",
        "message": "Approver group updated.",
        "approval_flow_id": id,
        "approver_group_id": group_id,
        "removed_user_id": body.remove_user_id,
        "added_user_id": body.add_user_id,
    })))
}
