//! The policy of a document whose operations are deliveries: requests that the service makes to a receiver.

use serde::Deserialize;

/// The algorithm that the runtime verifies.
const ALGORITHM: &str = "sha256";

/// How a service delivers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Deliveries {
    /// The cargo feature of the module.
    pub feature: String,
    /// The header that holds the signature.
    pub signature: String,
    /// The word before it.
    pub algorithm: String,
    /// The header that holds the id of the event.
    pub event_id: String,
    /// The status that is a success.
    pub success: u16,
    /// The waits between the attempts, in seconds.
    pub waits: Vec<u64>,
}

impl Deliveries {
    /// What no code can be made of, if there is anything.
    pub(super) fn problem(&self) -> Option<&'static str> {
        let is_kebab = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_lowercase())
                && text
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let is_header = |name: &str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        if !is_kebab(&self.feature) {
            Some("the feature is no name of a cargo feature")
        } else if !is_header(&self.signature) || !is_header(&self.event_id) {
            Some("a header has no name")
        } else if self.algorithm != ALGORITHM {
            Some("the algorithm is not sha256, the only one that is verified")
        } else if !(200..300).contains(&self.success) {
            Some("success is no status of one")
        } else {
            None
        }
    }
}
