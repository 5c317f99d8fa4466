//! Job posts.

use serde::{Deserialize, Serialize};

use crate::domain::access::{Owner, Scope, Visibility};
use crate::store::Kind;

pub(crate) static JOB_POST: Kind = Kind {
    table: "job_post",
    first_id: 4_020_733_019,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct JobPost {
    /// None for a post that gathers prospects.
    pub(crate) job_id: Option<i64>,
    pub(crate) board_id: i64,
    pub(crate) title: String,
    /// The one location for versions in which a post has one. None if it was removed.
    pub(crate) location: Option<Location>,
    /// Locations that were added later.
    pub(crate) other_locations: Vec<Location>,
    pub(crate) internal: bool,
    /// False for one that was deleted.
    pub(crate) active: bool,
    pub(crate) live: bool,
    pub(crate) first_published_at: Option<String>,
    /// HTML, as the other texts.
    pub(crate) content: String,
    pub(crate) internal_content: Option<String>,
    /// A part of the full content only.
    pub(crate) pay_ranges: Option<String>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) demographic_question_set_id: Option<i64>,
    pub(crate) questions: Vec<Question>,
}

/// A location: an office, one of the board's list, or else a text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Location {
    pub(crate) id: i64,
    pub(crate) office_id: Option<i64>,
    pub(crate) custom_location_id: Option<i64>,
    pub(crate) text: Option<String>,
}

/// A question of the application form, as it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    pub(crate) required: Option<bool>,
    pub(crate) private: bool,
    pub(crate) label: String,
    pub(crate) name: String,
    pub(crate) r#type: String,
    pub(crate) values: Vec<Choice>,
    pub(crate) description: Option<String>,
}

/// An answer to choose from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Choice {
    pub(crate) value: i64,
    pub(crate) label: String,
}
