//! Making one of two candidates who are the same person.

use std::collections::HashSet;

use serde::Deserialize;

use super::super::activity_feed::{self, About, Activity};
use super::super::applications::{APPLICATION, Application};
use super::super::users::{USER, User};
use super::delete::remove;
use super::state::Contact;
use super::{CANDIDATE, Candidate};
use crate::access::ClientId;
use crate::handler::Writing;
use crate::refusal::{Outcome, Problems, Refusal};
use crate::store::Edit;
use crate::unique::unique;

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

/// What is kept outside of the duplicate: applications with all that is theirs, the feed, and users who are this person.
fn move_records(edit: &mut Edit<'_>, from: i64, to: i64) -> Outcome<()> {
    let condition = "candidate_id = ?1 ORDER BY id";
    for (id, mut application) in edit.states::<Application>(&APPLICATION, condition, [from])? {
        application.candidate_id = to;
        application.save(edit, id)?;
    }
    activity_feed::move_to(edit, from, to)?;
    let sql = "SELECT user_id FROM user_candidate WHERE candidate_id = ?1";
    for user_id in edit.column(sql, [from])? {
        let mut user: User = edit.get(&USER, user_id)?;
        user.linked_candidate_ids
            .retain(|id| *id != from && *id != to);
        user.linked_candidate_ids.push(to);
        user.save(edit, user_id)?;
    }
    Ok(())
}

impl Candidate {
    /// Adds what another has: lists grow by what they lack, and single values are taken where there is none. The stricter
    /// one of two says who may see the candidate, and whether mails may be sent.
    fn take_in(&mut self, other: Self) {
        self.company = self.company.take().or(other.company);
        self.title = self.title.take().or(other.title);
        self.is_private |= other.is_private;
        self.can_email &= other.can_email;
        self.recruiter_id = self.recruiter_id.or(other.recruiter_id);
        self.coordinator_id = self.coordinator_id.or(other.coordinator_id);
        for (ours, theirs) in [
            (&mut self.phone_numbers, other.phone_numbers),
            (&mut self.addresses, other.addresses),
            (&mut self.email_addresses, other.email_addresses),
            (&mut self.website_addresses, other.website_addresses),
            (
                &mut self.social_media_addresses,
                other.social_media_addresses,
            ),
        ] {
            let mut known: HashSet<String> = ours.iter().map(Contact::key).collect();
            ours.extend(theirs.into_iter().filter(|it| known.insert(it.key())));
        }
        let tag_ids = self.tag_ids.drain(..).chain(other.tag_ids);
        self.tag_ids = unique(tag_ids.collect::<Vec<_>>());
        self.educations.extend(other.educations);
        self.employments.extend(other.employments);
        self.attachments.extend(other.attachments);
        for (field_id, value) in other.custom_fields {
            self.custom_fields.entry(field_id).or_insert(value);
        }
    }
}
