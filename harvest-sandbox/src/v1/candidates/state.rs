//! What is known about a candidate.

use serde::{Deserialize, Serialize};

use super::super::attachments::Attachment;
use super::super::custom_fields::Values;
use super::CANDIDATE;
use crate::clock::stamp;
use crate::refusal::Outcome;
use crate::store::Edit;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::v1) struct Candidate {
    pub(in crate::v1) first_name: String,
    pub(in crate::v1) last_name: String,
    pub(in crate::v1) company: Option<String>,
    pub(in crate::v1) title: Option<String>,
    pub(in crate::v1) created_at: String,
    pub(in crate::v1) updated_at: String,
    pub(in crate::v1) last_activity: String,
    pub(in crate::v1) is_private: bool,
    pub(in crate::v1) can_email: bool,
    pub(in crate::v1) phone_numbers: Vec<Contact>,
    pub(in crate::v1) addresses: Vec<Contact>,
    pub(in crate::v1) email_addresses: Vec<Contact>,
    pub(in crate::v1) website_addresses: Vec<Contact>,
    pub(in crate::v1) social_media_addresses: Vec<Contact>,
    pub(in crate::v1) recruiter_id: Option<i64>,
    pub(in crate::v1) coordinator_id: Option<i64>,
    pub(in crate::v1) tag_ids: Vec<i64>,
    pub(in crate::v1) educations: Vec<Education>,
    pub(in crate::v1) employments: Vec<Employment>,
    pub(in crate::v1) custom_fields: Values,
    /// Those that are no application's.
    pub(in crate::v1) attachments: Vec<Attachment>,
}

/// A way to reach someone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Contact {
    pub(in crate::v1) value: String,
    /// Social media have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::v1) r#type: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Education {
    pub(in crate::v1) id: i64,
    pub(in crate::v1) school_id: Option<i64>,
    pub(in crate::v1) degree_id: Option<i64>,
    pub(in crate::v1) discipline_id: Option<i64>,
    pub(in crate::v1) start_date: Option<String>,
    pub(in crate::v1) end_date: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Employment {
    pub(in crate::v1) id: i64,
    pub(in crate::v1) company_name: String,
    pub(in crate::v1) title: String,
    pub(in crate::v1) start_date: String,
    pub(in crate::v1) end_date: Option<String>,
}

impl Candidate {
    pub(in crate::v1) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// Keeps a candidate who was changed, or under an id of its own one who is new.
    pub(in crate::v1) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&CANDIDATE, id)? {
            edit.save(&CANDIDATE, id, self)?;
            forget_index(edit, id)?;
        } else {
            edit.insert_as(&CANDIDATE, id, self)?;
        }
        self.index(edit, id)
    }

    /// Writes down by which addresses and tags the candidate is found.
    pub(super) fn index(&self, edit: &Edit<'_>, id: i64) -> Outcome<()> {
        for email in &self.email_addresses {
            edit.run(
                "INSERT OR IGNORE INTO candidate_email (address, candidate_id) VALUES (?1, ?2)",
                (&email.value, id),
            )?;
        }
        for tag_id in &self.tag_ids {
            edit.run(
                "INSERT OR IGNORE INTO candidate_tag (tag_id, candidate_id) VALUES (?1, ?2)",
                (tag_id, id),
            )?;
        }
        Ok(())
    }
}

impl Candidate {
    /// Keeps a candidate to whom something was done just now.
    pub(in crate::v1) fn save_changed(&mut self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        self.updated_at = stamp(edit.now());
        self.last_activity.clone_from(&self.updated_at);
        self.save(edit, id)
    }
}

impl Contact {
    /// Equal for contacts that lead to the same place, whatever the letters and the type.
    pub(super) fn key(&self) -> String {
        self.value.trim().to_ascii_lowercase()
    }
}

/// Forgets by which addresses and tags a candidate is found.
pub(super) fn forget_index(edit: &Edit<'_>, id: i64) -> Outcome<()> {
    edit.run("DELETE FROM candidate_email WHERE candidate_id = ?1", [id])?;
    edit.run("DELETE FROM candidate_tag WHERE candidate_id = ?1", [id])?;
    Ok(())
}
