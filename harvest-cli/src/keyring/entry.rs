//! Secrets by name in a keyring.

use keyring_core::{Entry, Error};

use super::{Exit, Failure};

type Open = Box<dyn Fn(&str) -> keyring_core::Result<Entry> + Send + Sync>;

/// A keyring. Nothing of it is kept: each secret is asked for when it is needed.
pub(crate) struct Keyring {
    open: Open,
}

impl Keyring {
    /// The keyring of the user who runs this program.
    #[cfg(feature = "keyring")]
    #[allow(clippy::unnecessary_wraps)] // It fails without the feature.
    pub(crate) fn of_system() -> Result<Self, Failure> {
        let open = |name: &str| {
            let entry = keyring::v1::Entry::new(super::SERVICE, name)?;
            Ok(entry.inner)
        };
        Ok(Self {
            open: Box::new(open),
        })
    }

    #[cfg(not(feature = "keyring"))]
    pub(crate) fn of_system() -> Result<Self, Failure> {
        Err(super::left_out())
    }

    /// Puts a secret there, in place of an earlier one of this name.
    pub(crate) fn keep(&self, name: &str, text: &str) -> Result<(), Failure> {
        self.ask(name, |entry| entry.set_password(text))
    }

    /// The secret of this name.
    pub(crate) fn reveal(&self, name: &str) -> Result<String, Failure> {
        self.ask(name, Entry::get_password)
    }

    /// Takes a secret out. One that is not there is fine.
    pub(crate) fn forget(&self, name: &str) -> Result<(), Failure> {
        self.ask(name, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            outcome => outcome,
        })
    }

    /// Asks on a thread of its own: the client of the keyring waits, which no thread of an asynchronous program may.
    fn ask<T: Send>(
        &self,
        name: &str,
        call: impl FnOnce(&Entry) -> keyring_core::Result<T> + Send,
    ) -> Result<T, Failure> {
        let asked = std::thread::scope(|scope| {
            let thread = scope.spawn(|| call(&(self.open)(name)?));
            thread.join()
        });
        match asked {
            Ok(outcome) => outcome.map_err(|error| failure(name, &error)),
            Err(_) => Err(failure(name, &Error::NoDefaultStore)),
        }
    }
}

/// What happened, and what to do. Errors of the keyring can have what is in it, so few of their words are taken.
fn failure(name: &str, error: &Error) -> Failure {
    let remedy = match error {
        Error::NoEntry => {
            return Failure::new(
                Exit::Credential,
                format!(
                    "the system's keyring has no secret {name:?}: it was removed there, or the \
                     profile is of another computer; run `harvest auth login` again"
                ),
            );
        }
        Error::NoStorageAccess(cause) | Error::PlatformFailure(cause) => format!(": {cause}"),
        Error::Ambiguous(_) => ": it has several secrets of this name".to_owned(),
        Error::TooLong(_, most) => format!(": it takes up to {most} characters"),
        _ => String::new(),
    };
    Failure::new(
        Exit::Credential,
        format!(
            "the system's keyring does not answer for {name:?}{remedy}; unlock it, or start it (on \
             Linux a Secret Service such as GNOME Keyring or KeePassXC, and set \
             DBUS_SESSION_BUS_ADDRESS), or run `harvest auth login` without --keyring, or set the \
             credential in the environment"
        ),
    )
}

#[cfg(test)]
impl Keyring {
    /// A keyring in memory, that lasts as long as this.
    pub(crate) fn in_memory() -> Self {
        use keyring_core::api::CredentialStoreApi;

        let store = keyring_core::mock::Store::new().expect("a store");
        let open = move |name: &str| store.build(super::SERVICE, name, None);
        Self {
            open: Box::new(open),
        }
    }

    /// A keyring that fails.
    pub(crate) fn failing(error: fn() -> Error) -> Self {
        Self {
            open: Box::new(move |_| Err(error())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_kept_by_name() {
        let keyring = Keyring::in_memory();
        keyring.keep("acme key", "s3cret").expect("kept");
        keyring.keep("other key", "another").expect("kept");
        assert_eq!(keyring.reveal("acme key").ok().as_deref(), Some("s3cret"));
        keyring.keep("acme key", "newer").expect("kept");
        assert_eq!(keyring.reveal("acme key").ok().as_deref(), Some("newer"));
        keyring.forget("acme key").expect("gone");
        keyring.forget("acme key").expect("it is gone already");
        let missing = keyring.reveal("acme key").expect_err("it is gone");
        assert!(missing.message().contains("harvest auth login"));
        assert_eq!(keyring.reveal("other key").ok().as_deref(), Some("another"));
    }

    #[test]
    fn errors_say_what_to_do_and_no_secret() {
        let kinds: [fn() -> Error; 4] = [
            || Error::NoStorageAccess("it is locked".into()),
            || Error::NoDefaultStore,
            || Error::BadEncoding(b"s3cret".to_vec()),
            || Error::Invalid("password".to_owned(), "s3cret".to_owned()),
        ];
        for kind in kinds {
            let keyring = Keyring::failing(kind);
            let asked = [
                keyring.keep("acme key", "s3cret"),
                keyring.reveal("acme key").map(drop),
                keyring.forget("acme key"),
            ];
            for outcome in asked {
                let said = outcome.expect_err("it fails").message();
                assert!(said.contains("DBUS_SESSION_BUS_ADDRESS"), "{said}");
                assert!(
                    said.contains("acme key") && !said.contains("s3cret"),
                    "{said}"
                );
            }
        }
    }
}
