//! What is known about a user.

use serde::{Deserialize, Serialize};

use super::super::custom_fields::Values;
use super::USER;
use crate::refusal::Outcome;
use crate::store::Edit;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::v1) struct User {
    pub(in crate::v1) first_name: Option<String>,
    pub(in crate::v1) last_name: Option<String>,
    /// The first one is where mail goes.
    pub(in crate::v1) emails: Vec<Email>,
    pub(in crate::v1) employee_id: Option<String>,
    pub(in crate::v1) disabled: bool,
    pub(in crate::v1) site_admin: bool,
    pub(in crate::v1) office_ids: Vec<i64>,
    pub(in crate::v1) department_ids: Vec<i64>,
    pub(in crate::v1) linked_candidate_ids: Vec<i64>,
    pub(in crate::v1) custom_fields: Values,
    pub(in crate::v1) created_at: String,
    pub(in crate::v1) updated_at: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Email {
    pub(in crate::v1) id: i64,
    pub(in crate::v1) address: String,
    /// Only verified ones are shown.
    pub(in crate::v1) verified: bool,
}

impl User {
    pub(in crate::v1) fn name(&self) -> String {
        let names = [self.first_name.as_deref(), self.last_name.as_deref()];
        names.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The address that mail goes to.
    pub(in crate::v1) fn primary_email(&self) -> Option<&str> {
        self.emails.first().map(|email| email.address.as_str())
    }

    /// Keeps a user who was changed, or under an id of its own one who is new.
    pub(in crate::v1) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&USER, id)? {
            edit.save(&USER, id, self)?;
        } else {
            edit.insert_as(&USER, id, self)?;
        }
        edit.run("DELETE FROM user_email WHERE user_id = ?1", [id])?;
        edit.run("DELETE FROM user_candidate WHERE user_id = ?1", [id])?;
        for candidate_id in &self.linked_candidate_ids {
            edit.run(
                "INSERT INTO user_candidate (candidate_id, user_id) VALUES (?1, ?2)",
                (candidate_id, id),
            )?;
        }
        for email in &self.emails {
            edit.run(
                "INSERT INTO user_email (address, user_id) VALUES (?1, ?2)",
                (&email.address, id),
            )?;
        }
        Ok(())
    }
}

impl Email {
    /// An address with an id of its own.
    pub(super) fn new(edit: &Edit<'_>, address: &str, verified: bool) -> Outcome<Self> {
        Ok(Self {
            id: edit.next_number("user_email", 898_401)?,
            address: address.to_owned(),
            verified,
        })
    }
}
