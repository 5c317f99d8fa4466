//! Adding tags to the organization, and deleting them.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::names;
use crate::domain::tags::{TAG, Tag, named};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Problems;

#[derive(Deserialize)]
struct Create {
    name: String,
}

/// 201 with a tag that is new, 200 with one of the same name in whatever letters.
pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Create = cx.call.body()?;
    let name = body.name;
    let mut problems = Problems::default();
    names::check("name", &name, &mut problems);
    problems.check()?;
    let (id, is_new) = named(cx, &name)?;
    if is_new {
        cx.created(&TAG, id)
    } else {
        cx.changed(&TAG, id)
    }
}

/// Takes the tag from every candidate, and from the organization. The service says that it may take a day; here it is done
/// when the answer comes, of whose body nothing is documented.
pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, _): (i64, Tag) = cx.record_in_path(&TAG, "tag_id")?;
    cx.user.require_site_admin()?;
    let sql = "SELECT candidate_id FROM candidate_tag WHERE tag_id = ?1";
    for candidate_id in cx.column(sql, [id])? {
        let mut candidate: Candidate = cx.get(&CANDIDATE, candidate_id)?;
        candidate.tag_ids.retain(|tag_id| *tag_id != id);
        candidate.save(cx, candidate_id)?;
    }
    cx.delete(&TAG, id)?;
    Ok(Reply::empty(StatusCode::OK))
}
