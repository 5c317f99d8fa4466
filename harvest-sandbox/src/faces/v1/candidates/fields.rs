//! Properties of candidates in bodies.

use serde::Deserialize;

use crate::domain::candidates::{self, Contact};
use crate::domain::patch::Change;
use crate::domain::users::UserKey;
use crate::faces::v1::custom_fields::{Input, entries};

/// The properties that can be set when a candidate is added, and changed later.
#[derive(Deserialize)]
pub(super) struct Fields {
    first_name: Option<String>,
    last_name: Option<String>,
    #[serde(default)]
    company: Change<String>,
    #[serde(default)]
    title: Change<String>,
    is_private: Option<bool>,
    phone_numbers: Option<Vec<Contact>>,
    addresses: Option<Vec<Contact>>,
    email_addresses: Option<Vec<Contact>>,
    website_addresses: Option<Vec<Contact>>,
    social_media_addresses: Option<Vec<Contact>>,
    tags: Option<Vec<String>>,
    #[serde(default)]
    custom_fields: Vec<Input>,
    recruiter: Option<Selector>,
    coordinator: Option<Selector>,
}

/// A user, by id or by e-mail address. The documentation calls the id `id` in one place and `user_id` in another.
#[derive(Deserialize)]
struct Selector {
    id: Option<i64>,
    user_id: Option<i64>,
    email: Option<String>,
}

impl Fields {
    /// What the domain takes.
    pub(super) fn read(self) -> candidates::Fields {
        candidates::Fields {
            first_name: self.first_name,
            last_name: self.last_name,
            company: self.company,
            title: self.title,
            is_private: self.is_private,
            phone_numbers: self.phone_numbers,
            addresses: self.addresses,
            email_addresses: self.email_addresses,
            website_addresses: self.website_addresses,
            social_media_addresses: self.social_media_addresses,
            tags: self.tags,
            custom_fields: entries(self.custom_fields).into(),
            recruiter: self.recruiter.map(Selector::key),
            coordinator: self.coordinator.map(Selector::key),
            ..candidates::Fields::default()
        }
    }
}

impl Selector {
    fn key(self) -> UserKey {
        match self.id.or(self.user_id) {
            Some(id) => UserKey::Id(id),
            None => UserKey::Email(self.email),
        }
    }
}
