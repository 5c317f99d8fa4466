//! What operations do to records, over plain HTTP.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod applications;
mod approval_resets;
mod approvals;
mod approved;
mod attachments;
mod candidate_anonymize;
mod candidate_history;
mod candidate_merge;
mod candidates;
mod control;
mod control_http;
mod custom_field_options;
mod custom_fields;
mod deletion;
mod demographics;
mod departments;
mod described;
mod eeoc;
mod email_templates;
mod emulated;
mod hire;
mod hiring_team;
mod job_openings;
mod job_posts;
mod job_stages;
mod jobs;
mod offer_approvals;
mod offer_made;
mod offers;
mod organization;
mod references;
mod rejection_email;
mod required_custom_fields;
mod scheduled_interviews;
mod scorecards;
mod scratch;
mod sight;
mod tags;
mod tracking_links;
mod user_permissions;
mod users;
mod walk;
