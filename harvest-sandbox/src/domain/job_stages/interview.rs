//! The interviews of a stage.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{AnswerType, INTERVIEW_KIT, SCORECARD_QUESTION_OPTION};
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
    /// Who interviews unless another user is chosen.
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
    #[serde(default)]
    pub(crate) answer_type: AnswerType,
    /// Answers to choose from.
    #[serde(default)]
    pub(crate) options: Vec<QuestionOption>,
}

/// An answer that a question offers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct QuestionOption {
    pub(crate) id: i64,
    pub(crate) name: String,
}

/// The ids of the kits and questions of a copied job, by those of the job that was copied.
#[derive(Debug, Default)]
pub(crate) struct Copied {
    pub(crate) kits: HashMap<i64, i64>,
    pub(crate) questions: HashMap<i64, i64>,
}

impl Interview {
    /// Gives it ids of its own, and all that is in it, and notes which took the place of which.
    pub(crate) fn number(&mut self, edit: &Edit<'_>, copied: &mut Copied) -> Outcome<()> {
        self.id = edit.next_number("interview", 5_120_440)?;
        let kit_id = edit.new_id(&INTERVIEW_KIT)?;
        copied.kits.insert(self.kit.id, kit_id);
        self.kit.id = kit_id;
        for question in &mut self.kit.questions {
            let id = edit.next_number("interview_question", 66_120_431)?;
            copied.questions.insert(question.id, id);
            question.id = id;
            for option in &mut question.options {
                option.id = edit.new_id(&SCORECARD_QUESTION_OPTION)?;
            }
        }
        Ok(())
    }
}
