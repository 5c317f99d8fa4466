//! The scorecards of a new organization: of interviews that are written up.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Answered, Question, Rating, Scorecard};
use crate::domain::candidate_attributes;
use crate::domain::job_stages::{AnswerType, JOB_INTERVIEW, ListedInterview};
use crate::domain::organization::{Dice, Seed};
use crate::domain::scheduled_interviews::{SCHEDULED_INTERVIEW, ScheduledInterview};
use crate::refusal::Outcome;

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
    let written_up: Vec<i64> = seed.column(
        "SELECT id FROM scheduled_interview WHERE written_up ORDER BY id",
        [],
    )?;
    let (mut steps, mut attributes_of) = (HashMap::new(), HashMap::new());
    for (number, id) in written_up.into_iter().enumerate() {
        seed.settle_some(number)?;
        let interview: ScheduledInterview = seed.get(&SCHEDULED_INTERVIEW, id)?;
        let mut dice = seed.dice("scorecard", number);
        let step: &ListedInterview = match steps.entry(interview.interview_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(seed.get(&JOB_INTERVIEW, interview.interview_id)?),
        };
        let unrated: &Vec<Rating> = match attributes_of.entry(step.job_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(unrated(seed, step.job_id)?),
        };
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
                overall_recommendation: Some(dice.pick(&RECOMMENDATIONS).to_owned()),
                notes: Some("Knows rivers well.".to_owned()),
                private_notes: None,
                public_notes: dice.percent(20).then(|| "Ask about May.".to_owned()),
                attributes: attributes(seed, unrated, &mut dice)?,
                questions: questions(seed, step, &mut dice)?,
            };
            scorecard.add(seed)?;
        }
    }
    Ok(())
}

/// The attributes of a job, as ratings that say nothing.
fn unrated(seed: &Seed<'_, '_>, job_id: i64) -> Outcome<Vec<Rating>> {
    let attributes = candidate_attributes::of_job(seed, job_id)?;
    let attributes = attributes.into_iter();
    let unrated = attributes.map(|(id, _)| Rating::blank(seed, job_id, id, ""));
    unrated.collect()
}

/// Each attribute of the job is rated.
fn attributes(seed: &Seed<'_, '_>, unrated: &[Rating], dice: &mut Dice) -> Outcome<Vec<Rating>> {
    let mut ratings = Vec::new();
    for rating in unrated {
        let mut rating = rating.again(seed)?;
        rating.note = dice.percent(20).then(|| "As we talked about.".to_owned());
        dice.pick(&RATINGS).clone_into(&mut rating.rating);
        ratings.push(rating);
    }
    Ok(ratings)
}

/// Each question of the interview is answered, unless it is a text to read.
fn questions(
    seed: &Seed<'_, '_>,
    step: &ListedInterview,
    dice: &mut Dice,
) -> Outcome<Vec<Question>> {
    let mut questions = Vec::new();
    for asked in &step.interview.kit.questions {
        let mut question = Question::of(asked);
        let options: Vec<i64> = asked.options.iter().map(|option| option.id).collect();
        let answered = match asked.answer_type {
            AnswerType::Text => Some(Answered::Text("At length.".to_owned())),
            AnswerType::YesNo => Some(Answered::YesNo(dice.percent(50))),
            AnswerType::SingleSelect => dice.maybe(&options).copied().map(Answered::Option),
            AnswerType::MultiSelect => {
                let chosen = options.into_iter().filter(|_| dice.percent(50));
                Some(Answered::Options(chosen.collect()))
            }
            AnswerType::Instruction => None,
        };
        if let Some(answered) = answered {
            question.give(seed, asked, answered, "")?;
        }
        questions.push(question);
    }
    Ok(questions)
}
