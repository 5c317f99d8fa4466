//! Tracking links, as v1 shows and changes them.

use crate::domain::job_posts::Board;
use crate::domain::sources::SOURCE;
use crate::domain::tracking_links::{TRACKING_LINK, TrackingLink};
use crate::faces::v1::summary;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::refusal::Refusal;
use crate::store::{Depth, Document, Embeds, Linked, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&TRACKING_LINK_PRESENTATION],
    operations: &[("get_tracking_link", Handler::Read(get))],
};

static TRACKING_LINK_PRESENTATION: Presentation = Presentation {
    kind: &TRACKING_LINK,
    show: document,
    embeds: &[
        Embeds {
            table: "source",
            ids: "SELECT id FROM tracking_link WHERE source_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: "SELECT id FROM tracking_link WHERE credited_to_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
    ],
    redact: None,
};

fn get(cx: &Reading<'_>) -> Outcome {
    let sql = "SELECT id FROM tracking_link WHERE token = ?1";
    let id: Option<i64> = cx.value(sql, [cx.call.path_text("token")?])?;
    cx.one(&TRACKING_LINK, id.ok_or_else(Refusal::not_found)?)
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: TrackingLink = row.state()?;
    let source = summary::summary(
        view,
        &SOURCE,
        it.source_id,
        |id, source: &Value| json!({"id": id, "public_name": source["name"]}),
    )?;
    let board = match it.job_post_id {
        Some(id) => Board::of_post(view, id)?,
        None => None,
    };
    let related_post_type = it.related_post_id.map(|_| "SocialMediaPost");
    Document::of(&json!({
        "id": row.id,
        "token": it.token,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "related_post_id": it.related_post_id,
        "related_post_type": related_post_type,
        "job_id": it.job_id,
        "job_post_id": it.job_post_id,
        "job_board": board.map(Board::show),
        "source": *source,
        "credited_to": *summary::user(view, it.credited_to_id)?,
    }))
}
