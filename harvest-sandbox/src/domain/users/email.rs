//! Adding addresses of users.

use super::{Email, USER, User, check_email};
use crate::clock::stamp;
use crate::domain::access::Actor;
use crate::refusal::{Outcome, Problems};
use crate::store::Edit;

/// The outcome of adding an address, with its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Added {
    New(i64),
    /// It was there, and its owner is asked to verify it.
    Asked(i64),
    /// It was there, and there is nothing to do.
    Known(i64),
}

/// Adds an address to a user, unless the user has it already.
pub(crate) fn add_email(
    edit: &mut Edit<'_>,
    actor: &Actor,
    user_id: i64,
    address: &str,
    verify: bool,
) -> Outcome<Added> {
    let mut user: User = edit.get(&USER, user_id)?;
    actor.require_site_admin()?;
    let now = stamp(edit.now());
    let mut emails = user.emails.iter_mut();
    let known = emails.find(|email| email.address.eq_ignore_ascii_case(address));
    let added = match known {
        Some(email) if email.verified || !verify => return Ok(Added::Known(email.id)),
        Some(email) => {
            email.verification_sent_at = Some(now);
            Added::Asked(email.id)
        }
        None => {
            let mut problems = Problems::default();
            check_email(edit, "email", address, &mut problems)?;
            problems.check()?;
            let email = Email {
                verification_sent_at: verify.then(|| now.clone()),
                ..Email::new(edit, address, false)?
            };
            let added = Added::New(email.id);
            user.emails.push(email);
            user.updated_at = now;
            added
        }
    };
    user.save(edit, user_id)?;
    Ok(added)
}
