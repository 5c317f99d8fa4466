//! Faces: what a version of the API makes of the domain, and what its operations do once a request has passed every check.
//!
//! This is the seam between the pipeline, which knows operations as the document describes them, and the face of a version
//! (`v1/`, `v3/`), which knows them by name. Beside the versions are webhooks, with their deliveries, and the token service:
//! their documents are the same for all versions.

mod call;
mod context;
mod embeds;
mod left_out;
mod link;
pub(crate) mod list;
mod org_units;
mod registry;
#[cfg(test)]
mod tests;
pub(crate) mod token_service;
#[cfg(any(feature = "dev-center", test))]
mod trials;
mod upload;
pub(crate) mod v1;
pub(crate) mod v3;
mod visible;
pub(crate) mod webhooks;

pub(crate) use call::Call;
pub(crate) use context::{Reading, Writing};
pub(crate) use registry::{Face, Handlers, Resource, Unhandled};
#[cfg(any(feature = "dev-center", test))]
pub(crate) use trials::{Put, Trials};

use crate::http::refusal::Outcome;

/// What answers an operation.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    /// Changes nothing.
    Read(fn(&Reading<'_>) -> Outcome),
    /// Changes something, all or nothing.
    Write(fn(&mut Writing<'_, '_>) -> Outcome),
}
