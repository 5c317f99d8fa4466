//! Interviews on the calendar.

mod panel;
mod seed;
mod state;
mod step;
mod write;

pub(crate) use panel::{INTERVIEWER, ListedInterviewer, OF_INTERVIEW};
pub(crate) use state::{Interviewer, ScheduledInterview, Time};
pub(crate) use step::{JOB_OF_STEP, OF_STEP, Step};
pub(crate) use write::{Fields, Invited, NewInterview, create, delete, update};

use crate::clock::stamp;
use crate::domain::Resource;
use crate::domain::access::{Actor, Owner, Scope, Visibility};
use crate::domain::events::Event;
use crate::refusal::Outcome;
use crate::store::{Edit, Kind, View};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&SCHEDULED_INTERVIEW, &INTERVIEWER],
    seed: seed::seed,
};

/// How far an interview is depends on the time, so that its document is made whenever it is sent. What others change about
/// it doesn't have to be declared.
pub(crate) static SCHEDULED_INTERVIEW: Kind = Kind {
    table: "scheduled_interview",
    first_id: 7_700_415_003,
    visibility: Visibility::of(&[
        Owner::Column(Scope::Application, "application_id"),
        // The application may have left the job.
        Owner::Way(Scope::Job, &[OF_STEP], JOB_OF_STEP),
    ]),
};

/// Cancels the interviews of an application that stays, as far as the user may see them.
pub(crate) fn erase_of(edit: &mut Edit<'_>, actor: &Actor, application_id: i64) -> Outcome<()> {
    let all = of(edit, application_id)?;
    for id in actor.seen_of(edit, &SCHEDULED_INTERVIEW, all)? {
        panel::remove(edit, id)?;
        Event::InterviewDeleted(id).record(edit);
    }
    Ok(())
}

/// A scorecard of an interview was handed in, or taken back: the interview is complete once those of all interviewers are in.
pub(crate) fn follow_scorecards(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    let found: Option<ScheduledInterview> = edit.find(&SCHEDULED_INTERVIEW, id)?;
    let Some(mut interview) = found else {
        return Ok(());
    };
    let sql = "SELECT interviewer_id FROM scorecard
               WHERE scheduled_interview_id = ?1 AND state ->> 'submitted_at' IS NOT NULL";
    let handed_in: Vec<i64> = edit.column(sql, [id])?;
    let mut panel = interview.interviewers.iter();
    let written_up = panel.all(|one| handed_in.contains(&one.user_id));
    if interview.written_up == written_up {
        return Ok(());
    }
    interview.written_up = written_up;
    interview.updated_at = stamp(edit.now());
    interview.save(edit, id)
}

/// Removes the interviews of an application that is removed itself.
pub(crate) fn remove_of(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    for id in of(edit, application_id)? {
        panel::remove(edit, id)?;
    }
    Ok(())
}

fn of(view: &View<'_>, application_id: i64) -> Outcome<Vec<i64>> {
    let sql = "SELECT id FROM scheduled_interview WHERE application_id = ?1 ORDER BY id";
    view.column(sql, [application_id])
}
