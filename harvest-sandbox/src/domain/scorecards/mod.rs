//! Scorecards of interviewers: ratings of attributes of the job, and answers to the questions of an interview.

mod answer;
mod listed;
mod one;
mod rating;
mod seed;
mod write;

pub(crate) use crate::domain::records::scorecard::{Answer, Question, Rating, Scorecard};
pub(crate) use answer::Answered;
pub(crate) use listed::{
    ListedAnswer, ListedPick, ListedRating, SCORECARD_ANSWER, SCORECARD_PICK, SCORECARD_RATING,
};
pub(crate) use one::{add_answer, add_pick, add_rating, change_answer, change_rating};
pub(crate) use write::{Fields, NewAnswer, NewRating, NewScorecard, create, update};

use crate::domain::Resource;
use crate::domain::access::{Actor, Owner, Scope, Visibility};
use crate::domain::events::Event;
use crate::domain::scheduled_interviews::{JOB_OF_STEP, OF_STEP};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[
        &SCORECARD,
        &SCORECARD_RATING,
        &SCORECARD_ANSWER,
        &SCORECARD_PICK,
    ],
    seed: seed::seed,
};

pub(crate) static SCORECARD: Kind = Kind {
    table: "scorecard",
    first_id: 4_417_005_120,
    visibility: Visibility::of(&[
        Owner::Column(Scope::Application, "application_id"),
        // The application may have left the job.
        Owner::Way(Scope::Job, &[OF_STEP], JOB_OF_STEP),
    ]),
};

/// The rating of what nothing was said about.
const NO_RATING: &str = "no_decision";

/// Deletes the scorecards of an application that stays, as far as the user may see them.
pub(crate) fn erase_of(edit: &mut Edit<'_>, actor: &Actor, application_id: i64) -> Outcome<()> {
    let sql = "SELECT id FROM scorecard WHERE application_id = ?1 ORDER BY id";
    let all = edit.column(sql, [application_id])?;
    for id in actor.seen_of(edit, &SCORECARD, all)? {
        let scorecard: Scorecard = edit.get(&SCORECARD, id)?;
        listed::forget_parts(edit, id)?;
        edit.delete(&SCORECARD, id)?;
        Event::ScorecardDeleted(id, Box::new(scorecard)).record(edit);
    }
    Ok(())
}

/// Removes the scorecards of an application that is removed itself.
pub(crate) fn remove_of(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let sql = "SELECT id FROM scorecard WHERE application_id = ?1";
    for id in edit.column(sql, [application_id])? {
        listed::forget_parts(edit, id)?;
        edit.delete(&SCORECARD, id)?;
    }
    Ok(())
}
