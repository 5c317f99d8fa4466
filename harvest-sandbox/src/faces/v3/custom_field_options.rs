//! Options of custom fields, as v3 shows and changes them.

use serde::Deserialize;

use super::custom_fields::{NAMES, NewChoice};
use super::deleted::Deleted;
use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::custom_fields::{
    CUSTOM_FIELD_OPTION, ListedOption, OptionChange, add_option, change_options, remove_options,
};
use crate::domain::patch::Change;
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::refusal::{Refusal, Why};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&CUSTOM_FIELD_OPTION, document)],
    operations: &[
        (
            "list_custom_field_options",
            Handler::Read(|cx| list::list(cx, &CUSTOM_FIELD_OPTION, MEANINGS)),
        ),
        ("create_custom_field_option", Handler::Write(create)),
        ("update_custom_field_option", Handler::Write(update)),
        ("delete_custom_field_option", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("custom_field_ids", Means::Column("custom_field_id")),
    ("active", Means::Column("active")),
    (
        "custom_field_key",
        Means::Where("custom_field_id IN (SELECT id FROM custom_field WHERE name_key = ?)"),
    ),
];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedOption = row.state()?;
    let shown = json!({
        "custom_field_id": it.custom_field_id,
        "name": it.name,
        "external_id": it.external_id,
        "sort_order": it.priority,
        "active": it.active,
    });
    dated(view, &CUSTOM_FIELD_OPTION, row, shown)
}

#[derive(Deserialize)]
pub(super) struct Create {
    pub(super) custom_field_id: i64,
    #[serde(flatten)]
    pub(super) choice: NewChoice,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let added = add_option(cx, &actor, body.custom_field_id, body.choice.into());
    let id = added.map_err(not_added)?;
    cx.created(&CUSTOM_FIELD_OPTION, id)
}

/// Why an option was not added.
pub(super) fn not_added(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::NotFound => Refusal::field("custom_field_id", Why::Unknown("A custom field")),
        refusal => refusal.renamed(NAMES),
    }
}

#[derive(Deserialize)]
pub(super) struct Update {
    name: Option<String>,
    sort_order: Option<i64>,
    #[serde(default)]
    external_id: Change<String>,
}

impl Update {
    pub(super) fn of(self, id: i64) -> OptionChange {
        OptionChange {
            id,
            name: self.name,
            priority: self.sort_order,
            external_id: self.external_id,
        }
    }
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, field_id) = option(cx)?;
    let change = cx.call.body::<Update>()?.of(id);
    let actor = cx.user.clone();
    let names = &[("options.0.name", "name"), ("options.0.id", "id")];
    change_options(cx, &actor, field_id, vec![change]).map_err(|it| it.renamed(names))?;
    cx.changed(&CUSTOM_FIELD_OPTION, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, field_id) = option(cx)?;
    let deleted = Deleted::of(cx, &CUSTOM_FIELD_OPTION, id)?;
    let actor = cx.user.clone();
    remove_options(cx, &actor, field_id, &[id])?;
    Ok(deleted.answer("Custom field option"))
}

/// The option in the path, and its field.
fn option(cx: &Writing<'_, '_>) -> Outcome<(i64, i64)> {
    let (id, option): (i64, ListedOption) = cx.record_in_path(&CUSTOM_FIELD_OPTION, "id")?;
    Ok((id, option.custom_field_id))
}
