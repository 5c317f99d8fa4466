//! Domain of the sandbox: the records of an organization with their tables, what is done with them, and by whom.
//!
//! It knows no version of the API: how records are shown and how requests ask for changes is for the faces.

pub(crate) mod access;
pub(crate) mod activity_feed;
pub(crate) mod applications;
pub(crate) mod approvals;
pub(crate) mod attachments;
pub(crate) mod bulk;
pub(crate) mod candidate_attributes;
pub(crate) mod candidates;
pub(crate) mod close_reasons;
pub(crate) mod custom_fields;
pub(crate) mod demographics;
pub(crate) mod departments;
pub(crate) mod education;
pub(crate) mod eeoc;
pub(crate) mod email_templates;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod interviewer_tags;
pub(crate) mod job_notes;
pub(crate) mod job_openings;
pub(crate) mod job_posts;
pub(crate) mod job_stages;
mod job_status;
pub(crate) mod jobs;
pub(crate) mod migrations;
pub(crate) mod names;
pub(crate) mod oauth;
pub(crate) mod offers;
pub(crate) mod offices;
pub(crate) mod organization;
pub(crate) mod parts;
pub(crate) mod past;
pub(crate) mod patch;
pub(crate) mod plain;
pub(crate) mod prospect_pools;
pub(crate) mod random;
pub(crate) mod records;
pub(crate) mod referrers;
pub(crate) mod rejection_reasons;
pub(crate) mod scheduled_interviews;
pub(crate) mod scorecards;
pub(crate) mod sources;
pub(crate) mod spam_sources;
pub(crate) mod tags;
pub(crate) mod tracking_links;
pub(crate) mod tree;
pub(crate) mod unique;
pub(crate) mod unseeded;
pub(crate) mod user_permissions;
pub(crate) mod user_roles;
pub(crate) mod users;
pub(crate) mod webhooks;

use crate::domain::organization::Seed;
use crate::refusal::Outcome;
use crate::store::Kind;

/// A resource of the organization: its kinds of records, and those that a new organization has.
pub(crate) struct Resource {
    pub(crate) kinds: &'static [&'static Kind],
    /// Adds the records that a new organization begins with.
    pub(crate) seed: fn(&mut Seed<'_, '_>) -> Outcome<()>,
}

/// Every resource, in the order in which a new organization is filled: a resource comes after those it refers to.
pub(crate) static RESOURCES: &[&Resource] = &[
    &departments::RESOURCE,
    &offices::RESOURCE,
    &custom_fields::RESOURCE,
    &referrers::RESOURCE,
    &interviewer_tags::RESOURCE,
    &users::RESOURCE,
    &user_roles::RESOURCE,
    &sources::RESOURCE,
    &rejection_reasons::RESOURCE,
    &tags::RESOURCE,
    &education::RESOURCE,
    &prospect_pools::RESOURCE,
    &close_reasons::RESOURCE,
    &jobs::RESOURCE,
    &job_openings::RESOURCE,
    &job_stages::RESOURCE,
    &candidate_attributes::RESOURCE,
    &job_posts::RESOURCE,
    &user_permissions::RESOURCE,
    &email_templates::RESOURCE,
    &applications::RESOURCE,
    &candidates::RESOURCE,
    &demographics::RESOURCE,
    &eeoc::RESOURCE,
    &offers::RESOURCE,
    &approvals::RESOURCE,
    &tracking_links::RESOURCE,
    &scheduled_interviews::RESOURCE,
    &scorecards::RESOURCE,
    &job_notes::RESOURCE,
    &spam_sources::RESOURCE,
    &unseeded::RESOURCE,
    // After all that it happens to.
    &past::RESOURCE,
    &bulk::RESOURCE,
    &webhooks::RESOURCE,
];
