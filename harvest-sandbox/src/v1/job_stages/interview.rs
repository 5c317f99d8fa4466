//! The interviews of a stage.

use serde::{Deserialize, Serialize};

use super::super::summary;
use crate::json::{Value, json};
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// An interview step. Scheduling an interview asks for its id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Interview {
    pub(in crate::v1) id: i64,
    pub(in crate::v1) name: String,
    /// False for a step that takes no appointment.
    pub(in crate::v1) schedulable: bool,
    pub(in crate::v1) estimated_minutes: Option<i64>,
    /// Who interviews unless somebody else is chosen.
    pub(in crate::v1) interviewer_ids: Vec<i64>,
    pub(in crate::v1) kit: InterviewKit,
}

/// What interviewers are given to prepare.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct InterviewKit {
    pub(in crate::v1) id: i64,
    /// HTML.
    pub(in crate::v1) content: Option<String>,
    pub(in crate::v1) questions: Vec<InterviewQuestion>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct InterviewQuestion {
    pub(in crate::v1) id: i64,
    pub(in crate::v1) question: String,
}

impl Interview {
    /// Gives it ids of its own, and its kit and questions too.
    pub(super) fn number(&mut self, edit: &Edit<'_>) -> Outcome<()> {
        self.id = edit.next_number("interview", 5_120_440)?;
        self.kit.id = edit.next_number("interview_kit", 9_903_110)?;
        for question in &mut self.kit.questions {
            question.id = edit.next_number("interview_question", 66_120_431)?;
        }
        Ok(())
    }

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
        shown["interview_kit"] = json!(self.kit);
        Ok(shown)
    }
}
