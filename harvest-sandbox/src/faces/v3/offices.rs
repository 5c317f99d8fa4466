//! Offices, as v3 shows and changes them.

use serde::Deserialize;

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::offices::{self, Changes, New, OFFICE, Office};
use crate::domain::patch::Change;
use crate::domain::tree::ParentRef;
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&OFFICE, document)],
    operations: &[
        (
            "list_offices",
            Handler::Read(|cx| list::list(cx, &OFFICE, MEANINGS)),
        ),
        ("create_office", Handler::Write(create)),
        ("update_office", Handler::Write(update)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("parent_id", Means::Column("parent_id")),
    ("external_id", Means::Column("external_id")),
];

/// The names of paths that v3 has in the place of those of the domain.
const NAMES: &[(&str, &str)] = &[(
    "primary_contact_user_id",
    "primary_in_house_contact_user_id",
)];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Office = row.state()?;
    let shown = json!({
        "name": it.name,
        "parent_id": it.parent_id,
        "external_id": it.external_id,
        "location": it.location,
        "primary_in_house_contact_user_id": it.primary_contact_user_id,
    });
    dated(view, &OFFICE, row, shown)
}

#[derive(Deserialize)]
struct Body {
    name: String,
    #[serde(default)]
    external_id: Change<String>,
    #[serde(default)]
    location: Change<String>,
    #[serde(default)]
    primary_in_house_contact_user_id: Change<i64>,
    #[serde(flatten)]
    parent: ParentRef,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Body = cx.call.body()?;
    let new = New {
        name: body.name,
        location: body.location.value().cloned(),
        primary_contact_user_id: body.primary_in_house_contact_user_id.value().copied(),
        external_id: body.external_id.value().cloned(),
        parent: body.parent,
    };
    let actor = cx.user.clone();
    let id = offices::create(cx, &actor, new).map_err(|it| it.renamed(NAMES))?;
    cx.created(&OFFICE, id)
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&OFFICE, "id")?;
    let body: Body = cx.call.body()?;
    let changes = Changes {
        name: Some(body.name),
        location: body.location,
        primary_contact_user_id: body.primary_in_house_contact_user_id,
        external_id: body.external_id,
        parent: body.parent,
    };
    let actor = cx.user.clone();
    offices::change(cx, &actor, id, changes).map_err(|it| it.renamed(NAMES))?;
    cx.changed(&OFFICE, id)
}
