//! The password of Dev Center, where it has one.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::refusal::{Outcome, broken};
use crate::store::{Edit, View};

/// Shorter ones are not taken, in characters.
pub(super) const SHORTEST: usize = 12;
/// Longer ones are not taken either, in bytes: hashing them would keep the sandbox busy for nothing.
const LONGEST: usize = 1_000;

/// Whether there is one.
pub(super) fn is_set(view: &View<'_>) -> Outcome<bool> {
    Ok(kept(view)?.is_some())
}

/// Whether it is this one. That takes a while on purpose.
pub(super) fn is(view: &View<'_>, password: &str) -> Outcome<bool> {
    let Some(kept) = kept(view)? else {
        return Ok(false);
    };
    let hash =
        PasswordHash::new(&kept).map_err(|_| broken("the password is kept in no known form"))?;
    Ok(password.len() <= LONGEST
        && Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok())
}

/// What is wrong with a new password, if anything.
pub(super) fn problem(password: &str, repeated: &str) -> Option<String> {
    if password.chars().count() < SHORTEST {
        Some(format!(
            "Choose a password of at least {SHORTEST} characters"
        ))
    } else if password.len() > LONGEST {
        Some("Choose a shorter password".to_owned())
    } else if password != repeated {
        Some("The two passwords differ".to_owned())
    } else {
        None
    }
}

/// Keeps the hash of a new one.
pub(super) fn set(edit: &Edit<'_>, password: &str) -> Outcome<()> {
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| broken(format!("the password can't be hashed: {error}")))?;
    edit.run(
        "INSERT INTO password (id, hash) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET hash = ?1",
        [hash.to_string()],
    )?;
    Ok(())
}

fn kept(view: &View<'_>) -> Outcome<Option<String>> {
    view.value("SELECT hash FROM password", [])
}
