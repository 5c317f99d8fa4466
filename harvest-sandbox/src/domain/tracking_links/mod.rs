//! Tracking links: a candidate who applies through one is credited to a source or a user. There is no list; the token is known.

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::domain::jobs::JOB;
use crate::domain::organization::{Seed, days_ago};
use crate::domain::sources::SOURCE;
use crate::domain::users::USER;
use crate::refusal::Outcome;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&TRACKING_LINK],
    seed,
};

pub(crate) static TRACKING_LINK: Kind = Kind {
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

/// The tokens of a new organization, for those who want to see one.
const TOKENS: [&str; 3] = ["fieldwork", "meetup26", "alumni"];

/// The one post in a social network that a link was made for.
const RELATED_POST: i64 = 7_118;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TrackingLink {
    pub(crate) token: String,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) job_id: Option<i64>,
    /// Where on a board the link leads to. The board is that of the post.
    pub(crate) job_post_id: Option<i64>,
    /// A post in a social network, of which no operation says more.
    pub(crate) related_post_id: Option<i64>,
    pub(crate) source_id: Option<i64>,
    pub(crate) credited_to_id: Option<i64>,
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
