//! Users, as they are sent.

use crate::domain::access::{Actor, Scope};
use crate::domain::departments::DEPARTMENT;
use crate::domain::offices::OFFICE;
use crate::domain::users::{User, linked_candidates};
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

/// With custom fields, as where one user is retrieved.
pub(super) fn full(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let mut value = show(view, row)?;
    let user: User = row.state()?;
    let custom = custom_fields::shown(view, "user_attribute", &user.custom_fields)?;
    value["custom_fields"] = custom.by_name.into();
    value["keyed_custom_fields"] = custom.by_key.into();
    Document::of(&value)
}

/// As in a list that didn't ask for user attributes. Someone who belongs nowhere has no keys for it there, as in the
/// answer that the support article shows.
pub(super) fn without_custom_fields(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let mut value = show(view, row)?;
    if let Some(fields) = value.as_object_mut()
        && fields["offices"] == json!([])
        && fields["departments"] == json!([])
    {
        fields.shift_remove("offices");
        fields.shift_remove("departments");
    }
    Document::of(&value)
}

/// Without the candidates who are the same person, as far as the acting user may not see them.
pub(super) fn redact(
    view: &View<'_>,
    user: &Actor,
    id: i64,
    document: Document,
) -> Outcome<Document> {
    let linked = "SELECT candidate_id AS id FROM user_candidate WHERE user_id = ?2";
    let hidden = user.hidden(view, Scope::Candidate, linked, id)?;
    document.without(&hidden, |shown, hidden| {
        if let Some(ids) = shown["linked_candidate_ids"].as_array_mut() {
            ids.retain(|id| !id.as_i64().is_some_and(|id| hidden.contains(&id)));
        }
    })
}

fn show(view: &View<'_>, row: &Row) -> Outcome<Value> {
    let user: User = row.state()?;
    let verified = user.emails.iter().filter(|email| email.verified);
    let emails: Vec<_> = verified.map(|email| email.address.as_str()).collect();
    Ok(json!({
        "id": row.id,
        "name": user.name(),
        "first_name": user.first_name,
        "last_name": user.last_name,
        "primary_email_address": user.primary_email(),
        "updated_at": user.updated_at,
        "created_at": user.created_at,
        "disabled": user.disabled,
        "site_admin": user.site_admin,
        "emails": emails,
        "employee_id": user.employee_id,
        "linked_candidate_ids": linked_candidates(view, row.id)?,
        "offices": view.documents_of(&OFFICE, &user.office_ids)?,
        "departments": view.documents_of(&DEPARTMENT, &user.department_ids)?,
    }))
}
