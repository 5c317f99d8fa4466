//! What is known about a job post.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct JobPost {
    /// None for a post that gathers prospects.
    pub(super) job_id: Option<i64>,
    pub(super) board_id: i64,
    pub(super) title: String,
    pub(super) location: Location,
    pub(super) internal: bool,
    /// False for one that was deleted.
    pub(super) active: bool,
    pub(super) live: bool,
    pub(super) first_published_at: Option<String>,
    /// HTML, as the other texts.
    pub(super) content: String,
    pub(super) internal_content: Option<String>,
    /// A part of the full content only.
    pub(super) pay_ranges: Option<String>,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    pub(super) demographic_question_set_id: Option<i64>,
    pub(super) questions: Vec<Question>,
}

/// A location: an office, one of the board's list, or else a text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Location {
    pub(super) id: i64,
    pub(super) office_id: Option<i64>,
    pub(super) custom_location_id: Option<i64>,
    pub(super) text: Option<String>,
}

/// A question of the application form, as it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Question {
    pub(super) required: Option<bool>,
    pub(super) private: bool,
    pub(super) label: String,
    pub(super) name: String,
    pub(super) r#type: String,
    pub(super) values: Vec<Choice>,
    pub(super) description: Option<String>,
}

/// An answer to choose from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Choice {
    pub(super) value: i64,
    pub(super) label: String,
}
