//! Interviews of a stage, as v1 sends them.

use crate::domain::job_stages::Interview;
use crate::faces::v1::summary;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::View;

impl Interview {
    /// Steps that take no appointment say nothing about its length or who is there.
    pub(super) fn show(&self, view: &View<'_>) -> Outcome<Value> {
        let mut shown = json!({
            "id": self.id,
            "name": self.name,
            "schedulable": self.schedulable,
        });
        if self.schedulable {
            let users = self
                .interviewer_ids
                .iter()
                .map(|id| Ok((*summary::user(view, Some(*id))?).clone()))
                .collect::<Outcome<Vec<_>>>()?;
            shown["estimated_minutes"] = json!(self.estimated_minutes);
            shown["default_interviewer_users"] = users.into();
        }
        let questions = self.kit.questions.iter();
        let questions = questions.map(|it| json!({"id": it.id, "question": it.question}));
        shown["interview_kit"] = json!({
            "id": self.kit.id,
            "content": self.kit.content,
            "questions": questions.collect::<Value>(),
        });
        Ok(shown)
    }
}
