//! Every recipe is run against a sandbox, and what it did is checked.

#![allow(
    dead_code,
    reason = "the recipes are included whole, and nobody calls their main functions here"
)]

mod applications;
mod candidates;
mod copies;
mod files;
mod harness;
mod imports;
mod index;
mod jobs;
mod organization;
mod others;
mod permissions;
mod service;
mod stale;

#[path = "../../advance_application.rs"]
mod advance_application;
#[path = "../../create_candidate.rs"]
mod create_candidate;
#[path = "../../disable_user.rs"]
mod disable_user;
#[path = "../../download_resumes.rs"]
mod download_resumes;
#[path = "../../export_applications.rs"]
mod export_applications;
#[path = "../../export_candidates.rs"]
mod export_candidates;
#[path = "../../export_scorecards.rs"]
mod export_scorecards;
#[path = "../../find_duplicates.rs"]
mod find_duplicates;
#[path = "../../import_candidates.rs"]
mod import_candidates;
#[path = "../../job_service.rs"]
mod job_service;
#[path = "../../list_offers.rs"]
mod list_offers;
#[path = "../../mirror_candidates.rs"]
mod mirror_candidates;
#[path = "../../probe_permissions.rs"]
mod probe_permissions;
#[path = "../../reject_application.rs"]
mod reject_application;
#[path = "../../reject_stale_applications.rs"]
mod reject_stale_applications;
#[path = "../../report_openings.rs"]
mod report_openings;
#[path = "../../sync_job_fields.rs"]
mod sync_job_fields;
#[path = "../../tag_candidates.rs"]
mod tag_candidates;

/// What a recipe printed.
fn text(out: Vec<u8>) -> String {
    String::from_utf8(out).unwrap()
}
