//! The state of a candidate.

use serde::{Deserialize, Serialize};

use super::CANDIDATE;
use crate::clock::stamp;
use crate::domain::attachments::Attachment;
use crate::domain::custom_fields::Values;
use crate::refusal::Outcome;
use crate::store::Edit;

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

    /// Keeps a candidate who was changed, or under an id of its own one who is new.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&CANDIDATE, id)? {
            edit.save(&CANDIDATE, id, self)?;
            forget_index(edit, id)?;
        } else {
            edit.insert_as(&CANDIDATE, id, self)?;
        }
        self.keep_parts(edit, id)?;
        self.index(edit, id)
    }

    /// Writes down by which addresses and tags the candidate is found.
    pub(crate) fn index(&self, edit: &Edit<'_>, id: i64) -> Outcome<()> {
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
    pub(crate) fn save_changed(&mut self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        self.updated_at = stamp(edit.now());
        self.last_activity.clone_from(&self.updated_at);
        self.save(edit, id)
    }
}

impl Contact {
    /// Equal for contacts that lead to the same place, whatever the letters and the type.
    pub(crate) fn key(&self) -> String {
        self.value.trim().to_ascii_lowercase()
    }
}

/// Forgets by which addresses and tags a candidate is found.
pub(crate) fn forget_index(edit: &Edit<'_>, id: i64) -> Outcome<()> {
    edit.run("DELETE FROM candidate_email WHERE candidate_id = ?1", [id])?;
    edit.run("DELETE FROM candidate_tag WHERE candidate_id = ?1", [id])?;
    Ok(())
}
