//! Every recipe is run against a sandbox, and what it did is checked.

#![allow(
    dead_code,
    reason = "the recipes are included whole, and nobody calls their main functions here"
)]

mod applications;
mod candidates;
mod files;
mod index;
mod jobs;
mod organization;
mod others;
mod permissions;
mod stage;

#[path = "../../advance_application.rs"]
mod advance_application;
#[path = "../../create_candidate.rs"]
mod create_candidate;
#[path = "../../disable_user.rs"]
mod disable_user;
#[path = "../../download_resumes.rs"]
mod download_resumes;
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
