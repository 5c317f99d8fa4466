//! The system's keyring: a place for secrets that the user unlocks by logging in to the computer.
//!
//! It is a feature, and without it `of_system` says so. Tests have a keyring of their own in memory.

#[cfg(any(test, feature = "keyring"))]
mod entry;

#[cfg(any(test, feature = "keyring"))]
pub(crate) use self::entry::Keyring;
#[cfg(not(any(test, feature = "keyring")))]
pub(crate) use self::none::Keyring;

use crate::failure::{Exit, Failure};

/// By what the keyring's own program shows whose a secret is.
#[cfg(any(test, feature = "keyring"))]
const SERVICE: &str = "harvest";

/// The failure of a program that was built without the feature.
#[cfg(not(feature = "keyring"))]
fn left_out() -> Failure {
    Failure::new(
        Exit::Credential,
        "this program was built without the system's keyring: build it by `cargo build -p \
         harvest-cli --features keyring`, or keep the secret in the file of profiles by `harvest \
         auth login` without --keyring",
    )
}

/// The keyring of a program that was built without it: there is none.
#[cfg(not(any(test, feature = "keyring")))]
mod none {
    use super::{Failure, left_out};

    pub(crate) enum Keyring {}

    impl Keyring {
        pub(crate) fn of_system() -> Result<Self, Failure> {
            Err(left_out())
        }

        pub(crate) fn keep(&self, _: &str, _: &str) -> Result<(), Failure> {
            match *self {}
        }

        pub(crate) fn reveal(&self, _: &str) -> Result<String, Failure> {
            match *self {}
        }

        pub(crate) fn forget(&self, _: &str) -> Result<(), Failure> {
            match *self {}
        }
    }
}
