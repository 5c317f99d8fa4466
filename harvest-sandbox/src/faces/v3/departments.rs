//! Departments, as v3 shows and changes them.

use serde::Deserialize;

use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::departments::{self, Changes, DEPARTMENT, Department, New};
use crate::domain::patch::Change;
use crate::domain::tree::ParentRef;
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&DEPARTMENT, document)],
    operations: &[
        (
            "list_departments",
            Handler::Read(|cx| list::list(cx, &DEPARTMENT, MEANINGS)),
        ),
        ("create_department", Handler::Write(create)),
        ("update_department", Handler::Write(update)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("parent_id", Means::Column("parent_id")),
    ("external_id", Means::Column("external_id")),
];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Department = row.state()?;
    let shown = json!({
        "name": it.name,
        "parent_id": it.parent_id,
        "external_id": it.external_id,
    });
    dated(view, &DEPARTMENT, row, shown)
}

#[derive(Deserialize)]
struct Body {
    name: String,
    #[serde(default)]
    external_id: Change<String>,
    #[serde(flatten)]
    parent: ParentRef,
}

impl Body {
    /// The department above: what names it by the organization's own id is ignored beside our id, as documented.
    fn parent(parent: ParentRef) -> ParentRef {
        match parent.parent_id {
            Change::Leave => parent,
            parent_id => ParentRef {
                parent_id,
                external_parent_id: Change::Leave,
            },
        }
    }
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Body = cx.call.body()?;
    let new = New {
        name: body.name,
        external_id: body.external_id.value().cloned(),
        parent: Body::parent(body.parent),
    };
    let actor = cx.user.clone();
    let id = departments::create(cx, &actor, new)?;
    cx.created(&DEPARTMENT, id)
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&DEPARTMENT, "id")?;
    let body: Body = cx.call.body()?;
    let changes = Changes {
        name: Some(body.name),
        external_id: body.external_id,
        parent: Body::parent(body.parent),
    };
    let actor = cx.user.clone();
    departments::change(cx, &actor, id, changes)?;
    cx.changed(&DEPARTMENT, id)
}
