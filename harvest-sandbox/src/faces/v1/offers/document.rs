//! Offers, as they are sent.

use crate::domain::access::{Actor, Scope};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::offers::Offer;
use crate::faces::v1::{custom_fields, job_openings};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Offer = row.state()?;
    let application: Option<Application> = view.find(&APPLICATION, it.application_id)?;
    let application = application.unwrap_or_default();
    let opening = match it.opening_id {
        Some(id) => job_openings::of_offer(view, id)?,
        None => None,
    };
    let custom = custom_fields::shown(view, "offer", &it.custom_fields)?;
    Document::of(&json!({
        "id": row.id,
        "version": it.version,
        "application_id": it.application_id,
        "job_id": application.job_id(),
        "candidate_id": application.candidate_id,
        "opening": opening,
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

/// Without the application that filled its opening, if that is another one, which the user may not see.
pub(super) fn redact(
    view: &View<'_>,
    user: &Actor,
    id: i64,
    document: Document,
) -> Outcome<Document> {
    let filled_by = "SELECT job_opening.application_id AS id FROM offer
                     JOIN job_opening ON job_opening.id = offer.opening_id WHERE offer.id = ?2";
    let hidden = user.hidden(view, Scope::Application, filled_by, id)?;
    document.without(&hidden, |offer, hidden| {
        job_openings::without_application(&mut offer["opening"], hidden);
    })
}
