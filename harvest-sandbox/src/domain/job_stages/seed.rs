//! The stages of the jobs of a new organization.

use super::AnswerType;
use super::JobStage;
use super::interview::{Copied, Interview, InterviewKit, InterviewQuestion, QuestionOption};
use crate::domain::jobs::{JOB, Job};
use crate::domain::organization::{Dice, Seed};
use crate::refusal::Outcome;

/// Name, minutes of its interview (0 for a step that takes no appointment, none for no interview), and what to ask.
type Definition = (&'static str, Option<i64>, &'static [Asked]);

/// A question, how it is answered, and what it offers to choose from.
type Asked = (&'static str, AnswerType, &'static [&'static str]);

const STAGES: [Definition; 5] = [
    ("Application Review", Some(0), &[]),
    (
        "Telephone Interview",
        Some(30),
        &[
            ("What brought you to rivers and ice?", AnswerType::Text, &[]),
            ("Could start this season", AnswerType::YesNo, &[]),
        ],
    ),
    ("Take Home Test", Some(0), &[]),
    (
        "Face to Face",
        Some(60),
        &[
            (
                "Bring the current meter, and let them take it apart.",
                AnswerType::Instruction,
                &[],
            ),
            (
                "Tell us about a measurement that went wrong.",
                AnswerType::Text,
                &[],
            ),
            (
                "How do you work alone, and how in a crew?",
                AnswerType::Text,
                &[],
            ),
            (
                "Where they would start",
                AnswerType::SingleSelect,
                &["Field station", "Laboratory", "Office"],
            ),
            (
                "What they have measured",
                AnswerType::MultiSelect,
                &["Stage", "Discharge", "Sediment", "Ice"],
            ),
        ],
    ),
    ("Offer", None, &[]),
];

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let users: Vec<i64> = seed.column(
        "SELECT id FROM user WHERE NOT disabled AND employee_id <> 'INTUSER123' ORDER BY id",
        [],
    )?;
    for (number, (job_id, job)) in seed
        .states::<Job>(&JOB, "true ORDER BY id", [])?
        .into_iter()
        .enumerate()
    {
        let mut dice = seed.dice("job_stage", number);
        for (priority, (name, minutes, questions)) in (0..).zip(STAGES) {
            let mut interviews = Vec::new();
            if let Some(minutes) = minutes {
                let mut interview = interview(name, minutes, questions, &users, &mut dice);
                interview.number(seed, &mut Copied::default())?;
                interviews.push(interview);
            }
            let stage = JobStage {
                name: name.to_owned(),
                created_at: job.created_at.clone(),
                updated_at: job.created_at.clone(),
                active: true,
                job_id,
                priority,
                interviews,
            };
            stage.insert(seed)?;
        }
    }
    Ok(())
}

/// Without ids as yet.
fn interview(
    name: &str,
    minutes: i64,
    questions: &[Asked],
    users: &[i64],
    dice: &mut Dice,
) -> Interview {
    let schedulable = minutes > 0;
    Interview {
        id: 0,
        name: name.to_owned(),
        schedulable,
        estimated_minutes: schedulable.then_some(minutes),
        interviewer_ids: dice
            .maybe(users)
            .filter(|_| schedulable)
            .copied()
            .into_iter()
            .collect(),
        kit: InterviewKit {
            id: 0,
            content: schedulable.then(|| format!("<p>{minutes} minutes, and time for theirs.</p>")),
            questions: questions.iter().map(question).collect(),
        },
    }
}

fn question((question, answer_type, options): &Asked) -> InterviewQuestion {
    let options = options.iter().map(|name| QuestionOption {
        id: 0,
        name: (*name).to_owned(),
    });
    InterviewQuestion {
        id: 0,
        question: (*question).to_owned(),
        answer_type: *answer_type,
        options: options.collect(),
    }
}
