//! Profiles: credentials by name, in a file that only its owner can read.

mod file;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

pub(crate) use self::file::ProfileFile;
use crate::failure::Failure;
use crate::keyring::Keyring;

/// Every profile, and which one is used where a command names none.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Profiles {
    #[serde(default)]
    pub current: Option<String>,
    #[serde(default)]
    pub profiles: BTreeMap<String, Profile>,
}

/// One credential, and what it is used with.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Profile {
    /// The version of the API: `v3`.
    pub version: String,
    #[serde(flatten)]
    pub grant: Grant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_user: Option<i64>,
}

/// What authorizes.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Grant {
    /// A key, or an access token that something else renews.
    Key { key: Secret },
    /// A client of the token service.
    Client {
        client_id: String,
        client_secret: Secret,
    },
    /// The consent of a user. The token that follows on this one is in a file of its own.
    RefreshToken {
        client_id: String,
        client_secret: Secret,
        refresh_token: Secret,
    },
    /// A sandbox in the process of each command, with its records in a folder if there is one.
    Sandbox {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        data: Option<std::path::PathBuf>,
    },
}

/// The kinds of grants, for the command line.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GrantKind {
    /// A key, or an access token that something else renews
    Key,
    /// The id and the secret of a client of the token service
    Client,
    /// The same, and a refresh token that a user consented to
    RefreshToken,
    /// A sandbox in the process of each command
    Sandbox,
}

impl Grant {
    pub(crate) fn kind(&self) -> GrantKind {
        match self {
            Self::Key { .. } => GrantKind::Key,
            Self::Client { .. } => GrantKind::Client,
            Self::RefreshToken { .. } => GrantKind::RefreshToken,
            Self::Sandbox { .. } => GrantKind::Sandbox,
        }
    }

    /// The secrets, each with a word for what it is.
    fn secrets_mut(&mut self) -> Vec<(&'static str, &mut Secret)> {
        match self {
            Self::Key { key } => vec![("key", key)],
            Self::Client { client_secret, .. } => vec![("client secret", client_secret)],
            Self::RefreshToken {
                client_secret,
                refresh_token,
                ..
            } => vec![
                ("client secret", client_secret),
                ("refresh token", refresh_token),
            ],
            Self::Sandbox { .. } => Vec::new(),
        }
    }

    /// The names of the secrets that lie in the keyring.
    pub(crate) fn in_keyring(&self) -> Vec<String> {
        let mut copy = self.clone();
        let secrets = copy.secrets_mut().into_iter();
        let names = secrets.filter_map(|(_, secret)| match secret {
            Secret::InKeyring { keyring } => Some(std::mem::take(keyring)),
            Secret::Here(_) => None,
        });
        names.collect()
    }

    /// Moves the secrets into a keyring, under the name of the profile.
    pub(crate) fn move_to(&mut self, keyring: &Keyring, profile: &str) -> Result<(), Failure> {
        for (what, secret) in self.secrets_mut() {
            let name = format!("{profile}: {what}");
            keyring.keep(&name, &secret.reveal()?)?;
            *secret = Secret::InKeyring { keyring: name };
        }
        Ok(())
    }
}

impl fmt::Display for GrantKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => "key",
            Self::Client => "client",
            Self::RefreshToken => "refresh-token",
            Self::Sandbox => "sandbox",
        })
    }
}

/// A text that authorizes, or where it lies. It has no `Debug` on purpose.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Secret {
    /// In the file of profiles.
    Here(String),
    /// In the system's keyring, by this name.
    InKeyring { keyring: String },
}

impl Secret {
    pub(crate) fn new(text: String) -> Self {
        Self::Here(text)
    }

    /// The text, from where it lies.
    pub(crate) fn reveal(&self) -> Result<Cow<'_, str>, Failure> {
        match self {
            Self::Here(text) => Ok(Cow::Borrowed(text)),
            Self::InKeyring { keyring } => Keyring::of_system()?.reveal(keyring).map(Cow::Owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_names_where_its_secrets_lie() {
        let keyring = Keyring::in_memory();
        let secret = |text: &str| Secret::new(text.to_owned());
        let mut grant = Grant::RefreshToken {
            client_id: "12345".to_owned(),
            client_secret: secret("s3cret"),
            refresh_token: secret("t0ken"),
        };
        assert!(grant.in_keyring().is_empty());
        grant.move_to(&keyring, "acme").expect("moved");
        let text = serde_json::to_string(&grant).expect("JSON");
        assert!(
            !text.contains("s3cret") && !text.contains("t0ken"),
            "{text}"
        );
        let read: Grant = serde_json::from_str(&text).expect("a grant");
        assert!(read.kind() == GrantKind::RefreshToken);
        let names = read.in_keyring();
        let revealed = names.iter().map(|name| keyring.reveal(name).ok());
        let revealed: Vec<_> = revealed.flatten().collect();
        assert_eq!(revealed, ["s3cret", "t0ken"]);
    }

    /// A file that was written before there were keyrings, with its properties beside others.
    #[test]
    fn secrets_in_the_file_are_read() {
        let text = r#"{"version":"v1","kind":"key","key":"s3cret","acting_user":7}"#;
        let profile: Profile = serde_json::from_str(text).expect("a profile");
        let Grant::Key { key } = &profile.grant else {
            panic!("it is a key");
        };
        assert_eq!(key.reveal().ok().as_deref(), Some("s3cret"));
        assert!(profile.grant.in_keyring().is_empty());
    }
}
