//! Openings: the positions that a job is to fill.

mod create;
mod delete;
mod document;
mod fill;
mod redact;
mod seed;
mod update;

pub(super) use create::{NewOpening, add, check_room};
pub(super) use document::{all_of_job, of_offer};
pub(super) use fill::{Fill, forget_application};
pub(super) use redact::without_application;

use serde::{Deserialize, Serialize};

use super::custom_fields::Values;
use super::jobs::JOB;
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Reading, Resource};
use crate::list::{Filter, List};
use crate::refusal::{Outcome, Refusal};
use crate::store::{Depth, Embeds, Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&JOB_OPENING],
    presentations: &[&JOB_OPENING_PRESENTATION],
    operations: &[
        ("list_job_openings", Handler::Read(list)),
        ("get_job_opening", Handler::Read(get)),
        ("create_job_openings", Handler::Write(create::create)),
        ("update_job_opening", Handler::Write(update::update)),
        ("delete_job_openings", Handler::Write(delete::delete)),
        ("delete_job_openings_v1", Handler::Write(delete::delete_v1)),
    ],
    seed: seed::seed,
};

pub(super) static JOB_OPENING: Kind = Kind {
    table: "job_opening",
    first_id: 7_710_022_001,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

static JOB_OPENING_PRESENTATION: Presentation = Presentation {
    kind: &JOB_OPENING,
    show: document::full,
    embeds: &[
        Embeds {
            table: "close_reason",
            ids: "SELECT id FROM job_opening WHERE close_reason_id = ?1",
            depth: Depth::Deep,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT job_opening.id FROM job_opening
                  JOIN custom_field ON custom_field.field_type = 'opening'
                  WHERE custom_field.id = ?1",
            depth: Depth::Fields,
        },
    ],
    redact: Some(redact::redact),
};

/// What is known about an opening.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct JobOpening {
    pub(super) job_id: i64,
    /// What users call it: not its id.
    pub(super) opening_id: Option<String>,
    /// `open` or `closed`.
    pub(super) status: String,
    pub(super) opened_at: String,
    pub(super) closed_at: Option<String>,
    /// The application that filled it.
    pub(super) application_id: Option<i64>,
    pub(super) close_reason_id: Option<i64>,
    pub(super) custom_fields: Values,
}

impl JobOpening {
    /// Closes it at this time, filled by an application or not.
    pub(super) fn close(
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
    fn open(&mut self, at: String) {
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

/// `opened` and `closed` are states; anything else is none, and picks all.
const FILTERS: &[Filter] = &[Filter::text_where(
    "status",
    "CASE ? WHEN 'opened' THEN status = 'open' WHEN 'closed' THEN status = 'closed' ELSE true END",
)];

fn list(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.row_in_path(&JOB, "job_id")?.id;
    cx.list(
        List::of(&JOB_OPENING)
            .within("job_id = ?", job_id)
            .filters(FILTERS),
    )
}

fn get(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.row_in_path(&JOB, "job_id")?.id;
    let (id, _) = of_job(cx.record_in_path(&JOB_OPENING, "id")?, job_id)?;
    cx.one(&JOB_OPENING, id)
}

/// An opening, if it is one of this job; otherwise 404.
fn of_job(found: (i64, JobOpening), job_id: i64) -> Outcome<(i64, JobOpening)> {
    if found.1.job_id == job_id {
        Ok(found)
    } else {
        Err(Refusal::not_found())
    }
}
