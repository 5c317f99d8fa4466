//! The recipes of v1 against a sandbox.

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

#[path = "../../v1/advance_application.rs"]
mod advance_application;
#[path = "../../v1/create_candidate.rs"]
mod create_candidate;
#[path = "../../v1/disable_user.rs"]
mod disable_user;
#[path = "../../v1/download_resumes.rs"]
mod download_resumes;
#[path = "../../v1/export_applications.rs"]
mod export_applications;
#[path = "../../v1/export_candidates.rs"]
mod export_candidates;
#[path = "../../v1/export_scorecards.rs"]
mod export_scorecards;
#[path = "../../v1/find_duplicates.rs"]
mod find_duplicates;
#[path = "../../v1/import_candidates.rs"]
mod import_candidates;
#[path = "../../v1/job_service.rs"]
mod job_service;
#[path = "../../v1/list_offers.rs"]
mod list_offers;
#[path = "../../v1/mirror_candidates.rs"]
mod mirror_candidates;
#[path = "../../v1/probe_permissions.rs"]
mod probe_permissions;
#[path = "../../v1/reject_application.rs"]
mod reject_application;
#[path = "../../v1/reject_stale_applications.rs"]
mod reject_stale_applications;
#[path = "../../v1/report_openings.rs"]
mod report_openings;
#[path = "../../v1/sync_job_fields.rs"]
mod sync_job_fields;
#[path = "../../v1/tag_candidates.rs"]
mod tag_candidates;

use crate::text;
