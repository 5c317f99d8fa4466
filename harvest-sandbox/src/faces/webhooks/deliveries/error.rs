//! Errors about webhooks.

use crate::refusal::Refusal;

/// Why something could not be done with a webhook of the sandbox.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// Nothing can be delivered to the address.
    #[error("{problem}")]
    #[non_exhaustive]
    Url {
        /// What is wrong with it.
        problem: String,
    },
    /// No event of this name is described.
    #[error(
        "there is no event {action:?}; the description of webhooks lists them, such as \
         `hire_candidate`"
    )]
    #[non_exhaustive]
    Action {
        /// The name.
        action: String,
    },
    /// There is nothing to sign with.
    #[error("the secret is empty, so that anyone could sign with it")]
    #[non_exhaustive]
    NoSecret {},
    /// A text is too long.
    #[error("names, addresses and secrets have up to {bytes} bytes")]
    #[non_exhaustive]
    TooLong {
        /// The most bytes.
        bytes: usize,
    },
    /// The payload cannot be one.
    #[error("{problem}")]
    #[non_exhaustive]
    Payload {
        /// What is wrong with it.
        problem: String,
    },
    /// There are as many as there can be.
    #[error("there are {limit} already, and no more are kept")]
    #[non_exhaustive]
    TooMany {
        /// How many.
        limit: usize,
    },
    /// There is no such webhook, or no such delivery any more.
    #[error("there is none with the id {id}")]
    #[non_exhaustive]
    Unknown {
        /// The id that was asked for.
        id: i64,
    },
    /// The sandbox keeps no records, and so no webhooks.
    #[error("a sandbox that answers from examples keeps no webhooks: start one with records")]
    #[non_exhaustive]
    NoRecords {},
    /// The records cannot be read or written.
    #[error("{problem}")]
    #[non_exhaustive]
    Store {
        /// What went wrong.
        problem: String,
    },
    /// The delivery is on its way, so that it cannot be sent again.
    #[error("delivery {id} is on its way")]
    #[non_exhaustive]
    OnItsWay {
        /// The id of the delivery.
        id: i64,
    },
}

impl From<Refusal> for WebhookError {
    fn from(refusal: Refusal) -> Self {
        let problem = refusal.to_string();
        Self::Store { problem }
    }
}
