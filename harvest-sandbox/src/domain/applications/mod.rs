//! Applications: candidates on a job, and prospects on any number of them.

mod attach;
mod create;
mod delete;
mod files;
mod hire;
mod offer_letter;
mod referrer;
mod reject;
mod rejection_email;
mod stage;
mod stage_history;
mod state;
mod target;
mod update;

pub(crate) use crate::domain::records::application::{APPLICATION, Answer, Application};
pub(crate) use attach::{attach, attach_instead, detach};
pub(crate) use create::{NewApplication, add, create};
pub(crate) use delete::delete;
pub(crate) use hire::{HIRED, Hire, hire};
pub(crate) use referrer::Referrer;
pub(crate) use reject::{Reject, change_reason, reject, unreject};
pub(crate) use rejection_email::RejectionEmail;
pub(crate) use stage::{Move, Target, convert, move_to, moved_into, transfer};
pub(crate) use stage_history::{
    APPLICATION_STAGE, ApplicationStage, current_stage, forget_past_stages,
};
pub(crate) use target::{Subject, record};
pub(crate) use update::{Update, update};

use crate::domain::attachments::{ATTACHMENT, Attachment};
use crate::domain::eeoc::EEOC;
use crate::domain::{
    Resource, activity_feed, attachments, demographics, job_openings, offers, scheduled_interviews,
    scorecards,
};
use crate::refusal::Outcome;
use crate::store::Edit;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&APPLICATION, &APPLICATION_STAGE, &ATTACHMENT],
    // Seeded with their candidates.
    seed: |_| Ok(()),
};

/// Removes an application, with its files. Its candidate has to be touched by the caller that keeps the candidate.
pub(crate) fn remove(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    let application: Application = edit.get(&APPLICATION, id)?;
    discard_files(edit, id, application.candidate_id, &application.attachments)?;
    remove_record(edit, id, &application)
}

/// Removes all applications of a candidate. Their files are looked through once, not for each.
pub(crate) fn remove_all_of(edit: &mut Edit<'_>, candidate_id: i64) -> Outcome<()> {
    let all: Vec<(i64, Application)> =
        edit.states(&APPLICATION, "candidate_id = ?1", [candidate_id])?;
    let files = all
        .iter()
        .flat_map(|(_, application)| &application.attachments);
    attachments::discard(edit, files, [])?;
    for (id, application) in &all {
        remove_record(edit, *id, application)?;
    }
    Ok(())
}

/// Removes an application whose files are discarded.
fn remove_record(edit: &mut Edit<'_>, id: i64, application: &Application) -> Outcome<()> {
    let (candidate_id, job_ids) = (application.candidate_id, &application.job_ids);
    activity_feed::withdraw(edit, candidate_id, id)?;
    activity_feed::outlive_application(edit, candidate_id, id, job_ids)?;
    Application::default().keep_files(edit, id)?;
    offers::remove(edit, id)?;
    job_openings::forget_application(edit, id)?;
    demographics::remove(edit, id)?;
    edit.delete(&EEOC, id)?;
    scorecards::remove_of(edit, id)?;
    scheduled_interviews::remove_of(edit, id)?;
    stage_history::forget_stages(edit, id)?;
    edit.delete(&APPLICATION, id)?;
    edit.run(
        "DELETE FROM application_job WHERE application_id = ?1",
        [id],
    )?;
    Ok(())
}

/// Removes files of an application, but for those that another application of the candidate has.
fn discard_files(edit: &Edit<'_>, id: i64, candidate_id: i64, files: &[Attachment]) -> Outcome<()> {
    let condition = "candidate_id = ?1 AND id <> ?2";
    let others: Vec<(i64, Application)> =
        edit.states(&APPLICATION, condition, (candidate_id, id))?;
    let kept = others.iter().flat_map(|(_, other)| &other.attachments);
    attachments::discard(edit, files, kept)
}
