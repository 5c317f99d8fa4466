//! Records that all faces show inside of candidates and users.

use crate::domain::custom_fields::users_as_values;
use crate::store::{Depth, Embeds, Linked};

pub(super) const TAGS_OF_CANDIDATES: Embeds = fields_of(
    "tag",
    "SELECT candidate_id FROM candidate_tag WHERE tag_id = ?1",
);

/// The users who are the same person.
pub(super) const USERS_LINKED_TO_CANDIDATES: Embeds = fields_of(
    "user",
    "SELECT candidate_id FROM user_candidate WHERE user_id = ?1",
);

pub(super) const CUSTOM_FIELDS_OF_CANDIDATES: Embeds = fields_of(
    "custom_field",
    "SELECT candidate.id FROM custom_field JOIN candidate
     WHERE custom_field.id = ?1 AND field_type = 'candidate'",
);

pub(super) const CUSTOM_FIELDS_OF_USERS: Embeds = fields_of(
    "custom_field",
    "SELECT user.id FROM user JOIN custom_field ON field_type = 'user_attribute'
     WHERE custom_field.id = ?1",
);

pub(super) const USERS_AS_VALUES_OF_CANDIDATES: Embeds =
    fields_of("user", users_as_values!("candidate", "candidate"));

pub(super) const USERS_AS_VALUES_OF_USERS: Embeds =
    fields_of("user", users_as_values!("user", "user_attribute"));

/// The fields of records of a table, shown by those that know the link.
const fn fields_of(table: &'static str, ids: &'static str) -> Embeds {
    Embeds {
        table,
        ids,
        linked: Linked::ByShowing,
        depth: Depth::Fields,
    }
}
