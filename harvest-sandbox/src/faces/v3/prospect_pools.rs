//! Prospect pools and their stages, as v3 shows them.

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::prospect_pools::{ListedStage, PROSPECT_POOL, PROSPECT_STAGE, ProspectPool};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&PROSPECT_POOL, pool), &shown(&PROSPECT_STAGE, stage)],
    operations: &[
        (
            "list_prospect_pools",
            Handler::Read(|cx| list::list(cx, &PROSPECT_POOL, OF_POOLS)),
        ),
        (
            "list_prospect_pool_stages",
            Handler::Read(|cx| list::list(cx, &PROSPECT_STAGE, OF_STAGES)),
        ),
    ],
};

/// No pool is limited to departments, offices or jobs.
const NONE: Means = Means::Where("? IS NULL");

const OF_POOLS: &[Meaning] = &[
    ("department_ids", NONE),
    ("office_ids", NONE),
    ("job_ids", NONE),
    ("active", Means::Column("state ->> 'active'")),
];

const OF_STAGES: &[Meaning] = &[("prospect_pool_ids", Means::Column("prospect_pool_id"))];

fn pool(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ProspectPool = row.state()?;
    let shown = json!({
        "name": it.name,
        "active": it.active,
        "description": null,
        "department_ids": [],
        "office_ids": [],
        "job_ids": [],
    });
    dated(view, &PROSPECT_POOL, row, shown)
}

fn stage(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedStage = row.state()?;
    let shown = json!({
        "prospect_pool_id": it.prospect_pool_id,
        "name": it.name,
        "sort_order": it.position,
    });
    dated(view, &PROSPECT_STAGE, row, shown)
}
