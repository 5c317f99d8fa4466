//! Disabling, enabling and demoting users.

use std::collections::HashSet;

use super::User;
use crate::clock::stamp;
use crate::domain::access::Actor;
use crate::domain::{approvals, jobs, user_permissions};
use crate::refusal::{Outcome, Refusal, Rule, UserRule};
use crate::store::Edit;

/// Disables a user, or enables one who was disabled.
pub(crate) fn switch(edit: &mut Edit<'_>, actor: &Actor, id: i64, disabled: bool) -> Outcome<()> {
    actor.require_site_admin()?;
    if disabled && id == actor.id {
        return Err(Refusal::field("user", Rule::User(UserRule::Oneself)));
    }
    let user = User::known(edit, id)?;
    if user.disabled != disabled {
        if disabled && user.site_admin {
            require_other_site_admin(edit, id)?;
        }
        let mut user = User::clone(&user);
        user.disabled = disabled;
        user.updated_at = stamp(edit.now());
        user.save(edit, id)?;
    }
    Ok(())
}

/// Takes away whatever a user may do beyond what everyone may, and with it the places on hiring teams and among those who
/// have yet to approve something. A basic user stays as they are.
pub(crate) fn demote(edit: &mut Edit<'_>, actor: &Actor, id: i64) -> Outcome<()> {
    if take_permissions(edit, actor, id)? {
        leave(edit, &HashSet::from([id]))?;
    }
    Ok(())
}

/// Takes away whatever a user may do beyond what everyone may, and says whether there was anything. Who had something is to
/// [`leave`] then.
pub(crate) fn take_permissions(edit: &mut Edit<'_>, actor: &Actor, id: i64) -> Outcome<bool> {
    actor.require_site_admin()?;
    let user = User::known(edit, id)?;
    if !user.site_admin && !user_permissions::has_any(edit, id)? {
        return Ok(false);
    }
    if user.site_admin {
        require_other_site_admin(edit, id)?;
        let mut user = User::clone(&user);
        user.site_admin = false;
        user.updated_at = stamp(edit.now());
        user.save(edit, id)?;
    }
    user_permissions::remove_all(edit, id)?;
    Ok(true)
}

/// Takes users off hiring teams, and out of those who have yet to approve something: each job and flow is written once.
pub(crate) fn leave(edit: &mut Edit<'_>, ids: &HashSet<i64>) -> Outcome<()> {
    jobs::leave_teams(edit, ids)?;
    approvals::leave_flows(edit, ids)
}

/// Refuses what would leave the organization without an active site admin, as a service user could.
fn require_other_site_admin(edit: &Edit<'_>, id: i64) -> Outcome<()> {
    let sql = "SELECT id FROM user WHERE site_admin AND NOT disabled AND service_account IS NULL
                   AND id <> ?1";
    if edit.value::<i64>(sql, [id])?.is_some() {
        return Ok(());
    }
    let rule = Rule::User(UserRule::LastSiteAdmin);
    Err(Refusal::field("user", rule))
}
