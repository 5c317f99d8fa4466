//! Profiles: credentials by name, in a file that only its owner can read.

mod file;

use std::collections::BTreeMap;
use std::fmt;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

pub(crate) use self::file::ProfileFile;

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

/// A text that authorizes. It has no `Debug` on purpose.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}
