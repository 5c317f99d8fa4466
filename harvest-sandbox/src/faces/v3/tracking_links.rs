//! Tracking links and referrers, as v3 shows them.

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::job_posts::Board;
use crate::domain::referrers::{self, REFERRER, Referrer};
use crate::domain::tracking_links::{TRACKING_LINK, TrackingLink};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&TRACKING_LINK, link), &shown(&REFERRER, referrer)],
    operations: &[
        (
            "list_tracking_links",
            Handler::Read(|cx| list::list(cx, &TRACKING_LINK, OF_LINKS)),
        ),
        (
            "list_referrers",
            Handler::Read(|cx| list::list(cx, &REFERRER, OF_REFERRERS)),
        ),
    ],
};

const OF_LINKS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    ("source_ids", Means::Column("source_id")),
    (
        "referrer_ids",
        Means::Where(
            "credited_to_id IN (SELECT user_id FROM referrer
                                WHERE id IN (SELECT value FROM json_each(?)))",
        ),
    ),
    (
        "job_board_ids",
        Means::Where(
            "state ->> 'job_post_id' IN (SELECT id FROM job_post WHERE job_post.state ->> 'board_id'
                                         IN (SELECT value FROM json_each(?)))",
        ),
    ),
    ("job_post_ids", Means::Column("state ->> 'job_post_id'")),
    ("related_post_ids", Means::Column("state ->> 'related_post_id'")),
    ("token", Means::Column("token")),
    (
        "related_post_type",
        Means::Where("state ->> 'related_post_id' IS NOT NULL AND ? = 'SocialMediaPost'"),
    ),
];

const OF_REFERRERS: &[Meaning] = &[("user_ids", Means::Column("user_id"))];

fn link(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: TrackingLink = row.state()?;
    let board = match it.job_post_id {
        Some(id) => Board::of_post(view, id)?,
        None => None,
    };
    let referrer_id = match it.credited_to_id {
        Some(id) => referrers::of_user(view, id)?,
        None => None,
    };
    let shown = json!({
        "job_id": it.job_id,
        "token": it.token,
        "source_id": it.source_id,
        "related_post_id": it.related_post_id,
        "related_post_type": it.related_post_id.map(|_| "SocialMediaPost"),
        "referrer_id": referrer_id,
        "job_board_id": board.map(|board| board.id),
        "job_post_id": it.job_post_id,
    });
    dated(view, &TRACKING_LINK, row, shown)
}

fn referrer(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Referrer = row.state()?;
    let shown = json!({"user_id": it.user_id, "name": it.name});
    dated(view, &REFERRER, row, shown)
}
