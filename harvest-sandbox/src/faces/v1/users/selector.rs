//! Naming a user by one of three keys.

use serde::Deserialize;

use crate::domain::users::USER;
use crate::http::refusal::Outcome;
use crate::refusal::{Problems, Refusal};
use crate::store::View;

/// The `user` of a body: exactly one of its keys is there, says the description.
#[derive(Debug, Deserialize)]
pub(in crate::faces::v1) struct Selector {
    user_id: Option<i64>,
    email: Option<String>,
    employee_id: Option<String>,
}

impl Selector {
    /// The id of the user, or 422 on the key that names nobody.
    pub(in crate::faces::v1) fn find(&self, view: &View<'_>, field: &str) -> Outcome<i64> {
        let mut problems = Problems::default();
        let id = self.look(view, field, &mut problems)?;
        problems.check()?;
        id.ok_or_else(Refusal::not_found)
    }

    /// The id of the user, or a problem of the key that names nobody.
    pub(in crate::faces::v1) fn look(
        &self,
        view: &View<'_>,
        field: &str,
        problems: &mut Problems,
    ) -> Outcome<Option<i64>> {
        let (key, id) = if let Some(id) = self.user_id {
            ("user_id", view.exists(&USER, id)?.then_some(id))
        } else if let Some(email) = &self.email {
            let sql = "SELECT user_id FROM user_email WHERE address = ?1";
            ("email", view.value(sql, [email])?)
        } else {
            let sql = "SELECT id FROM user WHERE employee_id = ?1";
            ("employee_id", view.value(sql, [&self.employee_id])?)
        };
        if id.is_none() {
            let what = if key == "user_id" { "id" } else { key };
            let what = what.replace('_', " ");
            problems.add(
                &format!("{field}.{key}"),
                format!("A user with this {what} does not exist."),
            );
        }
        Ok(id)
    }
}
