//! Custom fields, as v1 shows and changes them.

mod apply;
mod options;
mod shown;
mod state;
mod write;

pub(super) use apply::{Input, entries};
pub(super) use shown::shown;

use crate::domain::custom_fields::{CUSTOM_FIELD, CustomField};
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::{Depth, Document, Embeds, Linked, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&CUSTOM_FIELD_PRESENTATION],
    operations: &[
        ("list_all_custom_fields", Handler::Read(list_all)),
        ("list_custom_fields", Handler::Read(list)),
        ("get_custom_field", Handler::Read(get)),
        ("create_custom_field", Handler::Write(write::create)),
        ("update_custom_field", Handler::Write(write::update)),
        ("delete_custom_field", Handler::Write(write::delete)),
        ("list_custom_field_options", Handler::Read(options::list)),
        (
            "create_custom_field_options",
            Handler::Write(options::create),
        ),
        (
            "update_custom_field_options",
            Handler::Write(options::update),
        ),
        (
            "delete_custom_field_options",
            Handler::Write(options::delete),
        ),
    ],
};

static CUSTOM_FIELD_PRESENTATION: Presentation = Presentation {
    kind: &CUSTOM_FIELD,
    show: document,
    embeds: &[
        Embeds {
            table: "department",
            ids: "SELECT field.id
                  FROM custom_field AS field, json_each(field.state, '$.department_ids') AS unit
                  WHERE unit.value = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "office",
            ids: "SELECT field.id
                  FROM custom_field AS field, json_each(field.state, '$.office_ids') AS unit
                  WHERE unit.value = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
    ],
    redact: None,
};

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    row.state::<CustomField>()?.document(view, row.id)
}

/// The fields of one type of record. What the path names is documented as `field_type`.
fn list(cx: &Reading<'_>) -> Outcome {
    let field_type = cx.call.path_text("id")?.to_owned();
    let list = List::of(&CUSTOM_FIELD)
        .within("field_type = ?", field_type)
        .order("priority, id");
    if cx.call.flag("include_inactive") {
        cx.list(list)
    } else {
        cx.list(list.only("active"))
    }
}

/// The fields in use of all types of record.
fn list_all(cx: &Reading<'_>) -> Outcome {
    cx.list(
        List::of(&CUSTOM_FIELD)
            .order("field_type, priority, id")
            .only("active"),
    )
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&CUSTOM_FIELD, "id")
}
