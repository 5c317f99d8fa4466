//! Limits of custom fields to departments and offices, as v3 shows and changes them.

use serde::Deserialize;

use super::deleted::Deleted;
use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::custom_fields::{CUSTOM_FIELD_DEPARTMENT, CUSTOM_FIELD_OFFICE, limit, unlimit};
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::store::Kind;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&CUSTOM_FIELD_DEPARTMENT, |view, row| {
            dated(view, &CUSTOM_FIELD_DEPARTMENT, row, row.state()?)
        }),
        &shown(&CUSTOM_FIELD_OFFICE, |view, row| {
            dated(view, &CUSTOM_FIELD_OFFICE, row, row.state()?)
        }),
    ],
    operations: &[
        (
            "list_custom_field_departments",
            Handler::Read(|cx| list::list(cx, &CUSTOM_FIELD_DEPARTMENT, OF_DEPARTMENTS)),
        ),
        (
            "create_custom_field_department",
            Handler::Write(|cx| create(cx, &CUSTOM_FIELD_DEPARTMENT)),
        ),
        (
            "delete_custom_field_department",
            Handler::Write(|cx| delete(cx, &CUSTOM_FIELD_DEPARTMENT, "Custom field department")),
        ),
        (
            "list_custom_field_offices",
            Handler::Read(|cx| list::list(cx, &CUSTOM_FIELD_OFFICE, OF_OFFICES)),
        ),
        (
            "create_custom_field_office",
            Handler::Write(|cx| create(cx, &CUSTOM_FIELD_OFFICE)),
        ),
        (
            "delete_custom_field_office",
            Handler::Write(|cx| delete(cx, &CUSTOM_FIELD_OFFICE, "Custom field office")),
        ),
    ],
};

const OF_FIELD: Meaning = ("custom_field_ids", Means::Column("custom_field_id"));

const OF_DEPARTMENTS: &[Meaning] = &[OF_FIELD, ("department_ids", Means::Column("department_id"))];

const OF_OFFICES: &[Meaning] = &[OF_FIELD, ("office_ids", Means::Column("office_id"))];

/// A field, and the department or office to limit it to.
#[derive(Deserialize)]
struct Create {
    custom_field_id: i64,
    #[serde(alias = "department_id", alias = "office_id")]
    unit_id: i64,
}

fn create(cx: &mut Writing<'_, '_>, pairs: &'static Kind) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let id = limit(cx, &actor, pairs, body.custom_field_id, body.unit_id)?;
    cx.created(pairs, id)
}

fn delete(cx: &mut Writing<'_, '_>, pairs: &'static Kind, what: &str) -> Outcome {
    let id = cx.id_in_path(pairs, "id")?;
    let deleted = Deleted::of(cx, pairs, id)?;
    let actor = cx.user.clone();
    unlimit(cx, &actor, pairs, id)?;
    Ok(deleted.answer(what))
}
