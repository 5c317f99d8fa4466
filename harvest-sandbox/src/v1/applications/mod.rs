//! Applications: candidates on a job, and prospects on any number of them.

mod convert;
mod create;
mod document;
mod hire;
mod letter;
mod reject;
mod rejection_email;
mod stage;
mod state;
mod subject;
mod update;
mod write;

pub(super) use create::{Create, add};
pub(super) use document::embedded;
pub(super) use state::{Answer, Application};

use std::collections::HashSet;

use super::attachments::Source;
use super::eeoc::EEOC;
use super::{activity_feed, attachments, demographics, job_openings, offers};
use super::{scheduled_interviews, scorecards};
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Reading, Resource};
use crate::list::{Comparison, Filter, List};
use crate::refusal::Outcome;
use crate::store::{Depth, Edit, Embeds, Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&APPLICATION],
    presentations: &[&APPLICATION_PRESENTATION],
    operations: &[
        ("list_applications", Handler::Read(list)),
        ("get_application", Handler::Read(get)),
        ("create_application", Handler::Write(write::create)),
        ("update_application", Handler::Write(update::update)),
        ("delete_application", Handler::Write(write::delete)),
        (
            "create_application_attachment",
            Handler::Write(write::attach),
        ),
        ("advance_application", Handler::Write(stage::advance)),
        ("move_application", Handler::Write(stage::move_within)),
        ("transfer_application", Handler::Write(stage::transfer)),
        ("convert_prospect", Handler::Write(convert::convert)),
        ("hire_application", Handler::Write(hire::hire)),
        ("reject_application", Handler::Write(reject::reject)),
        ("update_rejection", Handler::Write(reject::update)),
        ("unreject_application", Handler::Write(reject::unreject)),
    ],
    // Seeded with their candidates.
    seed: |_| Ok(()),
};

pub(super) static APPLICATION: Kind = Kind {
    table: "application",
    first_id: 119_561_004_418,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "id")]),
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
            depth: Depth::Fields,
        },
        Embeds {
            table: "office",
            ids: "SELECT id FROM application WHERE prospective_office_id = ?1",
            depth: Depth::Deep,
        },
        Embeds {
            table: "department",
            ids: "SELECT id FROM application WHERE prospective_department_id = ?1",
            depth: Depth::Deep,
        },
        Embeds {
            table: "source",
            ids: "SELECT id FROM application WHERE source_id = ?1",
            depth: Depth::Fields,
        },
        Embeds {
            table: "rejection_reason",
            ids: "SELECT id FROM application WHERE rejection_reason_id = ?1",
            depth: Depth::Fields,
        },
        Embeds {
            table: "job",
            ids: "SELECT application_id FROM application_job WHERE job_id = ?1",
            depth: Depth::Fields,
        },
        Embeds {
            table: "job_stage",
            ids: "SELECT id FROM application WHERE stage_id = ?1",
            depth: Depth::Fields,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT application.id FROM custom_field JOIN application
                  WHERE custom_field.id = ?1
                  AND (field_type = 'application'
                       OR field_type = 'rejection_question'
                       AND application.rejection_reason_id IS NOT NULL)",
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

/// Removes an application, with its files. Its candidate has to be touched by whoever keeps the candidate.
pub(super) fn remove(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    let application: Application = edit.get(&APPLICATION, id)?;
    let (candidate_id, job_ids) = (application.candidate_id, &application.job_ids);
    activity_feed::withdraw(edit, candidate_id, id)?;
    activity_feed::outlive_application(edit, candidate_id, id, job_ids)?;
    discard_files(edit, id, application)?;
    offers::remove(edit, id)?;
    job_openings::forget_application(edit, id)?;
    demographics::remove(edit, id)?;
    edit.delete(&EEOC, id)?;
    scorecards::remove_of(edit, id)?;
    scheduled_interviews::remove_of(edit, id)?;
    edit.delete(&APPLICATION, id)?;
    edit.run(
        "DELETE FROM application_job WHERE application_id = ?1",
        [id],
    )?;
    Ok(())
}

/// A prospect's application and the one that came of it have the same files, which go with the last of them.
fn discard_files(edit: &Edit<'_>, id: i64, application: Application) -> Outcome<()> {
    let condition = "candidate_id = ?1 AND id <> ?2";
    let others: Vec<(i64, Application)> =
        edit.states(&APPLICATION, condition, (application.candidate_id, id))?;
    let kept = others.iter().flat_map(|(_, other)| &other.attachments);
    let kept: HashSet<&Source> = kept.map(|other| &other.source).collect();
    let mut files = application.attachments;
    files.retain(|file| !kept.contains(&file.source));
    attachments::discard(edit, files)
}
