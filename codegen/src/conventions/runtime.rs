//! The policy of a version that its client is set up with.

use serde::Deserialize;

/// The policy of a version that its client is set up with, each part as the runtime calls it. What is left out is as
/// the runtime's default has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Runtime {
    /// The names of environment variables, by what they set.
    pub environment: Environment,
    /// The limit to begin with.
    pub limit: Option<RateWindow>,
    /// The limit of the token service to begin with.
    pub token_limit: Option<RateWindow>,
    /// What people call the credential.
    pub credential_name: Option<String>,
    /// The advice where the credential is refused.
    pub credential_hint: Option<String>,
    /// What people call a permission of the credential.
    pub permission_name: Option<String>,
    /// The advice where one is missing.
    pub permission_hint: Option<String>,
    /// The words of a message about a missing permission, in lower case; all words of one row.
    pub missing_permission: Vec<Vec<String>>,
    /// The words of a message about an unknown query parameter, in lower case.
    pub unknown_parameter: Vec<String>,
    /// The jobs that operations with `x-harvest-ready` start, if they carry out rows.
    pub jobs: Option<Jobs>,
}

/// Jobs that carry out the rows of one request one by one, by the names of properties.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Jobs {
    /// The list of rows, in a request.
    pub rows: String,
    /// The URL of the file of rows that were carried out, in a job.
    pub succeeded: String,
    /// The same of rows that were refused.
    pub failed: String,
    /// The number of rows that were carried out.
    pub succeeded_count: Option<String>,
    /// The same of rows that were refused.
    pub failed_count: Option<String>,
    /// The most bytes of a request.
    pub bytes: usize,
    /// The most jobs that can be active at a time.
    pub active: usize,
    /// The advice where it is not known whether a job was started.
    pub look_up: String,
}

/// The names of environment variables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[allow(missing_docs)] // they are what they say
pub struct Environment {
    pub credential: Option<String>,
    pub client_id: Option<String>,
    pub client_secret: Option<String>,
    pub acting_user: Option<String>,
    pub base_url: Option<String>,
    pub token_url: Option<String>,
}

/// A number of requests in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RateWindow {
    /// The number of requests.
    pub requests: u32,
    /// The length of the window.
    pub seconds: u64,
    /// Whether windows begin at multiples of their length, by the clock of the service.
    #[serde(default)]
    pub aligned: bool,
}
