//! Reading job posts.

use super::document;
use crate::domain::job_posts::{CUSTOM_LOCATION, JOB_POST, JobPost};
use crate::domain::jobs::JOB;
use crate::faces::Reading;
use crate::faces::list::{CREATED_AND_UPDATED, Filter, List};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::Map;
use crate::refusal::Refusal;
use crate::store::{Document, Row};

const FILTERS: &[Filter] = &[
    // What false does isn't documented; it picks nothing here.
    Filter::flag_where("live", "live OR NOT ?"),
    Filter::flag("internal", "internal"),
];

const ACTIVE: &[Filter] = &[Filter::flag("active", "active")];

pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let list = List::of(&JOB_POST)
        .filters(ACTIVE)
        .filters(FILTERS)
        .filters(CREATED_AND_UPDATED);
    cx.list(as_asked(cx, list))
}

pub(super) fn list_of_job(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.id_in_path(&JOB, "id")?;
    let list = List::of(&JOB_POST)
        .within("job_id = ?", job_id)
        .filters(ACTIVE);
    cx.list(as_asked(cx, list))
}

fn as_asked(cx: &Reading<'_>, list: List) -> List {
    if cx.call.flag("full_content") {
        list.shown_by(document::with_full_content)
    } else {
        list
    }
}

pub(super) fn get(cx: &Reading<'_>) -> Outcome {
    let row = cx.row_in_path(&JOB_POST, "id")?;
    Ok(Reply::ok(&one(cx, &row)?))
}

fn one(cx: &Reading<'_>, row: &Row) -> Outcome<Document> {
    if cx.call.flag("full_content") {
        document::with_full_content(cx, row)
    } else {
        cx.document(&JOB_POST, row.id)
    }
}

/// The first post of a job that was not deleted. Its text and its questions have to be asked for.
pub(super) fn one_of_job(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.id_in_path(&JOB, "id")?;
    let posts = cx.rows(
        &JOB_POST,
        "job_id = ?1 AND active ORDER BY id LIMIT 1",
        [job_id],
    )?;
    let row = posts.first().ok_or_else(Refusal::not_found)?;
    let mut shown: Map = one(cx, row)?.read()?;
    for name in ["content", "questions"] {
        // They count by being there, whatever their value.
        if cx.call.query().last(name).is_none() {
            shown.shift_remove(name);
        }
    }
    Ok(Reply::value(&shown.into()))
}

/// The list of the board that the post is on.
pub(super) fn custom_locations(cx: &Reading<'_>) -> Outcome {
    let (_, post): (i64, JobPost) = cx.record_in_path(&JOB_POST, "id")?;
    cx.list(List::of(&CUSTOM_LOCATION).within("board_id = ?", post.board_id))
}
