//! Every recipe is run against a sandbox, and what it did is checked.

#![allow(
    dead_code,
    reason = "the recipes are included whole, and nobody calls their main functions here"
)]

mod applications;
mod candidates;
mod index;
mod jobs;
mod others;
mod permissions;
mod stage;

#[path = "../../advance_application.rs"]
mod advance_application;
#[path = "../../disable_user.rs"]
mod disable_user;
#[path = "../../export_candidates.rs"]
mod export_candidates;
#[path = "../../list_offers.rs"]
mod list_offers;
#[path = "../../probe_permissions.rs"]
mod probe_permissions;
#[path = "../../reject_application.rs"]
mod reject_application;
#[path = "../../sync_job_fields.rs"]
mod sync_job_fields;
#[path = "../../tag_candidates.rs"]
mod tag_candidates;

/// What a recipe printed.
fn text(out: Vec<u8>) -> String {
    String::from_utf8(out).unwrap()
}
