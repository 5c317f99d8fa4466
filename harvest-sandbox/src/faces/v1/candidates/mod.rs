//! Candidates and prospects, as v1 shows and changes them.

mod anonymize;
mod attach;
mod create;
mod delete;
mod document;
mod fields;
mod history;
mod merge;
mod notes;
mod update;

use crate::domain::candidates::CANDIDATE;
use crate::faces::embeds::{
    CUSTOM_FIELDS_OF_CANDIDATES, TAGS_OF_CANDIDATES, USERS_AS_VALUES_OF_CANDIDATES,
    USERS_LINKED_TO_CANDIDATES,
};
use crate::faces::list::{CREATED_AND_UPDATED, Filter, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&CANDIDATE_PRESENTATION],
    operations: &[
        ("list_candidates", Handler::Read(list)),
        ("get_candidate", Handler::Read(get)),
        ("create_candidate", Handler::Write(create::candidate)),
        ("create_prospect", Handler::Write(create::prospect)),
        ("update_candidate", Handler::Write(update::update)),
        (
            "create_candidate_attachment",
            Handler::Write(attach::attach),
        ),
        ("delete_candidate", Handler::Write(delete::delete)),
        ("merge_candidates", Handler::Write(merge::merge)),
        ("anonymize_candidate", Handler::Write(anonymize::anonymize)),
        ("create_candidate_note", Handler::Write(notes::add_note)),
        ("create_candidate_email", Handler::Write(notes::add_email)),
        ("create_education", Handler::Write(history::add_education)),
        (
            "delete_education",
            Handler::Write(history::remove_education),
        ),
        ("create_employment", Handler::Write(history::add_employment)),
        (
            "delete_employment",
            Handler::Write(history::remove_employment),
        ),
    ],
};

static CANDIDATE_PRESENTATION: Presentation = Presentation {
    kind: &CANDIDATE,
    show: document::document,
    embeds: &[
        Embeds {
            table: "application",
            ids: "SELECT candidate_id FROM application WHERE id = ?1",
            linked: Linked::ByShown,
            depth: Depth::Deep,
        },
        Embeds {
            table: "user",
            ids: "SELECT id FROM candidate WHERE recruiter_id = ?1
                  UNION SELECT id FROM candidate WHERE coordinator_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        USERS_LINKED_TO_CANDIDATES,
        TAGS_OF_CANDIDATES,
        CUSTOM_FIELDS_OF_CANDIDATES,
        USERS_AS_VALUES_OF_CANDIDATES,
    ],
    redact: Some(document::redact),
};

const FILTERS: &[Filter] = &[
    Filter::job(
        "job_id",
        "id IN (SELECT candidate_id FROM application_job
                JOIN application ON application.id = application_job.application_id
                WHERE job_id = ? AND application.id NOT IN (:hidden))",
    ),
    Filter::text_where(
        "email",
        "id IN (SELECT candidate_id FROM candidate_email WHERE address = ?)",
    ),
    Filter::among("candidate_ids", "id IN (SELECT value FROM json_each(?))"),
];

fn list(cx: &Reading<'_>) -> Outcome {
    let list = List::of(&CANDIDATE).filters(FILTERS);
    cx.list(list.filters(CREATED_AND_UPDATED))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&CANDIDATE, "id")
}
