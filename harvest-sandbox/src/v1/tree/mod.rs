//! Departments and offices: units of the organization, each below one other or none, shown flat or as a tree.

mod document;
mod rules;
mod several;

pub(super) use document::{flat, renamed, tree, within_others};
pub(super) use rules::{Above, check_external_id, check_name};
pub(super) use several::several;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::handler::Reading;
use crate::json::Map;
use crate::list::{Filter, List};
use crate::refusal::Outcome;
use crate::reply::Reply;
use crate::store::Kind;

/// What is known about a unit.
pub(super) trait Unit: Serialize + DeserializeOwned {
    fn kind() -> &'static Kind;
    /// `A department`.
    const WHAT: &'static str;

    /// What it shows beside its place in the tree, name first.
    fn fields(&self) -> Map;
    fn parent_id(&self) -> Option<i64>;
    /// The organization's own id.
    fn external_id(&self) -> Option<&str>;
}

const FILTERS: &[Filter] = &[Filter::text("external_id", "external_id")];

pub(super) fn list<T: Unit>(cx: &Reading<'_>) -> Outcome {
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
pub(super) fn asked_for<T: Unit>(cx: &Reading<'_>, id: i64) -> Outcome<Option<Reply>> {
    if !is_asked_for(cx) {
        return Ok(None);
    }
    let row = cx.require(T::kind(), id)?;
    Ok(Some(Reply::ok(&tree::<T>(cx, &row)?)))
}

fn is_asked_for(cx: &Reading<'_>) -> bool {
    cx.call.query().last("render_as") == Some("tree")
}
