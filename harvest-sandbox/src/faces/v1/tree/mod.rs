//! Departments and offices, as v1 shows and changes them.

mod document;

pub(super) use document::{flat, renamed, within_others};

use crate::domain::tree::Unit;
use crate::faces::Reading;
use crate::faces::list::{Filter, List};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::Map;
use document::tree;

/// A unit, as this version of the API shows it.
pub(super) trait Shown: Unit {
    /// What it shows beside its place in the tree, name first.
    fn fields(&self) -> Map;
}

const FILTERS: &[Filter] = &[Filter::text("external_id", "external_id")];

pub(super) fn list<T: Shown>(cx: &Reading<'_>) -> Outcome {
    let list = List::of(T::kind()).filters(FILTERS);
    if !is_asked_for(cx) {
        return cx.list(list);
    }
    let list = list.shown_by(document::tree::<T>);
    if cx.call.query().last("external_id").is_some() {
        cx.list(list)
    } else {
        cx.list(list.only("parent_id IS NULL"))
    }
}

/// One unit with those below it inside, if the query asks for that.
pub(super) fn asked_for<T: Shown>(cx: &Reading<'_>, id: i64) -> Outcome<Option<Reply>> {
    if !is_asked_for(cx) {
        return Ok(None);
    }
    let row = cx.require(T::kind(), id)?;
    Ok(Some(Reply::ok(&tree::<T>(cx, &row)?)))
}

fn is_asked_for(cx: &Reading<'_>) -> bool {
    cx.call.query().last("render_as") == Some("tree")
}
