//! What an operation does, once its request has passed every check.
//!
//! This is the seam between the pipeline, which knows operations as the document describes them, and the behaviour of a
//! version of the API (`v1/`), which knows them by name.

mod call;
mod context;
mod registry;

pub(crate) use call::Call;
pub(crate) use context::{Reading, Writing};
pub(crate) use registry::{Behaviour, Handlers, Resource, Supply};

/// What answers an operation.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    /// Changes nothing.
    Read(fn(&Reading<'_>) -> crate::refusal::Outcome),
    /// Changes something, all or nothing.
    Write(fn(&mut Writing<'_, '_>) -> crate::refusal::Outcome),
}
