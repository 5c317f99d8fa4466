//! Openings, as v1 shows and changes them.

mod create;
mod delete;
mod document;
mod redact;
mod update;

pub(super) use document::{all_of_job, of_offer};
pub(super) use redact::without_application;

use crate::domain::custom_fields::users_as_values;
use crate::domain::job_openings::{JOB_OPENING, of_job};
use crate::domain::jobs::JOB;
use crate::faces::list::{Filter, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&JOB_OPENING_PRESENTATION],
    operations: &[
        ("list_job_openings", Handler::Read(list)),
        ("get_job_opening", Handler::Read(get)),
        ("create_job_openings", Handler::Write(create::create)),
        ("update_job_opening", Handler::Write(update::update)),
        ("delete_job_openings", Handler::Write(delete::delete)),
        ("delete_job_openings_v1", Handler::Write(delete::delete_v1)),
    ],
};

static JOB_OPENING_PRESENTATION: Presentation = Presentation {
    kind: &JOB_OPENING,
    show: document::full,
    embeds: &[
        Embeds {
            table: "close_reason",
            ids: "SELECT id FROM job_opening WHERE close_reason_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT job_opening.id FROM job_opening
                  JOIN custom_field ON custom_field.field_type = 'opening'
                  WHERE custom_field.id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: users_as_values!("job_opening", "opening"),
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
    ],
    redact: Some(redact::redact),
};

/// `opened` and `closed` are states; anything else is none, and picks all.
const FILTERS: &[Filter] = &[Filter::text_where(
    "status",
    "CASE ? WHEN 'opened' THEN status = 'open' WHEN 'closed' THEN status = 'closed' ELSE true END",
)];

fn list(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.id_in_path(&JOB, "job_id")?;
    cx.list(
        List::of(&JOB_OPENING)
            .within("job_id = ?", job_id)
            .filters(FILTERS),
    )
}

fn get(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.id_in_path(&JOB, "job_id")?;
    let (id, _) = of_job(cx.record_in_path(&JOB_OPENING, "id")?, job_id)?;
    cx.one(&JOB_OPENING, id)
}
