//! Making one of two candidates who are the same person.

use std::collections::HashSet;

use super::CANDIDATE;
use super::delete::remove;
use crate::clock::{Moment, stamp};
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::{self, About, Activity};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::events::Event;
use crate::domain::records::candidate::{Candidate, Contact};
use crate::domain::unique::unique;
use crate::domain::users;
use crate::refusal::{Outcome, Problems, Refusal, Rule};
use crate::store::Edit;

/// Makes one candidate of two. The primary one stays, with its id and with what it says of itself, and gets whatever the
/// duplicate has beyond that; the duplicate is gone. Problems are at `primary` and `duplicate`.
pub(crate) fn merge(
    edit: &mut Edit<'_>,
    actor: &Actor,
    primary_id: ClientId,
    duplicate_id: ClientId,
) -> Outcome<i64> {
    let mut problems = Problems::default();
    let mut find = |at, id: ClientId| {
        let found = id.find::<Candidate>(edit, actor, &CANDIDATE)?;
        if found.is_none() {
            problems.unknown(at, "A candidate");
        }
        Outcome::Ok(found)
    };
    let primary = find("primary", primary_id)?;
    let duplicate = find("duplicate", duplicate_id)?;
    if duplicate.is_some() && primary_id == duplicate_id {
        problems.add("duplicate", Rule::SameCandidate);
    }
    problems.check()?;
    let (Some((id, mut primary)), Some((duplicate_id, duplicate))) = (primary, duplicate) else {
        return Err(Refusal::not_found());
    };

    move_records(edit, duplicate_id, id)?;
    remove(edit, duplicate_id)?;
    record(edit, id, duplicate_id, edit.now(), Some(actor.id))?;
    primary.take_in(duplicate.clone());
    primary.save_changed(edit, id)?;
    Event::CandidateMerged {
        id: duplicate_id,
        candidate: Box::new(duplicate),
        into: id,
    }
    .record(edit);
    Ok(id)
}

/// Writes into the feed of a candidate that a duplicate was merged into it, when and by whom.
pub(super) fn record(
    edit: &Edit<'_>,
    id: i64,
    duplicate_id: i64,
    at: Moment,
    by: Option<i64>,
) -> Outcome<()> {
    let merged = Activity {
        created_at: stamp(at),
        subject: Some("Candidates Merged".to_owned()),
        body: format!("Candidate {duplicate_id} was merged into this one"),
        user_id: by,
    };
    activity_feed::record(edit, id, &About::candidate(), &merged)?;
    Ok(())
}

/// What is kept outside of the duplicate: applications with all that is theirs, the feed, and users who are this person.
fn move_records(edit: &mut Edit<'_>, from: i64, to: i64) -> Outcome<()> {
    let condition = "candidate_id = ?1 ORDER BY id";
    for (id, mut application) in edit.states::<Application>(&APPLICATION, condition, [from])? {
        application.candidate_id = to;
        application.save(edit, id)?;
    }
    activity_feed::move_to(edit, from, to)?;
    for user_id in users::linked_users(edit, from)? {
        users::unlink(edit, user_id, from)?;
        users::link(edit, user_id, to)?;
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
