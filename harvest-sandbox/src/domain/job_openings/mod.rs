//! Openings: the positions that a job is to fill.

mod create;
mod delete;
mod fill;
mod seed;
mod update;

pub(crate) use create::{NewOpening, add, check_room, create};
pub(crate) use delete::delete;
pub(crate) use fill::{Fill, forget_application, to_fill};
pub(crate) use update::{Update, update};

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::domain::custom_fields::Values;
use crate::refusal::{Outcome, Refusal};
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&JOB_OPENING],
    seed: seed::seed,
};

pub(crate) static JOB_OPENING: Kind = Kind {
    table: "job_opening",
    first_id: 7_710_022_001,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

/// What is known about an opening.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct JobOpening {
    pub(crate) job_id: i64,
    /// What users call it: not its id.
    pub(crate) opening_id: Option<String>,
    /// `open` or `closed`.
    pub(crate) status: String,
    pub(crate) opened_at: String,
    pub(crate) closed_at: Option<String>,
    /// The day on which someone should start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) target_start_on: Option<String>,
    /// The application that filled it.
    pub(crate) application_id: Option<i64>,
    pub(crate) close_reason_id: Option<i64>,
    pub(crate) custom_fields: Values,
}

impl JobOpening {
    /// One that was opened at this time.
    pub(crate) fn opened(job_id: i64, opening_id: Option<String>, opened_at: String) -> Self {
        Self {
            job_id,
            opening_id,
            status: "open".to_owned(),
            opened_at,
            ..Self::default()
        }
    }

    /// Closes it at this time, filled by an application or not.
    pub(crate) fn close(
        &mut self,
        at: String,
        reason_id: Option<i64>,
        application_id: Option<i64>,
    ) {
        "closed".clone_into(&mut self.status);
        self.closed_at = Some(at);
        self.close_reason_id = reason_id;
        self.application_id = application_id;
    }

    /// Opens it, and forgets how it was closed.
    pub(crate) fn open(&mut self, at: String) {
        *self = Self {
            status: "open".to_owned(),
            opened_at: at,
            closed_at: None,
            application_id: None,
            close_reason_id: None,
            ..std::mem::take(self)
        };
    }
}

/// How many openings of a job are open, and how many there are.
#[cfg(feature = "dev-center")]
pub(crate) fn counted(view: &crate::store::View<'_>, job_id: i64) -> Outcome<(usize, usize)> {
    let sql = "SELECT count(*) FROM job_opening WHERE job_id = ?1 AND status = 'open'";
    let open = view.value(sql, [job_id])?.unwrap_or_default();
    let sql = "SELECT count(*) FROM job_opening WHERE job_id = ?1";
    Ok((open, view.value(sql, [job_id])?.unwrap_or_default()))
}

/// An opening, if it is one of this job; otherwise 404.
pub(crate) fn of_job(found: (i64, JobOpening), job_id: i64) -> Outcome<(i64, JobOpening)> {
    if found.1.job_id == job_id {
        Ok(found)
    } else {
        Err(Refusal::not_found())
    }
}
