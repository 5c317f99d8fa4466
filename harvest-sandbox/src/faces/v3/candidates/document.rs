//! Candidates, as v3 sends them.

use serde::Serialize;

use crate::domain::candidates::{Candidate, Contact};
use crate::domain::tags::{TAG, Tag};
use crate::domain::users::linked_users;
use crate::faces::v3::custom_values;
use crate::http::refusal::Outcome;
use crate::json::Map;
use crate::store::{Document, Row, View};

#[derive(Serialize)]
struct Shown<'a> {
    id: i64,
    created_at: &'a str,
    updated_at: &'a str,
    first_name: &'a str,
    last_name: &'a str,
    preferred_name: Option<&'a str>,
    company: Option<&'a str>,
    title: Option<&'a str>,
    last_activity_at: &'a str,
    private: bool,
    can_email: bool,
    time_zone: Option<&'a str>,
    tags: Vec<String>,
    linked_user_ids: Vec<i64>,
    phone_numbers: &'a [Contact],
    addresses: &'a [Contact],
    email_addresses: &'a [Contact],
    website_addresses: &'a [Contact],
    social_media_addresses: &'a [Contact],
    custom_fields: Map,
}

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Candidate = row.state()?;
    let mut tags = Vec::new();
    for id in &it.tag_ids {
        let tag = view.memo(&TAG, *id, || view.find::<Tag>(&TAG, *id))?;
        tags.extend(tag.as_ref().as_ref().map(|tag| tag.name.clone()));
    }
    Document::of(&Shown {
        id: row.id,
        created_at: &it.created_at,
        updated_at: &it.updated_at,
        first_name: &it.first_name,
        last_name: &it.last_name,
        preferred_name: it.preferred_name.as_deref(),
        company: it.company.as_deref(),
        title: it.title.as_deref(),
        last_activity_at: &it.last_activity,
        private: it.is_private,
        can_email: it.can_email,
        time_zone: it.time_zone.as_deref(),
        tags,
        linked_user_ids: linked_users(view, row.id)?,
        phone_numbers: &it.phone_numbers,
        addresses: &it.addresses,
        email_addresses: &it.email_addresses,
        website_addresses: &it.website_addresses,
        social_media_addresses: &it.social_media_addresses,
        custom_fields: custom_values::shown(view, "candidate", &it.custom_fields)?,
    })
}
