//! Custom fields: what an organization wants to know beside what everyone does.
//!
//! Records keep [`Values`]; `shown` makes of them what is sent, and `apply` changes them as a request says; `required` says
//! which a new record has to have. `write`, `delete` and `options` change the definitions.

mod apply;
mod changed;
mod delete;
mod fields;
mod options;
mod required;
mod seed;
mod shown;
mod state;
mod token;
mod write;

pub(super) use apply::{Input, apply};
pub(super) use changed::changed;
pub(super) use required::{Units, require};
pub(super) use shown::{erased, shown};
pub(super) use state::{CustomField, CustomFieldOption, ValueType, Values};

use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::list::List;
use crate::refusal::Outcome;
use crate::store::{Depth, Document, Embeds, Kind, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&CUSTOM_FIELD],
    presentations: &[&CUSTOM_FIELD_PRESENTATION],
    operations: &[
        ("list_all_custom_fields", Handler::Read(list_all)),
        ("list_custom_fields", Handler::Read(list)),
        ("get_custom_field", Handler::Read(get)),
        ("create_custom_field", Handler::Write(write::create)),
        ("update_custom_field", Handler::Write(write::update)),
        ("delete_custom_field", Handler::Write(delete::delete)),
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
    seed: seed::seed,
};

pub(super) static CUSTOM_FIELD: Kind = Kind {
    table: "custom_field",
    first_id: 4_019_877_003,
    visibility: Visibility::EVERYONE,
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
            depth: Depth::Deep,
        },
        Embeds {
            table: "office",
            ids: "SELECT field.id
                  FROM custom_field AS field, json_each(field.state, '$.office_ids') AS unit
                  WHERE unit.value = ?1",
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
