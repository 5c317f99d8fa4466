//! Naming a user by one of three keys.

use serde::Deserialize;

use crate::domain::users::UserKey;
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
    /// The id of the user, or 422 on the key that names no user.
    pub(in crate::faces::v1) fn find(&self, view: &View<'_>, field: &str) -> Outcome<i64> {
        let mut problems = Problems::default();
        let id = self.look(view, field, &mut problems)?;
        problems.check()?;
        id.ok_or_else(Refusal::not_found)
    }

    /// The id of the user, or a problem of the key that names no user.
    pub(in crate::faces::v1) fn look(
        &self,
        view: &View<'_>,
        field: &str,
        problems: &mut Problems,
    ) -> Outcome<Option<i64>> {
        self.key().require(view, field, problems)
    }

    pub(in crate::faces::v1) fn key(&self) -> UserKey {
        match (self.user_id, &self.email) {
            (Some(id), _) => UserKey::Id(id),
            (None, Some(address)) => UserKey::Email(Some(address.clone())),
            (None, None) => UserKey::EmployeeId(self.employee_id.clone()),
        }
    }
}
