//! Interviews on the calendar, as v1 shows and changes them.

mod document;
mod step;
mod write;

use crate::domain::applications::APPLICATION;
use crate::domain::scheduled_interviews::SCHEDULED_INTERVIEW;
use crate::faces::list::{CREATED_AND_UPDATED, Comparison, Filter, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::store::Presentation;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&SCHEDULED_INTERVIEW_PRESENTATION],
    operations: &[
        ("list_scheduled_interviews", Handler::Read(list)),
        (
            "list_application_scheduled_interviews",
            Handler::Read(list_of_application),
        ),
        ("get_scheduled_interview", Handler::Read(get)),
        ("create_scheduled_interview", Handler::Write(write::create)),
        (
            "create_scheduled_interview_v1",
            Handler::Write(write::create),
        ),
        ("update_scheduled_interview", Handler::Write(write::update)),
        (
            "update_scheduled_interview_v1",
            Handler::Write(write::update),
        ),
        ("delete_scheduled_interview", Handler::Write(write::delete)),
    ],
};

static SCHEDULED_INTERVIEW_PRESENTATION: Presentation = Presentation {
    kind: &SCHEDULED_INTERVIEW,
    show: document::document,
    embeds: &[],
    redact: None,
};

const FILTERS: &[Filter] = &[
    Filter::text("external_event_id", "external_event_id"),
    Filter::flag_where(
        "actionable",
        "? = 0 OR (by_api AND NOT written_up AND application_id IN
            (SELECT id FROM application WHERE status = 'active'))",
    ),
];

const STARTS_AND_ENDS: &[Filter] = &[
    Filter::time("starts_before", "starts_at", Comparison::Before),
    Filter::time("starts_after", "starts_at", Comparison::Since),
    Filter::time("ends_before", "ends_at", Comparison::Before),
    Filter::time("ends_after", "ends_at", Comparison::Since),
];

fn all() -> List {
    List::of(&SCHEDULED_INTERVIEW)
        .filters(CREATED_AND_UPDATED)
        .filters(FILTERS)
        .shown_by(document::document)
}

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(all().filters(STARTS_AND_ENDS))
}

fn list_of_application(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&APPLICATION, "id")?;
    cx.list(all().within("application_id = ?", id))
}

fn get(cx: &Reading<'_>) -> Outcome {
    let row = cx.row_in_path(&SCHEDULED_INTERVIEW, "id")?;
    Ok(Reply::ok(&document::document(cx, &row)?))
}
