//! Rejection reasons, as v3 shows them.

use super::list;
use super::list::Means;
use super::presentation::{dated, shown};
use crate::domain::rejection_reasons::REJECTION_REASON;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&REJECTION_REASON, document)],
    operations: &[
        ("list_rejection_reasons", Handler::Read(list)),
        (
            "get_rejection_reason",
            Handler::Read(|cx| list::one(cx, &REJECTION_REASON, "id")),
        ),
    ],
};

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let reason: Value = row.state()?;
    let of = &reason["type"];
    let shown = json!({
        "name": reason["name"],
        "type": {"id": of["id"], "key": key(&of["name"]), "name": of["name"]},
    });
    dated(view, &REJECTION_REASON, row, shown)
}

/// `We rejected them` becomes `WE_REJECTED_THEM`.
fn key(name: &Value) -> Option<String> {
    let name = name.as_str()?;
    Some(name.to_uppercase().replace(' ', "_"))
}

/// All reasons are the organization's own, so that there are no others to include.
fn list(cx: &Reading<'_>) -> Outcome {
    const MEANINGS: &[list::Meaning] = &[("include_defaults", Means::Where("? IS NOT NULL"))];
    list::list(cx, &REJECTION_REASON, MEANINGS)
}
