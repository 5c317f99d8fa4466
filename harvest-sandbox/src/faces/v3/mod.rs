//! Harvest v3: what each operation does. `README.md` beside this file says how to add a resource.

mod application_stages;
mod applications;
mod applied_tags;
mod approvals;
mod attachments;
mod bulk;
mod candidate_attributes;
mod candidate_tags;
mod candidates;
mod close_reasons;
mod custom_field_limits;
mod custom_field_options;
mod custom_fields;
mod custom_values;
mod deleted;
mod demographics;
mod departments;
mod differences;
mod eeoc;
mod email_templates;
mod form;
mod histories;
mod interview_kits;
mod interviewer_tags;
mod interviews;
mod job_boards;
mod job_notes;
mod job_post_locations;
mod job_posts;
mod job_stages;
mod jobs;
mod list;
mod notes;
mod offers;
mod offices;
mod openings;
mod presentation;
mod prospect_pools;
mod rejection_reasons;
mod scorecards;
mod search;
mod sources;
mod spam_sources;
#[cfg(test)]
mod tests;
mod tracking_links;
#[cfg(any(feature = "dev-center", test))]
mod trials;
mod unseeded;
mod user_emails;
mod user_key;
mod user_permissions;
mod user_roles;
mod users;
mod webhooks;
mod words;

use std::time::Duration;

use crate::faces::{Face, Resource, Unhandled};
use crate::http::limit::Rule;
use crate::refusal::{Denied, Refusal};
use crate::store::StoredText;

pub(crate) static FACE: Face = Face {
    name: "v3",
    // The kinds whose pages are longest, and whose records name few others. Those of other kinds are rendered for each
    // reader, so that their writes have nothing to invalidate.
    stored_in: StoredText::InSome("document_v3", &["candidate", "user"]),
    denied,
    words: words::words,
    // It was seen to refuse unknown properties and parameters.
    lenient: false,
    // As it was observed of a custom integration. What partners may send is not known.
    limit: Rule {
        requests: 150,
        window: Duration::from_secs(30),
        aligned: true,
    },
    unhandled: Unhandled::Refused,
    form: form::form,
    resources: RESOURCES,
    differences: differences::DIFFERENCES,
    #[cfg(any(feature = "dev-center", test))]
    trials: &trials::TRIALS,
};

/// Every resource that has operations.
static RESOURCES: &[&Resource] = &[
    &bulk::RESOURCE,
    &candidate_attributes::RESOURCE,
    &candidate_tags::RESOURCE,
    &close_reasons::RESOURCE,
    &custom_fields::RESOURCE,
    &custom_field_options::RESOURCE,
    &custom_field_limits::RESOURCE,
    &demographics::RESOURCE,
    &departments::RESOURCE,
    &eeoc::RESOURCE,
    &email_templates::RESOURCE,
    &interviewer_tags::RESOURCE,
    &offices::RESOURCE,
    &prospect_pools::RESOURCE,
    &rejection_reasons::RESOURCE,
    &sources::RESOURCE,
    &job_boards::RESOURCE,
    &job_notes::RESOURCE,
    &spam_sources::RESOURCE,
    &tracking_links::RESOURCE,
    &unseeded::RESOURCE,
    &user_emails::RESOURCE,
    &user_permissions::RESOURCE,
    &user_roles::RESOURCE,
    &application_stages::RESOURCE,
    &applications::RESOURCE,
    &applied_tags::RESOURCE,
    &approvals::RESOURCE,
    &attachments::RESOURCE,
    &candidates::RESOURCE,
    &histories::RESOURCE,
    &interview_kits::RESOURCE,
    &interviews::RESOURCE,
    &job_post_locations::RESOURCE,
    &job_posts::RESOURCE,
    &job_stages::RESOURCE,
    &jobs::RESOURCE,
    &notes::RESOURCE,
    &offers::RESOURCE,
    &openings::RESOURCE,
    &scorecards::RESOURCE,
    &search::RESOURCE,
    &users::RESOURCE,
    &webhooks::RESOURCE,
];

fn denied(why: Denied) -> Refusal {
    Refusal::forbidden(match why {
        Denied::Unknown => "The subject of the token is no user",
        Denied::Disabled => "The subject of the token is deactivated",
        Denied::NotSiteAdmin => "The subject of the token must be a site admin for this",
        Denied::NotJobAdmin => {
            "The subject of the token must be an admin of the job for this, or a site admin who \
             sees the job"
        }
        Denied::NoSalaries => {
            "The subject of the token needs the permission to see private fields and salaries for \
             this"
        }
    })
}
