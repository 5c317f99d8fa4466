//! Feeds, as v1 answers them.

use super::entry::Show;
use crate::domain::activity_feed::{Reader, read_by};
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::store::View;

/// The same, as they are sent.
pub(super) fn shown<T: Show>(
    view: &View<'_>,
    reader: &Reader,
    candidate_id: i64,
) -> Outcome<Vec<Value>> {
    let entries = read_by::<T>(view, reader, candidate_id)?.into_iter();
    entries.map(|(id, entry)| entry.show(view, id)).collect()
}
