//! Users, named by one of the keys that no two of them share.

use super::user::USER;
use crate::domain::access::ClientId;
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::View;

/// A key by which a user is named.
#[derive(Clone, Debug)]
pub(crate) enum UserKey {
    Id(i64),
    Email(Option<String>),
    EmployeeId(Option<String>),
}

impl UserKey {
    /// The id of the user, if there is one.
    pub(crate) fn find(&self, view: &View<'_>) -> Outcome<Option<i64>> {
        match self {
            Self::Id(id) => ClientId::new(*id).known(view, None, &USER),
            Self::Email(address) => {
                let sql = "SELECT user_id FROM user_email WHERE address = ?1";
                view.value(sql, [address])
            }
            Self::EmployeeId(id) => view.value("SELECT id FROM user WHERE employee_id = ?1", [id]),
        }
    }

    /// The same, or a problem at the key in this path: `user_id`, `email` or `employee_id`.
    pub(crate) fn require(
        &self,
        view: &View<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Option<i64>> {
        let found = self.find(view)?;
        if found.is_none() {
            let (key, what) = match self {
                Self::Id(_) => ("user_id", "id"),
                Self::Email(_) => ("email", "email"),
                Self::EmployeeId(_) => ("employee_id", "employee id"),
            };
            problems.add(&format!("{at}.{key}"), Rule::NoUserWith(what));
        }
        Ok(found)
    }
}
