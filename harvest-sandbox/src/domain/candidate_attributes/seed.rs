//! The attributes of the jobs of a new organization, and which interviews look at which.

use super::{FOCUS_ATTRIBUTE, FocusAttribute, QUESTION_ATTRIBUTE, QuestionAttribute, supply};
use crate::domain::job_stages::{AnswerType, JOB_STAGE, JobStage};
use crate::domain::jobs::JOB;
use crate::domain::organization::Seed;
use crate::refusal::Outcome;

/// What is looked at, and of which type it is.
const ATTRIBUTES: [(&str, &str); 5] = [
    ("Fieldwork", "Skills"),
    ("Statistics", "Skills"),
    ("Report writing", "Skills"),
    ("Driving licence", "Qualifications"),
    ("Teamwork", "Personality traits"),
];

/// Each interview by appointment looks at some attributes, and its first questions are about one of these each.
pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    for (number, job_id) in seed.ids(&JOB)?.into_iter().enumerate() {
        let mut attributes = Vec::new();
        for (name, of) in ATTRIBUTES {
            attributes.push(supply(seed, job_id, of, name)?);
        }
        let mut dice = seed.dice("focus_candidate_attribute", number);
        let stages = seed.states::<JobStage>(&JOB_STAGE, "job_id = ?1 ORDER BY id", [job_id])?;
        let interviews = stages.iter().flat_map(|(_, stage)| &stage.interviews);
        for interview in interviews.filter(|it| it.schedulable) {
            let asked = interview.kit.questions.iter();
            let mut asked = asked.filter(|it| it.answer_type != AnswerType::Instruction);
            for attribute in &attributes {
                if dice.percent(40) {
                    continue;
                }
                let focus = FocusAttribute {
                    job_id,
                    interview_kit_id: interview.kit.id,
                    job_candidate_attribute_id: *attribute,
                };
                let focus_candidate_attribute_id = seed.insert(&FOCUS_ATTRIBUTE, &focus)?;
                if let Some(question) = asked.next() {
                    let link = QuestionAttribute {
                        job_id,
                        scorecard_question_id: question.id,
                        focus_candidate_attribute_id,
                    };
                    seed.insert(&QUESTION_ATTRIBUTE, &link)?;
                }
            }
        }
    }
    Ok(())
}
