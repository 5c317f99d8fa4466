//! Properties of a candidate that can be changed.

use std::collections::HashSet;

use super::{Candidate, Contact};
use crate::domain::custom_fields::Entries;
use crate::domain::names::check_length;
use crate::domain::patch::{Change, replace};
use crate::domain::tags;
use crate::domain::unique::unique;
use crate::domain::users::{self, USER, UserKey};
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::{Edit, View};

/// What can be said when a candidate is added, and changed later. Lists are replaced. Paths are the names of these.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) preferred_name: Change<String>,
    pub(crate) time_zone: Change<String>,
    pub(crate) company: Change<String>,
    pub(crate) title: Change<String>,
    pub(crate) is_private: Option<bool>,
    pub(crate) can_email: Option<bool>,
    pub(crate) phone_numbers: Option<Vec<Contact>>,
    pub(crate) addresses: Option<Vec<Contact>>,
    pub(crate) email_addresses: Option<Vec<Contact>>,
    pub(crate) website_addresses: Option<Vec<Contact>>,
    pub(crate) social_media_addresses: Option<Vec<Contact>>,
    /// By their names. One that is new makes a new tag.
    pub(crate) tags: Option<Vec<String>>,
    /// The users who are the same person, and no others.
    pub(crate) linked_user_ids: Option<Vec<i64>>,
    pub(crate) custom_fields: Entries,
    pub(crate) recruiter: Option<UserKey>,
    pub(crate) coordinator: Option<UserKey>,
}

impl Fields {
    /// Changes a candidate as they say.
    pub(super) fn apply(
        self,
        edit: &mut Edit<'_>,
        candidate: &mut Candidate,
        problems: &mut Problems,
    ) -> Outcome<()> {
        replace(&mut candidate.first_name, self.first_name);
        replace(&mut candidate.last_name, self.last_name);
        self.preferred_name.apply(&mut candidate.preferred_name);
        self.time_zone.apply(&mut candidate.time_zone);
        self.company.apply(&mut candidate.company);
        self.title.apply(&mut candidate.title);
        replace(&mut candidate.is_private, self.is_private);
        replace(&mut candidate.can_email, self.can_email);
        replace(&mut candidate.phone_numbers, self.phone_numbers);
        replace(&mut candidate.addresses, self.addresses);
        replace(&mut candidate.email_addresses, self.email_addresses);
        replace(&mut candidate.website_addresses, self.website_addresses);
        replace(
            &mut candidate.social_media_addresses,
            self.social_media_addresses,
        );
        for (place, user_id) in self.linked_user_ids.iter().flatten().enumerate() {
            if !edit.exists(&USER, *user_id)? {
                problems.unknown(&format!("linked_user_ids.{place}"), "A user");
            }
        }
        if let Some(key) = self.recruiter {
            candidate.recruiter_id = user(edit, &key, "recruiter", problems)?;
        }
        if let Some(key) = self.coordinator {
            candidate.coordinator_id = user(edit, &key, "coordinator", problems)?;
        }
        let values = &mut candidate.custom_fields;
        self.custom_fields
            .apply(edit, "candidate", values, problems)?;
        if let Some(names) = self.tags {
            for (place, name) in names.iter().enumerate() {
                check_length(&format!("tags.{place}"), name, problems);
            }
            let ids = names.iter().map(|name| Ok(tags::named(edit, name)?.0));
            candidate.tag_ids = unique(ids.collect::<Outcome<Vec<_>>>()?);
        }
        Ok(())
    }
}

fn user(view: &View<'_>, key: &UserKey, at: &str, problems: &mut Problems) -> Outcome<Option<i64>> {
    let found = key.find(view)?;
    if found.is_none() {
        problems.add(at, Rule::NoUser);
    }
    Ok(found)
}

/// Makes these users, and no others, the same person as a candidate.
pub(super) fn link(edit: &mut Edit<'_>, id: i64, user_ids: &[i64]) -> Outcome<()> {
    let linked = HashSet::from_iter(users::linked_users(edit, id)?);
    let wanted: HashSet<i64> = user_ids.iter().copied().collect();
    for user_id in linked.difference(&wanted) {
        users::unlink(edit, *user_id, id)?;
    }
    for user_id in wanted.difference(&linked) {
        users::link(edit, *user_id, id)?;
    }
    Ok(())
}
