//! Parts of interviews, as records of their own: kits, who interviews by default, and questions with their options.

use serde::{Deserialize, Serialize};

use super::JobStage;
use crate::domain::access::{self, Scope, Visibility};
use crate::domain::parts::{self, Owner};
use crate::domain::records::answer_type::AnswerType;
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static INTERVIEW_KIT: Kind = kind("interview_kit", 9_903_110);

pub(crate) static DEFAULT_INTERVIEWER: Kind = kind("default_interviewer", 4_050_100_001);

/// The questions of kits count their ids under a name of their own.
pub(crate) static SCORECARD_QUESTION: Kind = kind("scorecard_question", 66_120_431);

pub(crate) static SCORECARD_QUESTION_OPTION: Kind = kind("scorecard_question_option", 66_130_501);

const fn kind(table: &'static str, first_id: i64) -> Kind {
    Kind {
        table,
        first_id,
        visibility: Visibility::of(&[access::Owner::Column(Scope::Job, "job_id")]),
    }
}

/// A kit. What is the same for all parts of a stage stands first in each of them.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedKit {
    pub(crate) job_id: i64,
    pub(crate) job_stage_id: i64,
    pub(crate) job_interview_id: i64,
    /// HTML.
    pub(crate) content: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DefaultInterviewer {
    pub(crate) job_id: i64,
    pub(crate) job_stage_id: i64,
    pub(crate) interview_kit_id: i64,
    pub(crate) user_id: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedQuestion {
    pub(crate) job_id: i64,
    pub(crate) job_stage_id: i64,
    pub(crate) interview_kit_id: i64,
    pub(crate) question: String,
    /// Its place among the questions of the kit, from 0.
    pub(crate) place: i64,
    pub(crate) answer_type: AnswerType,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedOption {
    pub(crate) job_id: i64,
    pub(crate) job_stage_id: i64,
    pub(crate) scorecard_question_id: i64,
    pub(crate) name: String,
    /// Its place among the options of the question, from 0.
    pub(crate) place: i64,
}

impl JobStage {
    /// Keeps what is in the interviews of the stage, after a change.
    pub(super) fn keep_kits(&self, edit: &mut Edit<'_>, job_stage_id: i64) -> Outcome<()> {
        let job_id = self.job_id;
        let owner = Owner {
            column: "job_stage_id",
            id: job_stage_id,
        };
        let (mut kits, mut interviewers) = (Vec::new(), Vec::new());
        let (mut questions, mut options) = (Vec::new(), Vec::new());
        for interview in &self.interviews {
            let interview_kit_id = interview.kit.id;
            let kit = ListedKit {
                job_id,
                job_stage_id,
                job_interview_id: interview.id,
                content: interview.kit.content.clone(),
            };
            kits.push((interview_kit_id, kit));
            let users = interview.interviewer_ids.iter();
            interviewers.extend(users.map(|user_id| DefaultInterviewer {
                job_id,
                job_stage_id,
                interview_kit_id,
                user_id: *user_id,
            }));
            for (place, question) in (0..).zip(&interview.kit.questions) {
                let listed = ListedQuestion {
                    job_id,
                    job_stage_id,
                    interview_kit_id,
                    question: question.question.clone(),
                    place,
                    answer_type: question.answer_type,
                };
                questions.push((question.id, listed));
                let offered = (0..).zip(&question.options);
                options.extend(offered.map(|(place, option)| {
                    let listed = ListedOption {
                        job_id,
                        job_stage_id,
                        scorecard_question_id: question.id,
                        name: option.name.clone(),
                        place,
                    };
                    (option.id, listed)
                }));
            }
        }
        parts::keep(edit, &INTERVIEW_KIT, owner, kits)?;
        let identity = ["interview_kit_id", "user_id"];
        parts::keep_numbered(edit, &DEFAULT_INTERVIEWER, owner, &identity, &interviewers)?;
        parts::keep(edit, &SCORECARD_QUESTION, owner, questions)?;
        parts::keep(edit, &SCORECARD_QUESTION_OPTION, owner, options)
    }
}
