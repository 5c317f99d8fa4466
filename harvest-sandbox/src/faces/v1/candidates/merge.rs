//! Requests that merge two candidates.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::activity_feed;
use crate::domain::activity_feed::{About, Activity};
use crate::domain::candidates::{CANDIDATE, Candidate, move_records, remove};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::refusal::{Problems, Refusal};

#[derive(Deserialize)]
struct Merge {
    primary_candidate_id: ClientId,
    duplicate_candidate_id: ClientId,
}

/// The primary candidate stays, with its id and with what it says of itself, and gets whatever the duplicate has beyond
/// that. The duplicate is gone.
pub(super) fn merge(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Merge = cx.call.body()?;
    let mut problems = Problems::default();
    let mut find = |field, id| {
        cx.record_in_body::<Candidate>(&CANDIDATE, id, (field, "A candidate"), &mut problems)
    };
    let primary = find("primary_candidate_id", body.primary_candidate_id)?;
    let duplicate = find("duplicate_candidate_id", body.duplicate_candidate_id)?;
    if duplicate.is_some() && body.primary_candidate_id == body.duplicate_candidate_id {
        problems.add(
            "duplicate_candidate_id",
            "Must be another than the primary candidate",
        );
    }
    problems.check()?;
    let (Some((id, mut primary)), Some((duplicate_id, duplicate))) = (primary, duplicate) else {
        return Err(Refusal::not_found());
    };

    move_records(cx, duplicate_id, id)?;
    remove(cx, duplicate_id)?;
    let merged = Activity {
        created_at: cx.stamp(),
        subject: Some("Candidates Merged".to_owned()),
        body: format!("Candidate {duplicate_id} was merged into this one"),
        user_id: Some(cx.user.id),
    };
    activity_feed::record(cx, id, &About::candidate(), &merged)?;
    primary.take_in(duplicate);
    primary.save_changed(cx, id)?;
    cx.changed(&CANDIDATE, id)
}
