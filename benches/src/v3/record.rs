//! A candidate of v3 in structs written by hand, as [`crate::record`] has one of v1.

#![expect(missing_docs, reason = "the properties are those of the API")]

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::record::{Account, Contact, KeyedField};

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Candidate {
    pub id: i64,
    pub created_at: String,
    pub updated_at: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub preferred_name: Option<String>,
    pub company: Option<String>,
    pub title: Option<String>,
    pub last_activity_at: Option<String>,
    pub private: Option<bool>,
    pub can_email: bool,
    pub time_zone: Option<String>,
    pub tags: Vec<String>,
    pub linked_user_ids: Vec<i64>,
    pub phone_numbers: Vec<Contact>,
    pub addresses: Vec<Contact>,
    pub email_addresses: Vec<Contact>,
    pub website_addresses: Vec<Contact>,
    pub social_media_addresses: Vec<Account>,
    pub custom_fields: Option<HashMap<String, KeyedField>>,
}
