//! Control of a sandbox by tests, from outside of the API: reset it, keep and restore its records, set its clock, let things
//! go wrong, add records, stand in for approvers, and look at what it was asked.
//!
//! The methods are on [`Sandbox`](crate::Sandbox); `http.rs` is the same under `/_sandbox/`, for other languages.

mod approvals;
mod client_credentials;
mod clock;
mod dev_center;
mod error;
pub(crate) mod http;
mod integrations;
mod records;
mod reset;
mod routes;
mod snapshots;
mod tokens;

use std::sync::Arc;

pub use client_credentials::ClientCredentials;
pub use clock::SandboxClock;
pub use dev_center::{DevCenter, DevCenterError, NewKey};
pub use error::ControlError;
pub use integrations::NewIntegration;
pub use records::Records;
pub(crate) use routes::{Routes, answer};

use crate::domain::oauth::ClientSecret;
use crate::faces::webhooks::deliveries::Webhooks;
use crate::http::fault::{Fault, Faults, Growth};
use crate::http::log::Log;
use crate::pipeline::state::State;

/// A hold on the parts of a running sandbox.
pub(crate) struct Control {
    /// None if nothing is kept.
    pub(crate) state: Option<Arc<State>>,
    pub(crate) faults: Faults,
    pub(crate) growth: Growth,
    pub(crate) log: Log,
    pub(crate) webhooks: Webhooks,
    pub(crate) start: Start,
}

/// What a sandbox was started with, as far as a reset brings it back.
pub(crate) struct Start {
    pub(crate) faults: Vec<Fault>,
    pub(crate) key: String,
    /// None if nothing is kept.
    pub(crate) client: Option<ClientSecret>,
}

impl Control {
    /// The records and what goes with them, or why there are none.
    fn state(&self) -> Result<&State, ControlError> {
        self.state.as_deref().ok_or(ControlError::NoRecords {})
    }
}
