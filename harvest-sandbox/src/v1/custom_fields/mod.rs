//! Custom fields: what an organization wants to know beside what everyone does.
//!
//! Records keep [`Values`]; `shown` makes of them what is sent, and `apply` changes them as a request says.

mod apply;
mod seed;
mod shown;
mod state;

pub(super) use apply::{Input, apply};
pub(super) use shown::shown;
pub(super) use state::{CustomField, CustomFieldOption, ValueType, Values};

use crate::handler::Resource;
use crate::refusal::Outcome;
use crate::store::{Document, Kind, Row, Shows, View};

pub(super) static RESOURCE: Resource = Resource {
    schema: include_str!("schema.sql"),
    kinds: &[&CUSTOM_FIELD],
    operations: &[],
    seed: seed::seed,
};

pub(super) static CUSTOM_FIELD: Kind = Kind {
    table: "custom_field",
    first_id: 4_019_877_003,
    shows: &[
        Shows {
            table: "department",
            ids: "SELECT field.id FROM custom_field AS field, json_each(field.state, '$.department_ids') AS unit
                  WHERE unit.value = ?1",
        },
        Shows {
            table: "office",
            ids: "SELECT field.id FROM custom_field AS field, json_each(field.state, '$.office_ids') AS unit
                  WHERE unit.value = ?1",
        },
    ],
    document,
};

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    row.state::<CustomField>()?.document(view, row.id)
}
