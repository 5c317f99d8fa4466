//! Records of v3 after each step, compared with what v1 shows.

use std::collections::BTreeMap;

use harvest_generated::v3::Client;

use super::read::all;
use crate::same::{Lists, differences};

/// Fails unless v3 lists the records that v1 lists, with the same values.
pub async fn agree(client: &Client, of_v1: &Lists) {
    let of_v3 = Lists(BTreeMap::from([
        ("user", all(client.list_users().items()).await),
        ("job", all(client.list_jobs().items()).await),
        ("post", all(client.list_job_posts().items()).await),
        ("stage", all(client.list_job_stages().items()).await),
        ("candidate", all(client.list_candidates().items()).await),
        ("application", all(client.list_applications().items()).await),
        ("offer", all(client.list_offers().items()).await),
        (
            "interview",
            all(client.list_scheduled_interviews().items()).await,
        ),
        ("scorecard", all(client.list_scorecards().items()).await),
        (
            "answer",
            all(client.list_demographic_answers().items()).await,
        ),
        ("eeoc", all(client.list_eeoc().items()).await),
        ("department", all(client.list_departments().items()).await),
        ("office", all(client.list_offices().items()).await),
        ("tag", all(client.list_candidate_tags().items()).await),
        ("opening", all(client.list_job_openings().items()).await),
    ]));
    let wrong = differences(&of_v3, of_v1);
    assert!(wrong.is_empty(), "v3 shows otherwise than v1: {wrong:#?}");
}
