//! A candidate in structs written by hand: as a program would have that needs just this list, with serde's derive and
//! everything that comes in a plain type.

#![expect(missing_docs, reason = "the properties are those of the API")]

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Candidate {
    pub id: i64,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub company: Option<String>,
    pub title: Option<String>,
    pub created_at: String,
    pub updated_at: String,
    pub last_activity: String,
    pub is_private: bool,
    pub photo_url: Option<String>,
    pub attachments: Vec<Attachment>,
    pub application_ids: Vec<i64>,
    pub phone_numbers: Vec<Contact>,
    pub addresses: Vec<Contact>,
    pub email_addresses: Vec<Contact>,
    pub website_addresses: Vec<Contact>,
    pub social_media_addresses: Vec<Account>,
    pub recruiter: Option<User>,
    pub coordinator: Option<User>,
    pub can_email: bool,
    pub tags: Vec<String>,
    pub applications: Vec<Application>,
    pub educations: Vec<Education>,
    pub employments: Vec<Employment>,
    pub linked_user_ids: Vec<i64>,
    pub custom_fields: HashMap<String, Value>,
    pub keyed_custom_fields: HashMap<String, KeyedField>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Attachment {
    pub filename: String,
    pub url: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub created_at: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Contact {
    pub value: String,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Account {
    pub value: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct User {
    pub id: i64,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub name: String,
    pub employee_id: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Application {
    pub id: i64,
    pub candidate_id: i64,
    pub prospect: bool,
    pub applied_at: String,
    pub rejected_at: Option<String>,
    pub last_activity_at: String,
    pub location: Option<Location>,
    pub source: Option<Source>,
    pub credited_to: Option<User>,
    pub recruiter: Option<User>,
    pub coordinator: Option<User>,
    pub rejection_reason: Option<RejectionReason>,
    pub rejection_details: Option<RejectionDetails>,
    pub jobs: Vec<Named>,
    pub job_post_id: Option<i64>,
    pub status: String,
    pub current_stage: Option<Named>,
    pub answers: Vec<Answer>,
    pub prospective_office: Option<Named>,
    pub prospective_department: Option<Named>,
    pub prospect_detail: ProspectDetail,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Location {
    pub address: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Source {
    pub id: i64,
    pub public_name: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Named {
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RejectionReason {
    pub id: i64,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Named,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RejectionDetails {
    pub custom_fields: HashMap<String, Value>,
    pub keyed_custom_fields: HashMap<String, KeyedField>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Answer {
    pub question: String,
    pub answer: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ProspectDetail {
    pub prospect_pool: Option<Named>,
    pub prospect_stage: Option<Named>,
    pub prospect_owner: Option<Named>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Education {
    pub id: i64,
    pub school_name: Option<String>,
    pub degree: Option<String>,
    pub discipline: Option<String>,
    pub start_date: Option<String>,
    pub end_date: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Employment {
    pub id: i64,
    pub company_name: Option<String>,
    pub title: Option<String>,
    pub start_date: Option<String>,
    pub end_date: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct KeyedField {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub value: Value,
}
