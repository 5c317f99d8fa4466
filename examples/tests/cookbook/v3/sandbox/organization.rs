//! The recipe that changes users, by a bulk job.

use std::time::Duration;

use harvest_generated::runtime::PollOptions;
use harvest_generated::v3::types::{User, UserId};

use super::{Organization, all};
use crate::v3::{deactivate_users, text};

pub const RUN: &[&str] = &["deactivate_users"];

#[tokio::test]
async fn users_are_deactivated_by_a_job_and_an_unknown_one_is_left() {
    let organization = Organization::start().await;
    let client = &organization.client;
    let active = all(client.list_users().deactivated(false).items()).await;
    let others = active.iter().filter(|user| user.site_admin != Some(true));
    let [first, second] = others.take(2).collect::<Vec<_>>()[..] else {
        panic!("two users who are no site admins");
    };
    let ids = [first.id.unwrap(), UserId(7), second.id.unwrap()];
    let poll = PollOptions::new().interval(Duration::from_millis(50));
    let mut out = Vec::new();
    let left = deactivate_users::run(client, &ids, poll, &mut out).await;
    assert_eq!(left.unwrap(), [UserId(7)]);
    let out = text(out);
    assert!(out.contains(": 2 rows done, 1 refused\n"), "{out}");
    assert!(out.contains("user 7 is refused: "), "{out}");
    let users = all(client.list_users().ids(ids).items()).await;
    let is_deactivated = |user: &User| user.deactivated == Some(true);
    assert!(users.len() == 2 && users.iter().all(is_deactivated));
    // The job, and nothing else, changed them.
    assert_eq!(organization.accepted("bulk_disable_users"), 1);
}
