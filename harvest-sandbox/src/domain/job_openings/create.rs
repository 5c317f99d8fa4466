//! Adding openings.

use super::{JOB_OPENING, JobOpening};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::custom_fields::{self, Entry, Units, Values};
use crate::domain::jobs::Job;
use crate::domain::{approvals, job_status};
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::{Edit, View};

/// How many open ones a job can have.
const MOST_OPEN: usize = 100;

/// An opening to add. Paths are the names of these, below `openings.0.`.
#[derive(Debug)]
pub(crate) struct NewOpening {
    /// What users call it.
    pub(crate) opening_id: Option<String>,
    pub(crate) custom_fields: Vec<Entry>,
}

/// An opening that was added.
pub(crate) struct Added {
    pub(crate) id: i64,
    pub(crate) opening_id: Option<String>,
}

/// Opens positions of a job.
pub(crate) fn create(
    edit: &mut Edit<'_>,
    actor: &Actor,
    job: ClientId,
    new: Vec<NewOpening>,
) -> Outcome<Vec<Added>> {
    let (job_id, job) = Job::seen(edit, actor, job)?;
    actor.require_job(edit, job_id)?;
    let mut problems = Problems::default();
    check_room(edit, Some(job_id), new.len(), "openings", &mut problems)?;
    let units = Units::of(&job.office_ids, &job.department_ids);
    let mut openings = Vec::new();
    for (place, one) in new.into_iter().enumerate() {
        let mut values = Values::new();
        let at = format!("openings.{place}.");
        let entries = &one.custom_fields;
        custom_fields::apply(edit, "opening", entries, &mut values, &at, &mut problems)?;
        custom_fields::require(
            edit,
            "opening",
            entries,
            &values,
            &units,
            &at,
            &mut problems,
        )?;
        openings.push((one.opening_id, values));
    }
    problems.check()?;
    let mut added = Vec::new();
    for (opening_id, values) in openings {
        let id = add(edit, job_id, opening_id.clone(), values)?;
        added.push(Added { id, opening_id });
    }
    job_status::follow_openings(edit, job_id)?;
    approvals::reset_job(edit, job_id)?;
    Ok(added)
}

/// There is room for so many more open ones on a job; `None` is a job that is still to be made.
pub(crate) fn check_room(
    view: &View<'_>,
    job_id: Option<i64>,
    more: usize,
    field: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let sql = "SELECT count(*) FROM job_opening WHERE job_id = ?1 AND status = 'open'";
    let open: usize = view.value(sql, [job_id])?.unwrap_or_default();
    if more == 0 {
        problems.add(field, Rule::None);
    } else if open.saturating_add(more) > MOST_OPEN {
        let most = MOST_OPEN;
        problems.add(field, Rule::TooManyOpen { most, open });
    }
    Ok(())
}

/// Opens a position.
pub(crate) fn add(
    edit: &mut Edit<'_>,
    job_id: i64,
    opening_id: Option<String>,
    custom_fields: Values,
) -> Outcome<i64> {
    let opening = JobOpening {
        custom_fields,
        ..JobOpening::opened(job_id, opening_id, stamp(edit.now()))
    };
    edit.insert(&JOB_OPENING, &opening)
}
