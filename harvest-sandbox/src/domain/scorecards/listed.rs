//! Ratings, answers and chosen options of scorecards, as records of their own.

use serde::{Deserialize, Serialize};

use super::{SCORECARD, Scorecard};
use crate::domain::access::{self, Hop, Scope, Visibility};
use crate::domain::job_stages::AnswerType;
use crate::domain::parts::{self, Owner};
use crate::domain::scheduled_interviews::{JOB_OF_STEP, OF_STEP};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static SCORECARD_RATING: Kind = kind("scorecard_candidate_attribute", 4_417_900_101);

pub(crate) static SCORECARD_ANSWER: Kind = kind("scorecard_question_answer", 4_417_800_201);

pub(crate) static SCORECARD_PICK: Kind = kind("scorecard_question_answer_option", 4_417_810_301);

const fn kind(table: &'static str, first_id: i64) -> Kind {
    Kind {
        table,
        first_id,
        visibility: Visibility::of(&[
            access::Owner::Column(Scope::Application, "application_id"),
            access::Owner::Way(Scope::Job, &[OF_SCORECARD, OF_STEP], JOB_OF_STEP),
        ]),
    }
}

/// The way to the scorecard, by a column of the table.
const OF_SCORECARD: Hop = ("scorecard_id", "scorecard");

#[derive(Serialize, Deserialize)]
pub(crate) struct ListedRating {
    pub(crate) scorecard_id: i64,
    pub(crate) application_id: i64,
    pub(crate) job_candidate_attribute_id: i64,
    pub(crate) note: Option<String>,
    pub(crate) rating: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ListedAnswer {
    pub(crate) scorecard_id: i64,
    pub(crate) application_id: i64,
    pub(crate) scorecard_question_id: i64,
    pub(crate) answer_type: AnswerType,
    pub(crate) text: Option<String>,
    pub(crate) yes: Option<bool>,
    pub(crate) option_ids: Vec<i64>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ListedPick {
    pub(crate) scorecard_id: i64,
    pub(crate) application_id: i64,
    pub(crate) scorecard_question_answer_id: i64,
    pub(crate) scorecard_question_option_id: i64,
}

/// The parts of a scorecard, by their ids.
struct Listed {
    ratings: Vec<(i64, ListedRating)>,
    answers: Vec<(i64, ListedAnswer)>,
    picks: Vec<(i64, ListedPick)>,
}

impl Scorecard {
    /// Adds a scorecard, and says under which id.
    pub(super) fn insert(&self, edit: &mut Edit<'_>) -> Outcome<i64> {
        let id = edit.insert(&SCORECARD, self)?;
        self.keep_parts(edit, id)?;
        Ok(id)
    }

    /// Keeps a scorecard that was changed.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        edit.save(&SCORECARD, id, self)?;
        self.keep_parts(edit, id)
    }

    /// Adds a scorecard of a new organization.
    pub(super) fn add(&self, edit: &mut Edit<'_>) -> Outcome<()> {
        let id = edit.new_id(&SCORECARD)?;
        edit.insert_shown(&SCORECARD, id, self)?;
        let listed = self.listed(id);
        parts::add(edit, &SCORECARD_RATING, listed.ratings)?;
        parts::add(edit, &SCORECARD_ANSWER, listed.answers)?;
        parts::add(edit, &SCORECARD_PICK, listed.picks)
    }

    fn keep_parts(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let (owner, listed) = (of(id), self.listed(id));
        parts::keep(edit, &SCORECARD_RATING, owner, listed.ratings)?;
        parts::keep(edit, &SCORECARD_ANSWER, owner, listed.answers)?;
        parts::keep(edit, &SCORECARD_PICK, owner, listed.picks)
    }

    fn listed(&self, id: i64) -> Listed {
        let application_id = self.application_id;
        let ratings = self.attributes.iter().map(|one| {
            let listed = ListedRating {
                scorecard_id: id,
                application_id,
                job_candidate_attribute_id: one.job_candidate_attribute_id,
                note: one.note.clone(),
                rating: one.rating.clone(),
            };
            (one.id, listed)
        });
        let ratings = ratings.collect();
        let (mut answers, mut picks) = (Vec::new(), Vec::new());
        for question in &self.questions {
            let Some(answer) = &question.answer else {
                continue;
            };
            let listed = ListedAnswer {
                scorecard_id: id,
                application_id,
                scorecard_question_id: question.id,
                answer_type: question.answer_type,
                text: answer.text.clone(),
                yes: answer.yes,
                option_ids: answer.picks.iter().map(|pick| pick.option_id).collect(),
            };
            answers.push((answer.id, listed));
            picks.extend(answer.picks.iter().map(|pick| {
                let listed = ListedPick {
                    scorecard_id: id,
                    application_id,
                    scorecard_question_answer_id: answer.id,
                    scorecard_question_option_id: pick.option_id,
                };
                (pick.id, listed)
            }));
        }
        Listed {
            ratings,
            answers,
            picks,
        }
    }
}

/// Removes the parts of a scorecard that is removed.
pub(super) fn forget_parts(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    for kind in [&SCORECARD_RATING, &SCORECARD_ANSWER, &SCORECARD_PICK] {
        parts::keep::<()>(edit, kind, of(id), [])?;
    }
    Ok(())
}

fn of(id: i64) -> Owner {
    Owner {
        column: "scorecard_id",
        id,
    }
}
