//! Requests that add and change users.

use serde::Deserialize;

use super::selector::Selector;
use crate::domain::users;
use crate::domain::users::USER;
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

#[derive(Deserialize)]
struct Create {
    email: String,
    #[serde(flatten)]
    fields: Fields,
}

#[derive(Deserialize)]
struct Update {
    user: Selector,
    payload: Fields,
}

#[derive(Deserialize)]
struct Fields {
    first_name: Option<String>,
    last_name: Option<String>,
    employee_id: Option<String>,
    office_ids: Option<Vec<i64>>,
    external_office_ids: Option<Vec<String>>,
    department_ids: Option<Vec<i64>>,
    external_department_ids: Option<Vec<String>>,
    #[serde(default)]
    custom_fields: Vec<custom_fields::Input>,
}

/// The places of what is changed, in the place of the paths of the domain.
const PAYLOAD: &[(&str, &str)] = &[
    ("first_name", "payload.first_name"),
    ("last_name", "payload.last_name"),
    ("employee_id", "payload.employee_id"),
    ("office_ids", "payload.office_ids"),
    ("office_ids.", "payload.office_ids."),
    ("external_office_ids", "payload.external_office_ids"),
    ("external_office_ids.", "payload.external_office_ids."),
    ("department_ids", "payload.department_ids"),
    ("department_ids.", "payload.department_ids."),
    ("external_department_ids", "payload.external_department_ids"),
    (
        "external_department_ids.",
        "payload.external_department_ids.",
    ),
    ("custom_fields.", "payload.custom_fields."),
];

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let id = users::create(cx, &actor, &body.email, body.fields.read())?;
    cx.created(&USER, id)
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Update = cx.call.body()?;
    let id = body.user.find(cx, "user")?;
    let actor = cx.user.clone();
    let changed = users::change(cx, &actor, id, None, body.payload.read());
    changed.map_err(|it| it.renamed(PAYLOAD))?;
    // A text, as documented.
    Ok(Reply::value(&json!({"success": "true"})))
}

impl Fields {
    fn read(self) -> users::Fields {
        users::Fields {
            first_name: self.first_name,
            last_name: self.last_name,
            employee_id: self.employee_id,
            office_ids: self.office_ids,
            external_office_ids: self.external_office_ids,
            department_ids: self.department_ids,
            external_department_ids: self.external_department_ids,
            custom_fields: custom_fields::entries(self.custom_fields),
            ..users::Fields::default()
        }
    }
}
