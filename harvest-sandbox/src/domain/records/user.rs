//! Users.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::custom_field::Values;
use crate::domain::access::Visibility;
use crate::refusal::{Outcome, Refusal};
use crate::store::{Kind, View};

pub(crate) static USER: Kind = Kind {
    table: "user",
    first_id: 4_020_117,
    visibility: Visibility::EVERYONE.only("service_account IS NULL"),
};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct User {
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    /// The first one is where mail goes.
    pub(crate) emails: Vec<Email>,
    pub(crate) employee_id: Option<String>,
    pub(crate) job_title: Option<String>,
    pub(crate) disabled: bool,
    pub(crate) site_admin: bool,
    /// Whether it is the service user of an integration. It is hidden from lists, and can't be named.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) service_account: bool,
    /// Whether pay is hidden from a user who may see everything else.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) salaries_hidden: bool,
    pub(crate) office_ids: Vec<i64>,
    pub(crate) department_ids: Vec<i64>,
    pub(crate) interviewer_tag_ids: Vec<i64>,
    pub(crate) custom_fields: Values,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Email {
    pub(crate) id: i64,
    pub(crate) address: String,
    /// Only verified ones are shown.
    pub(crate) verified: bool,
    /// When its owner was asked to verify it last.
    #[serde(default)]
    pub(crate) verification_sent_at: Option<String>,
}

/// An address, as a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ListedEmail {
    pub(crate) user_id: i64,
    pub(crate) address: String,
    pub(crate) verified: bool,
    pub(crate) verification_sent_at: Option<String>,
}

impl User {
    /// A user, or 404.
    pub(crate) fn known(view: &View<'_>, id: i64) -> Outcome<Rc<Self>> {
        view.shared(&USER, id)?.ok_or_else(Refusal::not_found)
    }

    pub(crate) fn name(&self) -> String {
        let names = [self.first_name.as_deref(), self.last_name.as_deref()];
        names.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The address that mail goes to.
    pub(crate) fn primary_email(&self) -> Option<&str> {
        self.emails.first().map(|email| email.address.as_str())
    }
}
