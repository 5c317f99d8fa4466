//! Users in whose name something is done: each has to be there, and active.

use rusqlite::OptionalExtension;

use crate::refusal::{Denied, Outcome, Refusal};
use crate::store::{Actor, View};

/// The active user with this id, in whose name a request acts. Service users act for their integrations alone, so
/// their ids name no user.
pub(crate) fn acting_user(view: &View<'_>, id: Option<i64>) -> Outcome<Actor> {
    let sql = "SELECT disabled, site_admin FROM user WHERE id = ?1 AND service_account IS NULL";
    active(view, sql, id)
}

/// Whether a user is one that an integration acts for by default.
pub(crate) fn is_service_user(view: &View<'_>, id: Option<i64>) -> Outcome<bool> {
    let sql = "SELECT service_account IS NOT NULL FROM user WHERE id = ?1";
    Ok(view.value(sql, [id])?.unwrap_or_default())
}

/// The active user for whom a token acts, be it a service user.
pub(crate) fn subject(view: &View<'_>, id: i64) -> Outcome<Actor> {
    let sql = "SELECT disabled, site_admin FROM user WHERE id = ?1";
    active(view, sql, Some(id))
}

fn active(view: &View<'_>, sql: &str, id: Option<i64>) -> Outcome<Actor> {
    #[cfg(test)]
    crate::store::count::count(|counts| counts.actors += 1);
    let found: Option<(bool, bool)> = view
        .sql()
        .prepare_cached(sql)?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match (found, id) {
        (Some((false, site_admin)), Some(id)) => Ok(Actor { id, site_admin }),
        (Some(_), _) => Err(Refusal::Denied(Denied::Disabled)),
        (None, _) => Err(Refusal::Denied(Denied::Unknown)),
    }
}

/// No command takes the last site admin away, so the tables were written to directly.
const NO_SITE_ADMIN: &str = "The organization has no active site admin, in whose name the sandbox \
                             acts. Its table of users was changed from outside: restore a \
                             snapshot, or start with another folder";

/// The id of a user who may do everything: the site admin who was there first.
pub(crate) fn first_site_admin(view: &View<'_>) -> Outcome<i64> {
    let sql = "SELECT id FROM user WHERE site_admin AND NOT disabled AND service_account IS NULL
               ORDER BY id LIMIT 1";
    view.value(sql, [])?
        .ok_or_else(|| Refusal::Failed(NO_SITE_ADMIN.to_owned()))
}
