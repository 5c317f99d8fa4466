//! Custom fields and their options and limits, as v3 shows and changes them.

use serde::Deserialize;

use super::deleted::Deleted;
use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::custom_fields::{
    self, CUSTOM_FIELD, CustomField, NewOption, Settings, ValueType,
};
use crate::domain::patch::Change;
use crate::faces::{Handler, Reading, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&CUSTOM_FIELD, document)],
    operations: &[
        ("list_custom_fields", Handler::Read(list)),
        ("create_custom_field", Handler::Write(create)),
        ("update_custom_field", Handler::Write(update)),
        ("delete_custom_field", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("field_type", Means::Column("field_type")),
    ("active", Means::Column("active")),
    ("name", Means::Column("state ->> 'name'")),
    ("name_key", Means::Column("name_key")),
];

/// The names of paths that v3 has in the place of those of the domain.
pub(super) const NAMES: &[(&str, &str)] = &[("priority", "sort_order")];

fn list(cx: &Reading<'_>) -> Outcome {
    list::list(cx, &CUSTOM_FIELD, MEANINGS)
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: CustomField = row.state()?;
    let of_jobs = matches!(it.field_type.as_str(), "job" | "opening");
    let of_offers = it.field_type == "offer";
    let shown = json!({
        "field_type": it.field_type,
        "sort_order": it.priority,
        "name": it.name,
        "value_type": it.value_type,
        "private": it.private,
        "required": it.required,
        "require_approval": it.require_approval,
        "trigger_new_version": it.trigger_new_version,
        "active": it.active,
        "updated_by_id": null,
        "internal_type": null,
        "expose_in_job_board_api": it.expose_in_job_board_api,
        "placeholder": null,
        "name_key": it.name_key,
        "description": it.description,
        "application_type": (it.field_type == "application").then_some("all_applications"),
        "api_only": it.api_only,
        "use_for_job_approvals": of_jobs.then_some(it.require_approval),
        "use_for_offer_approvals": of_offers.then_some(it.trigger_new_version),
        "template_token_string": it.template_token_string,
        "default_value": null,
    });
    dated(view, &CUSTOM_FIELD, row, shown)
}

#[derive(Deserialize)]
struct Create {
    name: String,
    field_type: String,
    value_type: ValueType,
    private: Option<bool>,
    #[serde(default)]
    generate_email_token: bool,
    custom_field_options: Option<Vec<NewChoice>>,
    description: Option<String>,
}

/// An option of a field.
#[derive(Deserialize)]
pub(super) struct NewChoice {
    name: String,
    sort_order: i64,
    external_id: Option<String>,
}

impl From<NewChoice> for NewOption {
    fn from(choice: NewChoice) -> Self {
        Self {
            name: choice.name,
            priority: choice.sort_order,
            external_id: choice.external_id,
        }
    }
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let options = body.custom_field_options;
    let new = custom_fields::New {
        field_type: body.field_type,
        value_type: body.value_type,
        settings: Settings {
            name: Some(body.name),
            description: body.description.map_or(Change::Leave, Change::Set),
            private: body.private,
            custom_field_options: options
                .map(|options| options.into_iter().map(NewOption::from).collect()),
            ..Settings::default()
        },
        generate_email_token: body.generate_email_token,
    };
    let actor = cx.user.clone();
    let id = custom_fields::create(cx, &actor, new)?;
    cx.created(&CUSTOM_FIELD, id)
}

#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    #[serde(default)]
    description: Change<String>,
    private: Option<bool>,
    #[serde(default)]
    template_token_string: Change<String>,
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&CUSTOM_FIELD, "id")?;
    let body: Update = cx.call.body()?;
    let changes = custom_fields::Changes {
        settings: Settings {
            name: body.name,
            description: body.description,
            private: body.private,
            ..Settings::default()
        },
        template_token_string: body.template_token_string,
        ..custom_fields::Changes::default()
    };
    let actor = cx.user.clone();
    custom_fields::change(cx, &actor, id, changes)?;
    cx.changed(&CUSTOM_FIELD, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&CUSTOM_FIELD, "id")?;
    let deleted = Deleted::of(cx, &CUSTOM_FIELD, id)?;
    let actor = cx.user.clone();
    custom_fields::delete(cx, &actor, id)?;
    Ok(deleted.answer("Custom field"))
}
