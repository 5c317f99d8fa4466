//! The scorecards of a new organization: of interviews that are written up.

use super::{Attribute, Question, SCORECARD, Scorecard};
use crate::domain::job_stages::{JOB_STAGE, JobStage};
use crate::domain::organization::{Dice, Seed};
use crate::domain::scheduled_interviews::{SCHEDULED_INTERVIEW, ScheduledInterview};
use crate::refusal::Outcome;

const ATTRIBUTES: [(&str, &str); 5] = [
    ("Fieldwork", "Skills"),
    ("Statistics", "Skills"),
    ("Report writing", "Skills"),
    ("Driving licence", "Qualifications"),
    ("Teamwork", "Personality traits"),
];

const RATINGS: [&str; 6] = [
    "definitely_not",
    "no",
    "mixed",
    "yes",
    "strong_yes",
    "no_decision",
];

const RECOMMENDATIONS: [&str; 5] = ["definitely_not", "no", "yes", "strong_yes", "no_decision"];

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let stages = seed.states::<JobStage>(&JOB_STAGE, "true ORDER BY id", [])?;
    let written_up =
        seed.states::<ScheduledInterview>(&SCHEDULED_INTERVIEW, "written_up ORDER BY id", [])?;
    for (number, (id, interview)) in written_up.into_iter().enumerate() {
        let mut dice = seed.dice("scorecard", number);
        for interviewer in &interview.interviewers {
            let at = interview.updated_at.clone();
            let scorecard = Scorecard {
                created_at: at.clone(),
                updated_at: at.clone(),
                application_id: interview.application_id,
                interview_id: interview.interview_id,
                scheduled_interview_id: Some(id),
                interviewed_at: interview.started_at(),
                interviewer_id: Some(interviewer.user_id),
                submitted_by_id: Some(interviewer.user_id),
                submitted_at: Some(at),
                overall_recommendation: dice.pick(&RECOMMENDATIONS).to_owned(),
                attributes: attributes(&mut dice),
                questions: questions(&stages, interview.interview_id),
            };
            seed.insert(&SCORECARD, &scorecard)?;
        }
    }
    Ok(())
}

fn attributes(dice: &mut Dice) -> Vec<Attribute> {
    ATTRIBUTES
        .iter()
        .map(|(name, of)| Attribute {
            name: (*name).to_owned(),
            r#type: (*of).to_owned(),
            note: dice.percent(20).then(|| "As we talked about.".to_owned()),
            rating: dice.pick(&RATINGS).to_owned(),
        })
        .collect()
}

/// The two that every scorecard has, and those of the interview kit.
fn questions(stages: &[(i64, JobStage)], interview_id: i64) -> Vec<Question> {
    let question = |id, question: &str, answer: Option<&str>| Question {
        id,
        question: question.to_owned(),
        answer: answer.map(str::to_owned),
    };
    let mut questions = vec![
        question(None, "Key Take-Aways", Some("Knows rivers well.")),
        question(None, "Private Notes", None),
    ];
    let mut interviews = stages.iter().flat_map(|(_, stage)| &stage.interviews);
    if let Some(interview) = interviews.find(|one| one.id == interview_id) {
        let asked = interview.kit.questions.iter();
        questions
            .extend(asked.map(|one| question(Some(one.id), &one.question, Some("At length."))));
    }
    questions
}
