//! Applications, as v1 shows and changes them.

mod create;
mod document;
mod hire;
mod reject;
mod stage;
mod update;
mod write;

pub(super) use create::{Create, NAMES};
pub(super) use document::{Named, Shown};

use crate::domain::applications::APPLICATION;
use crate::domain::custom_fields::users_as_values;
use crate::faces::list::{Comparison, Filter, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&APPLICATION_PRESENTATION],
    operations: &[
        ("list_applications", Handler::Read(list)),
        ("get_application", Handler::Read(get)),
        ("create_application", Handler::Write(create::create)),
        ("update_application", Handler::Write(update::update)),
        ("delete_application", Handler::Write(write::delete)),
        (
            "create_application_attachment",
            Handler::Write(write::attach),
        ),
        ("advance_application", Handler::Write(stage::advance)),
        ("move_application", Handler::Write(stage::move_within)),
        ("transfer_application", Handler::Write(stage::transfer)),
        ("convert_prospect", Handler::Write(stage::convert)),
        ("hire_application", Handler::Write(hire::hire)),
        ("reject_application", Handler::Write(reject::reject)),
        ("update_rejection", Handler::Write(reject::update)),
        ("unreject_application", Handler::Write(reject::unreject)),
    ],
};

static APPLICATION_PRESENTATION: Presentation = Presentation {
    kind: &APPLICATION,
    show: document::full,
    embeds: &[
        Embeds {
            table: "user",
            ids: "SELECT id FROM application WHERE recruiter_id = ?1
                  UNION SELECT id FROM application WHERE coordinator_id = ?1
                  UNION SELECT id FROM application WHERE credited_to_id = ?1
                  UNION SELECT id FROM application WHERE prospect_owner_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "office",
            ids: "SELECT id FROM application WHERE prospective_office_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "department",
            ids: "SELECT id FROM application WHERE prospective_department_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "source",
            ids: "SELECT id FROM application WHERE source_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "rejection_reason",
            ids: "SELECT id FROM application WHERE rejection_reason_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "job",
            ids: "SELECT application_id FROM application_job WHERE job_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "job_stage",
            ids: "SELECT id FROM application WHERE stage_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT application.id FROM custom_field JOIN application
                  WHERE custom_field.id = ?1
                  AND (field_type = 'application'
                       OR field_type = 'rejection_question'
                       AND application.rejection_reason_id IS NOT NULL)",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: users_as_values!("application", "application"),
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: users_as_values!("application", "rejection_question", "rejection_details"),
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
    ],
    redact: Some(document::redact),
};

const FILTERS: &[Filter] = &[
    Filter::time("created_before", "created_at", Comparison::Before),
    Filter::time("created_after", "created_at", Comparison::Since),
    Filter::time("last_activity_after", "last_activity_at", Comparison::Since),
    Filter::text("status", "status"),
    Filter::job(
        "job_id",
        "id IN (SELECT application_id FROM application_job WHERE job_id = ?)",
    ),
];

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&APPLICATION).filters(FILTERS))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&APPLICATION, "id")
}
