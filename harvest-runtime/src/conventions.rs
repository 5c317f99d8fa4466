//! The facts that a generated client states about its API.

use std::time::Duration;

/// The way in which requests are authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// HTTP Basic: the credential is the user name, the password is empty.
    Basic,
    /// `Authorization: Bearer <credential>`.
    Bearer,
    /// The same with access tokens of a token service (OAuth 2, RFC 6749), one for each acting user: the user is the
    /// subject of the token.
    OAuth(TokenService),
}

/// The service that issues access tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenService {
    /// The endpoint that issues tokens: `https://auth.example.com/token`.
    pub token_url: &'static str,
    /// The page on which a user consents, if integrations can ask for that: `https://auth.example.com/authorize`.
    pub authorization_url: Option<&'static str>,
    /// The limit of the token service, which counts apart from that of the API.
    pub limit: RateWindow,
}

/// A number of requests in a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateWindow {
    /// The number of requests, at least 1.
    pub requests: u32,
    /// The length of the window.
    pub window: Duration,
    /// Whether a window begins whenever the clock of the service is at a multiple of its length: one of 30 s at :00 and
    /// :30 of each minute.
    pub aligned: bool,
}

/// The policy of one version of an API, as far as it is not in its operations. The description provides it, and the
/// generator emits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conventions {
    /// The variables that [`ClientBuilder::from_env`](crate::ClientBuilder::from_env) reads.
    pub environment: Environment,
    /// The header that names the acting user: `On-Behalf-Of`. Nothing where none does: the API knows no acting users, or a
    /// token names them.
    pub acting_user_header: Option<&'static str>,
    /// The limit to begin with, until the service states one.
    pub limit: RateWindow,
    /// What people call the credential: `key`, `token`.
    pub credential_name: &'static str,
    /// The advice where the credential is refused: `check ClientBuilder::credential`.
    pub credential_hint: &'static str,
    /// What people call a permission of the credential: `permission`, `scope`.
    pub permission_name: &'static str,
    /// The advice where one is missing: `tick it on the page of the key`.
    pub permission_hint: &'static str,
    /// The words by which the message of a 403 is about a missing permission: all words of one row, in lower case.
    pub missing_permission: &'static [&'static [&'static str]],
    /// The words by which the message of a 422 is about a query parameter that the service does not know, before the
    /// names of those parameters; in lower case.
    pub unknown_parameter: &'static [&'static str],
    /// The jobs that bulk operations start, if there are such.
    pub jobs: Option<&'static BulkJobs>,
}

/// The jobs of an API that carry out the rows of one request one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkJobs {
    /// The property of a request that is the list of rows.
    pub rows: &'static str,
    /// The property of a job that is the URL of the file of rows that were carried out.
    pub succeeded: &'static str,
    /// The same of rows that were refused.
    pub failed: &'static str,
    /// The property of a job that says how many rows were carried out.
    pub succeeded_count: Option<&'static str>,
    /// The same of rows that were refused.
    pub failed_count: Option<&'static str>,
    /// The most bytes of a request; one with more is split.
    pub bytes: usize,
    /// The most jobs that one credential can have active at a time.
    pub active: usize,
    /// The advice where it is not known whether a job was started: `see list_jobs`.
    pub look_up: &'static str,
}

/// The names of environment variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Environment {
    /// The [credential](crate::ClientBuilder::credential).
    pub credential: Option<&'static str>,
    /// The id of a client of the token service.
    pub client_id: Option<&'static str>,
    /// The secret of that client.
    pub client_secret: Option<&'static str>,
    /// The id of the [acting user](crate::ClientBuilder::acting_user).
    pub acting_user: Option<&'static str>,
    /// The [base URL](crate::ClientBuilder::base_url).
    pub base_url: Option<&'static str>,
    /// The URL of the token service.
    pub token_url: Option<&'static str>,
}

impl Environment {
    /// No variables.
    pub const NONE: Self = Self {
        credential: None,
        client_id: None,
        client_secret: None,
        acting_user: None,
        base_url: None,
        token_url: None,
    };
}

#[cfg(test)]
impl BulkJobs {
    pub(crate) const FOR_TESTS: Self = Self {
        rows: "rows",
        succeeded: "succeeded_url",
        failed: "failed_url",
        succeeded_count: None,
        failed_count: None,
        bytes: 1_000,
        active: 1,
        look_up: "see list_jobs",
    };
}

impl Conventions {
    /// The conventions of a description that states none.
    pub const DEFAULT: Self = Self {
        environment: Environment::NONE,
        acting_user_header: None,
        limit: RateWindow {
            requests: 50,
            window: Duration::from_secs(10),
            aligned: false,
        },
        credential_name: "credential",
        credential_hint: "check the credential of the client",
        permission_name: "permission",
        permission_hint: "give it that permission",
        missing_permission: &[],
        unknown_parameter: &[],
        jobs: None,
    };
}

/// The other way to set what is missing: `, or start with ClientBuilder::from_env and set A_VARIABLE`.
pub(crate) fn or_set(variables: &[Option<&str>]) -> String {
    let names: Vec<_> = variables.iter().copied().flatten().collect();
    if names.is_empty() {
        return String::new();
    }
    let names = names.join(" and ");
    format!(", or start with ClientBuilder::from_env and set {names}")
}
