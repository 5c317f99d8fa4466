//! Summaries of records that others name, in the few fields that most of them use for it. Null where there is no such record.

use std::rc::Rc;

use crate::domain::jobs::{JOB, Job};
use crate::domain::users::{USER, User};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Kind, View};

/// `{id, first_name, last_name, name, employee_id}`.
pub(super) fn user(view: &View<'_>, id: Option<i64>) -> Outcome<Rc<Value>> {
    summary(view, &USER, id, |id, user: &User| {
        json!({
            "id": id,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "name": user.name(),
            "employee_id": user.employee_id,
        })
    })
}

/// `{id, name}` of a job.
pub(super) fn job(view: &View<'_>, id: i64) -> Outcome<Rc<Value>> {
    summary(
        view,
        &JOB,
        Some(id),
        |id, job: &Job| json!({"id": id, "name": job.name}),
    )
}

/// `{id, name}` of a record whose state has a `name`.
pub(super) fn named(view: &View<'_>, kind: &Kind, id: Option<i64>) -> Outcome<Rc<Value>> {
    summary(
        view,
        kind,
        id,
        |id, state: &Value| json!({"id": id, "name": state["name"]}),
    )
}

/// A record in words of its own, which are kept for the next time. A kind has one summary at the most.
pub(super) fn summary<T: serde::de::DeserializeOwned>(
    view: &View<'_>,
    kind: &Kind,
    id: Option<i64>,
    words: impl FnOnce(i64, &T) -> Value,
) -> Outcome<Rc<Value>> {
    let Some(id) = id else {
        return Ok(Rc::new(Value::Null));
    };
    view.memo(kind, id, || {
        let state = view.find::<T>(kind, id)?;
        Ok(state.map_or(Value::Null, |state| words(id, &state)))
    })
}
