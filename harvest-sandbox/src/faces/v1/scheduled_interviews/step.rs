//! Interviews of stages, in the brief form in which v1 names them.

use crate::domain::scheduled_interviews::Step;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::View;

impl Step {
    /// `{id, name}`; null if there is none.
    pub(in crate::faces::v1) fn show(view: &View<'_>, id: i64) -> Outcome<Value> {
        let step = Self::find(view, id)?;
        Ok(match &*step {
            Some(step) => json!({"id": id, "name": step.name}),
            None => Value::Null,
        })
    }
}
