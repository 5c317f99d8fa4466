//! Adding tags to the organization, and deleting them.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::candidates;
use crate::domain::tags::{self, TAG, Tag};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

#[derive(Deserialize)]
struct Create {
    name: String,
}

/// 201 with a tag that is new, 200 with one of the same name in whatever letters.
pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let actor = cx.user.clone();
    let body: Create = cx.call.body()?;
    let (id, is_new) = tags::find_or_create(cx, &actor, &body.name)?;
    if is_new {
        cx.created(&TAG, id)
    } else {
        cx.changed(&TAG, id)
    }
}

/// The service says that it may take a day; here it is done when the answer comes, of whose body nothing is documented.
pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, _): (i64, Tag) = cx.record_in_path(&TAG, "tag_id")?;
    let actor = cx.user.clone();
    candidates::delete_tag(cx, &actor, id)?;
    Ok(Reply::empty(StatusCode::OK))
}
