//! Answers to deletions.

use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::store::{Kind, Times};

/// A record on its way out: what is said of it once it is gone.
pub(super) struct Deleted {
    id: i64,
    times: Times,
}

impl Deleted {
    /// Of a record that is still there.
    pub(super) fn of(cx: &Writing<'_, '_>, kind: &Kind, id: i64) -> Outcome<Self> {
        Ok(Self {
            id,
            times: cx.times(kind, id)?,
        })
    }

    /// 200 with the sentence that says what was deleted: `Candidate tag`.
    pub(super) fn answer(self, what: &str) -> Reply {
        let Self { id, times } = self;
        Reply::value(&json!({
            "id": id,
            "created_at": times.created_at,
            "updated_at": times.updated_at,
            "message": format!("{what} deleted successfully."),
        }))
    }
}
