//! Candidates, as v3 sends them.

use crate::domain::candidates::Candidate;
use crate::domain::tags::{TAG, Tag};
use crate::domain::users::linked_users;
use crate::faces::v3::custom_values;
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Candidate = row.state()?;
    let mut tags = Vec::new();
    for id in &it.tag_ids {
        let tag = view.memo(&TAG, *id, || view.find::<Tag>(&TAG, *id))?;
        tags.extend(tag.as_ref().as_ref().map(|tag| tag.name.clone()));
    }
    let linked = linked_users(view, row.id)?;
    Document::of(&json!({
        "id": row.id,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "first_name": it.first_name,
        "last_name": it.last_name,
        "preferred_name": it.preferred_name,
        "company": it.company,
        "title": it.title,
        "last_activity_at": it.last_activity,
        "private": it.is_private,
        "can_email": it.can_email,
        "time_zone": it.time_zone,
        "tags": tags,
        "linked_user_ids": linked,
        "phone_numbers": it.phone_numbers,
        "addresses": it.addresses,
        "email_addresses": it.email_addresses,
        "website_addresses": it.website_addresses,
        "social_media_addresses": it.social_media_addresses,
        "custom_fields": custom_values::shown(view, "candidate", &it.custom_fields)?,
    }))
}
