//! Making one of two candidates who are the same person.

use std::collections::HashSet;

use super::state::{Candidate, Contact};
use crate::domain::activity_feed;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::unique::unique;
use crate::domain::users::{USER, User};
use crate::refusal::Outcome;
use crate::store::Edit;

/// What is kept outside of the duplicate: applications with all that is theirs, the feed, and users who are this person.
pub(crate) fn move_records(edit: &mut Edit<'_>, from: i64, to: i64) -> Outcome<()> {
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
    pub(crate) fn take_in(&mut self, other: Self) {
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
