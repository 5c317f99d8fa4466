//! Job boards and the locations that posts on them can have, as v3 shows them.

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::job_posts::{CUSTOM_LOCATION, JOB_BOARD};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&JOB_BOARD, board),
        &shown(&CUSTOM_LOCATION, location),
    ],
    operations: &[
        (
            "list_job_boards",
            Handler::Read(|cx| list::list(cx, &JOB_BOARD, OF_BOARDS)),
        ),
        (
            "list_job_board_custom_locations",
            Handler::Read(|cx| list::list(cx, &CUSTOM_LOCATION, OF_LOCATIONS)),
        ),
    ],
};

const OF_BOARDS: &[Meaning] = &[
    ("internal", Means::Column("state ->> 'internal'")),
    ("live", Means::Column("state ->> 'live'")),
];

const OF_LOCATIONS: &[Meaning] = &[
    (
        "greenhouse_job_board_ids",
        Means::Column("state ->> 'greenhouse_job_board_id'"),
    ),
    ("active", Means::Column("state ->> 'active'")),
];

fn board(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Value = row.state()?;
    let live = it["live"] == true;
    let shown = json!({
        "about": null,
        "company_name": it["company_name"],
        "conclusion": it["conclusion"],
        "internal": it["internal"],
        "introduction": it["introduction"],
        "status": if live { "live" } else { "draft" },
        "url_token": it["url_token"],
    });
    dated(view, &JOB_BOARD, row, shown)
}

fn location(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Value = row.state()?;
    let shown = json!({
        "value": it["value"],
        "active": it["active"],
        "greenhouse_job_board_id": it["greenhouse_job_board_id"],
    });
    dated(view, &CUSTOM_LOCATION, row, shown)
}
