//! Jobs, as v1 shows and changes them.

mod create;
mod document;
mod hiring_team;
mod read;
mod redact;
mod update;

use crate::domain::custom_fields::users_as_values;
use crate::domain::jobs::JOB;
use crate::faces::{Handler, Resource};
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&JOB_PRESENTATION],
    operations: &[
        ("list_jobs", Handler::Read(read::list)),
        ("get_job", Handler::Read(read::get)),
        ("create_job", Handler::Write(create::create)),
        ("update_job", Handler::Write(update::update)),
        ("get_hiring_team", Handler::Read(read::hiring_team)),
        ("replace_hiring_team", Handler::Write(hiring_team::replace)),
        ("add_hiring_team_members", Handler::Write(hiring_team::add)),
        (
            "remove_hiring_team_members",
            Handler::Write(hiring_team::remove),
        ),
    ],
};

static JOB_PRESENTATION: Presentation = Presentation {
    kind: &JOB,
    show: document::document,
    embeds: &[
        Embeds {
            table: "user",
            ids: "SELECT job_id FROM job_hiring_manager WHERE user_id = ?1
                  UNION SELECT job_id FROM job_owner WHERE user_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "department",
            ids: "SELECT job.id FROM job, json_each(job.state, '$.department_ids') AS department
                  WHERE department.value = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "office",
            ids: "SELECT job.id FROM job, json_each(job.state, '$.office_ids') AS office
                  WHERE office.value = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT job.id FROM job JOIN custom_field ON custom_field.field_type = 'job'
                  WHERE custom_field.id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: users_as_values!("job", "job"),
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "job_opening",
            ids: "SELECT job_id FROM job_opening WHERE id = ?1",
            linked: Linked::ByShown,
            depth: Depth::Deep,
        },
    ],
    redact: Some(redact::redact),
};
