//! Offers, as they are sent.

use serde_json::{Value, json};

use super::super::applications::{APPLICATION, Application};
use super::super::custom_fields;
use super::Offer;
use crate::refusal::Outcome;
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Offer = row.state()?;
    let application: Option<Application> = view.find(&APPLICATION, it.application_id)?;
    let application = application.unwrap_or_default();
    let custom = custom_fields::shown(view, "offer", &it.custom_fields)?;
    Document::of(&json!({
        "id": row.id,
        "version": it.version,
        "application_id": it.application_id,
        "job_id": application.job_id(),
        "candidate_id": application.candidate_id,
        "opening": Value::Null,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "sent_at": it.sent_at,
        "resolved_at": it.resolved_at,
        "starts_at": it.starts_at,
        "status": it.status,
        "custom_fields": custom.by_name,
        "keyed_custom_fields": custom.by_key,
    }))
}
