//! The stages through which applications went, as records of their own.

use serde::{Deserialize, Serialize};

use super::Application;
use crate::clock::stamp;
use crate::domain::access::{Actor, Owner, Scope, Visibility};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind, View};

pub(crate) static APPLICATION_STAGE: Kind = Kind {
    table: "stage_history",
    first_id: 119_572_240_001,
    visibility: Visibility::of(&[
        Owner::Column(Scope::Application, "application_id"),
        // Of a job that the application may have left.
        Owner::Way(Scope::Job, &[("job_stage_id", "job_stage")], "job_id"),
    ]),
};

/// A stage in which an application is, or was.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ApplicationStage {
    pub(crate) application_id: i64,
    pub(crate) job_stage_id: i64,
    pub(crate) entered_at: String,
    /// None of the one in which it is.
    pub(crate) exited_at: Option<String>,
}

/// The record of the stage in which an application is, if it is in one.
pub(crate) fn current_stage(view: &View<'_>, id: i64) -> Outcome<Option<i64>> {
    let sql = "SELECT id FROM stage_history WHERE application_id = ?1 AND exited_at IS NULL";
    view.value(sql, [id])
}

impl Application {
    /// Writes down in which stage the application is, if it was in another or in none.
    pub(crate) fn follow_stage(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let now = stamp(edit.now());
        if let Some(current) = current_stage(edit, id)? {
            let mut left: ApplicationStage = edit.get(&APPLICATION_STAGE, current)?;
            if self.stage_id == Some(left.job_stage_id) {
                return Ok(());
            }
            left.exited_at = Some(now.clone());
            edit.save(&APPLICATION_STAGE, current, &left)?;
        }
        let Some(entered) = self.entered(id, now) else {
            return Ok(());
        };
        edit.insert(&APPLICATION_STAGE, &entered)?;
        Ok(())
    }

    /// The same for an application of which nothing is known but the stage in which it is.
    pub(crate) fn add_stage(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let entered = self
            .stage_id
            .map(|stage| (stage, self.last_activity_at.clone()));
        self.add_stages(edit, id, entered.as_slice())
    }

    /// The same for an application of a new organization, of which nothing is written down so far: the stages that it was in,
    /// in order, and when it came there. In the last of them it is.
    #[expect(clippy::unused_self, reason = "it is called as its sibling above is")]
    pub(crate) fn add_stages(
        &self,
        edit: &mut Edit<'_>,
        application_id: i64,
        entered: &[(i64, String)],
    ) -> Outcome<()> {
        for (place, (job_stage_id, entered_at)) in entered.iter().enumerate() {
            let stage = ApplicationStage {
                application_id,
                job_stage_id: *job_stage_id,
                entered_at: entered_at.clone(),
                exited_at: entered.get(place + 1).map(|(_, at)| at.clone()),
            };
            let id = edit.new_id(&APPLICATION_STAGE)?;
            edit.insert_shown(&APPLICATION_STAGE, id, &stage)?;
        }
        Ok(())
    }

    fn entered(&self, application_id: i64, entered_at: String) -> Option<ApplicationStage> {
        Some(ApplicationStage {
            application_id,
            job_stage_id: self.stage_id?,
            entered_at,
            exited_at: None,
        })
    }
}

/// Removes the stages of an application.
pub(super) fn forget_stages(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    let all = edit.column(
        "SELECT id FROM stage_history WHERE application_id = ?1",
        [id],
    )?;
    forget(edit, all)
}

/// Removes the stages that an application has left, as far as the user may see them.
pub(crate) fn forget_past_stages(edit: &mut Edit<'_>, actor: &Actor, id: i64) -> Outcome<()> {
    let sql = "SELECT id FROM stage_history WHERE application_id = ?1 AND exited_at IS NOT NULL";
    let past = edit.column(sql, [id])?;
    let seen = actor.seen_of(edit, &APPLICATION_STAGE, past)?;
    forget(edit, seen)
}

fn forget(edit: &mut Edit<'_>, ids: Vec<i64>) -> Outcome<()> {
    for id in ids {
        edit.delete(&APPLICATION_STAGE, id)?;
    }
    Ok(())
}
