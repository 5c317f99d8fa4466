//! Users in bodies, named by one of three keys.

use serde::Deserialize;

use crate::domain::users::UserKey;

/// Exactly one of the keys is there, says the description.
#[derive(Debug, Deserialize)]
pub(super) struct UserInput {
    user_id: Option<i64>,
    email: Option<String>,
    employee_id: Option<String>,
}

impl UserInput {
    pub(super) fn key(self) -> UserKey {
        match (self.user_id, self.email) {
            (Some(id), _) => UserKey::Id(id),
            (None, Some(address)) => UserKey::Email(Some(address)),
            (None, None) => UserKey::EmployeeId(self.employee_id),
        }
    }
}
