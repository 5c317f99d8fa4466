//! The interviews of a stage.

use serde::{Deserialize, Serialize};

use crate::refusal::Outcome;
use crate::store::Edit;

/// An interview step. Scheduling an interview asks for its id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Interview {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// False for a step that takes no appointment.
    pub(crate) schedulable: bool,
    pub(crate) estimated_minutes: Option<i64>,
    /// Who interviews unless somebody else is chosen.
    pub(crate) interviewer_ids: Vec<i64>,
    pub(crate) kit: InterviewKit,
}

/// What interviewers are given to prepare.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct InterviewKit {
    pub(crate) id: i64,
    /// HTML.
    pub(crate) content: Option<String>,
    pub(crate) questions: Vec<InterviewQuestion>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct InterviewQuestion {
    pub(crate) id: i64,
    pub(crate) question: String,
}

impl Interview {
    /// Gives it ids of its own, and its kit and questions too.
    pub(crate) fn number(&mut self, edit: &Edit<'_>) -> Outcome<()> {
        self.id = edit.next_number("interview", 5_120_440)?;
        self.kit.id = edit.next_number("interview_kit", 9_903_110)?;
        for question in &mut self.kit.questions {
            question.id = edit.next_number("interview_question", 66_120_431)?;
        }
        Ok(())
    }
}
