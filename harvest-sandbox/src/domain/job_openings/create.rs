//! Adding openings.

use super::{JOB_OPENING, JobOpening};
use crate::clock::stamp;
use crate::domain::custom_fields::Values;
use crate::refusal::{Outcome, Problems};
use crate::store::{Edit, View};

/// How many open ones a job can have.
const MOST_OPEN: usize = 100;

/// An opening to add.
pub(crate) struct NewOpening {
    pub(crate) opening_id: Option<String>,
    pub(crate) custom_fields: Values,
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
        problems.add(field, "Must be at least one");
    } else if open.saturating_add(more) > MOST_OPEN {
        let message = format!("A job can have {MOST_OPEN} open openings, and {open} are open");
        problems.add(field, message);
    }
    Ok(())
}

/// Opens a position.
pub(crate) fn add(edit: &mut Edit<'_>, job_id: i64, new: NewOpening) -> Outcome<i64> {
    let opening = JobOpening {
        job_id,
        opening_id: new.opening_id,
        status: "open".to_owned(),
        opened_at: stamp(edit.now()),
        custom_fields: new.custom_fields,
        ..JobOpening::default()
    };
    edit.insert(&JOB_OPENING, &opening)
}
