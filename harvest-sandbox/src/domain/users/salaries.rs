//! The permission to see salaries. Users have it unless it is taken from them, and no operation of the API does that. A
//! service user keeps it, and so tokens without a subject do.

use super::{USER, User};
use crate::clock::stamp;
use crate::domain::access::Actor;
use crate::refusal::{Denied, Outcome, Refusal};
use crate::store::{Edit, View};

/// Gives a user the permission, or takes it away. 404 if clients can name no such user.
pub(crate) fn permit_salaries(edit: &mut Edit<'_>, id: i64, permitted: bool) -> Outcome<()> {
    let mut user: User = edit.get(&USER, id)?;
    if user.service_account {
        return Err(Refusal::NotFound);
    }
    if user.salaries_hidden == permitted {
        user.salaries_hidden = !permitted;
        user.updated_at = stamp(edit.now());
        user.save(edit, id)?;
    }
    Ok(())
}

impl Actor {
    /// Whether the user has the permission.
    pub(crate) fn sees_salaries(&self, view: &View<'_>) -> Outcome<bool> {
        let user: Option<User> = view.find(&USER, self.id)?;
        Ok(user.is_some_and(|user| !user.salaries_hidden))
    }

    /// Refuses those without the permission.
    pub(crate) fn require_salaries(&self, view: &View<'_>) -> Outcome<()> {
        if self.sees_salaries(view)? {
            Ok(())
        } else {
            Err(Refusal::Denied(Denied::NoSalaries))
        }
    }
}
