//! The stages of the jobs of a new organization.

use super::JobStage;
use super::interview::{Interview, InterviewKit, InterviewQuestion};
use crate::domain::jobs::{JOB, Job};
use crate::domain::organization::{Dice, Seed};
use crate::refusal::Outcome;

/// Name, minutes of its interview (0 for a step that takes no appointment, none for no interview), and what to ask.
type Definition = (&'static str, Option<i64>, &'static [&'static str]);

const STAGES: [Definition; 5] = [
    ("Application Review", Some(0), &[]),
    (
        "Telephone Interview",
        Some(30),
        &["What brought you to rivers and ice?"],
    ),
    ("Take Home Test", Some(0), &[]),
    (
        "Face to Face",
        Some(60),
        &[
            "Tell us about a measurement that went wrong.",
            "How do you work alone, and how in a crew?",
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
                interview.number(seed)?;
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
    questions: &[&str],
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
            questions: questions
                .iter()
                .map(|question| InterviewQuestion {
                    id: 0,
                    question: (*question).to_owned(),
                })
                .collect(),
        },
    }
}
