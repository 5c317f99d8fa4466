//! Service users: the acting users of custom integrations whose tokens have no subject.

use crate::clock::stamp;
use crate::domain::users::{USER, User};
use crate::refusal::Outcome;
use crate::store::Edit;

/// The id of the first one. They have a range of their own, so that an integration shifts no other user's id.
const FIRST_ID: i64 = 79_200_001;

/// Creates the service user of an integration: a site admin, since lists want one, without an address.
pub(super) fn create(edit: &mut Edit<'_>, description: &str) -> Outcome<i64> {
    let now = stamp(edit.now());
    let user = User {
        first_name: Some(description.to_owned()),
        site_admin: true,
        service_account: true,
        created_at: now.clone(),
        updated_at: now,
        ..User::default()
    };
    let id = edit.next_number("service_user", FIRST_ID)?;
    user.save(edit, id)?;
    Ok(id)
}

/// Disables the service user of an integration that was revoked.
pub(super) fn disable(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    let Some(mut user) = edit.find::<User>(&USER, id)? else {
        return Ok(());
    };
    user.disabled = true;
    user.updated_at = stamp(edit.now());
    user.save(edit, id)
}
