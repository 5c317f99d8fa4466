//! Tracking links: whoever applies through one is credited to a source or a user. There is no list; the token is known.

use serde::{Deserialize, Serialize};

use super::job_posts::Board;
use super::jobs::JOB;
use super::sources::SOURCE;
use super::summary;
use super::users::USER;
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Reading, Resource};
use crate::json::{Value, json};
use crate::organization::{Seed, days_ago};
use crate::refusal::{Outcome, Refusal};
use crate::store::{Depth, Document, Embeds, Kind, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&TRACKING_LINK],
    presentations: &[&TRACKING_LINK_PRESENTATION],
    operations: &[("get_tracking_link", Handler::Read(get))],
    seed,
};

static TRACKING_LINK: Kind = Kind {
    table: "tracking_link",
    first_id: 6_004_841,
    visibility: Visibility::of(&[
        Owner::Column(Scope::Job, "job_id"),
        Owner::Query(
            Scope::Job,
            "SELECT job_post.job_id FROM job_post
             WHERE job_post.id = tracking_link.state ->> 'job_post_id'",
        ),
    ]),
};

static TRACKING_LINK_PRESENTATION: Presentation = Presentation {
    kind: &TRACKING_LINK,
    show: document,
    embeds: &[
        Embeds {
            table: "source",
            ids: "SELECT id FROM tracking_link WHERE source_id = ?1",
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: "SELECT id FROM tracking_link WHERE credited_to_id = ?1",
            depth: Depth::Fields,
        },
    ],
    redact: None,
};

/// The tokens of a new organization, for whoever wants to see one.
const TOKENS: [&str; 3] = ["fieldwork", "meetup26", "alumni"];

/// The one post in a social network that a link was made for.
const RELATED_POST: i64 = 7_118;

#[derive(Clone, Debug, Serialize, Deserialize)]
struct TrackingLink {
    token: String,
    created_at: String,
    updated_at: String,
    job_id: Option<i64>,
    /// Where on a board the link leads to. The board is that of the post.
    job_post_id: Option<i64>,
    /// A post in a social network, of which no operation says more.
    related_post_id: Option<i64>,
    source_id: Option<i64>,
    credited_to_id: Option<i64>,
}

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

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let jobs = seed.ids(&JOB)?;
    let sources = seed.ids(&SOURCE)?;
    let users = seed.ids(&USER)?;
    for (number, token) in TOKENS.iter().enumerate() {
        let job_id = jobs.get(number).copied();
        let posts = "SELECT id FROM job_post WHERE job_id = ?1 AND active ORDER BY id";
        let mut dice = seed.dice("tracking_link", number);
        let created_at = days_ago(200, &mut dice);
        let link = TrackingLink {
            token: (*token).to_owned(),
            updated_at: created_at.clone(),
            created_at,
            job_id,
            job_post_id: seed.value(posts, [job_id])?,
            related_post_id: (number == 1).then_some(RELATED_POST),
            source_id: dice.maybe(&sources).copied(),
            credited_to_id: dice.maybe(&users).copied(),
        };
        seed.insert(&TRACKING_LINK, &link)?;
    }
    Ok(())
}
