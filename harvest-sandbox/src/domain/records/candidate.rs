//! Candidates and prospects.

use serde::{Deserialize, Serialize};

use super::custom_field::Values;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::domain::attachments::Attachment;
use crate::store::Kind;

pub(crate) static CANDIDATE: Kind = Kind {
    table: "candidate",
    first_id: 119_540_880_217,
    visibility: Visibility::of(&[Owner::Column(Scope::Candidate, "id")]),
};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Candidate {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) preferred_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time_zone: Option<String>,
    pub(crate) company: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) last_activity: String,
    pub(crate) is_private: bool,
    pub(crate) can_email: bool,
    pub(crate) phone_numbers: Vec<Contact>,
    pub(crate) addresses: Vec<Contact>,
    pub(crate) email_addresses: Vec<Contact>,
    pub(crate) website_addresses: Vec<Contact>,
    pub(crate) social_media_addresses: Vec<Contact>,
    pub(crate) recruiter_id: Option<i64>,
    pub(crate) coordinator_id: Option<i64>,
    pub(crate) tag_ids: Vec<i64>,
    pub(crate) educations: Vec<Education>,
    pub(crate) employments: Vec<Employment>,
    pub(crate) custom_fields: Values,
    /// Those that are no application's.
    pub(crate) attachments: Vec<Attachment>,
}

/// A way to reach someone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) value: String,
    /// Social media have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) r#type: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Education {
    pub(crate) id: i64,
    pub(crate) school_id: Option<i64>,
    pub(crate) degree_id: Option<i64>,
    pub(crate) discipline_id: Option<i64>,
    pub(crate) start_date: Option<String>,
    pub(crate) end_date: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Employment {
    pub(crate) id: i64,
    pub(crate) company_name: String,
    pub(crate) title: String,
    pub(crate) start_date: String,
    pub(crate) end_date: Option<String>,
}

impl Candidate {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

impl Contact {
    /// Equal for contacts that lead to the same place, whatever the letters and the type.
    pub(crate) fn key(&self) -> String {
        self.value.trim().to_ascii_lowercase()
    }
}
