//! Requests that add and change users.

use serde::Deserialize;

use super::selector::Selector;
use crate::domain::departments::Department;
use crate::domain::offices::Office;
use crate::domain::patch::replace;
use crate::domain::users::{Email, USER, User, check_email};
use crate::domain::{names, tree};
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::Problems;
use crate::store::View;

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

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    check_email(cx, "email", &body.email, &mut problems)?;
    let mut user = User {
        created_at: cx.stamp(),
        updated_at: cx.stamp(),
        ..User::default()
    };
    body.fields.apply(cx, None, &mut user, "", &mut problems)?;
    problems.check()?;
    // Whoever adds a user vouches for the address.
    user.emails.push(Email::new(cx, &body.email, true)?);
    let id = cx.new_id(&USER)?;
    user.save(cx, id)?;
    cx.created(&USER, id)
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    cx.user.require_site_admin()?;
    let body: Update = cx.call.body()?;
    let id = body.user.find(cx, "user")?;
    let mut user: User = cx.get(&USER, id)?;
    let mut problems = Problems::default();
    body.payload
        .apply(cx, Some(id), &mut user, "payload.", &mut problems)?;
    problems.check()?;
    user.updated_at = cx.stamp();
    user.save(cx, id)?;
    // A text, as documented.
    Ok(Reply::value(&json!({"success": "true"})))
}

impl Fields {
    /// Changes a user as they say, or says what is wrong with them. `id` is that of the user, who may have what no other
    /// may; `at` is the place in the body, with a dot at its end if it is not empty.
    fn apply(
        self,
        view: &View<'_>,
        id: Option<i64>,
        user: &mut User,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<()> {
        for (field, text) in [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("employee_id", &self.employee_id),
        ] {
            let text = text.as_deref().unwrap_or_default();
            names::check_length(&format!("{at}{field}"), text, problems);
        }
        if self.first_name.is_some() {
            user.first_name = self.first_name;
        }
        if self.last_name.is_some() {
            user.last_name = self.last_name;
        }
        if let Some(employee_id) = self.employee_id {
            let sql = "SELECT id FROM user WHERE employee_id = ?1 AND id IS NOT ?2";
            if view.value::<i64>(sql, (&employee_id, id))?.is_some() {
                problems.taken(&format!("{at}employee_id"));
            }
            user.employee_id = Some(employee_id);
        }
        let offices = tree::several::<Office>(
            view,
            self.office_ids,
            self.external_office_ids,
            at,
            problems,
        )?;
        replace(&mut user.office_ids, offices);
        let departments = tree::several::<Department>(
            view,
            self.department_ids,
            self.external_department_ids,
            at,
            problems,
        )?;
        replace(&mut user.department_ids, departments);
        let values = &mut user.custom_fields;
        custom_fields::apply(
            view,
            "user_attribute",
            &self.custom_fields,
            values,
            at,
            problems,
        )
    }
}
