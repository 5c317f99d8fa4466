//! The entries of a feed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::super::summary;
use crate::clock::short_stamp;
use crate::json::{Value, json};
use crate::refusal::Outcome;
use crate::store::View;

/// What an activity is called that moves an application from stage to stage.
pub(in crate::v1) const STAGE_CHANGE: &str = "Candidate Stage Change";

/// Something that stands in a feed.
pub(in crate::v1) trait Entry: Serialize + DeserializeOwned {
    /// Under which it stands.
    const SECTION: &'static str;

    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value>;

    /// `admin_only`, `private` or `public`.
    fn visibility(&self) -> &str;

    /// Whether it stands there at this time.
    fn is_due(&self, _now: &str) -> bool {
        true
    }
}

/// Something that someone wrote about the candidate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Note {
    pub(in crate::v1) created_at: String,
    pub(in crate::v1) body: String,
    pub(in crate::v1) user_id: Option<i64>,
    /// `admin_only`, `private` or `public`.
    pub(in crate::v1) visibility: String,
}

/// A mail that was sent to the candidate, or will be at a time that was chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Email {
    pub(in crate::v1) created_at: String,
    pub(in crate::v1) subject: String,
    pub(in crate::v1) body: String,
    pub(in crate::v1) to: String,
    pub(in crate::v1) from: String,
    pub(in crate::v1) cc: Vec<String>,
    pub(in crate::v1) user_id: Option<i64>,
}

/// Something that was done to the candidate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Activity {
    pub(in crate::v1) created_at: String,
    pub(in crate::v1) subject: Option<String>,
    pub(in crate::v1) body: String,
    pub(in crate::v1) user_id: Option<i64>,
}

impl Entry for Note {
    const SECTION: &'static str = "notes";

    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": short_stamp(&self.created_at),
            "body": self.body,
            "user": *summary::user(view, self.user_id)?,
            "private": self.visibility == "private",
            // Misspelled first, spelled right later; both are sent.
            "visiblity": self.visibility,
            "visibility": self.visibility,
        }))
    }

    fn visibility(&self) -> &str {
        &self.visibility
    }
}

impl Entry for Email {
    const SECTION: &'static str = "emails";

    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": short_stamp(&self.created_at),
            "subject": self.subject,
            "body": self.body,
            "to": self.to,
            "from": self.from,
            // A text here, though a list where the mail is sent.
            "cc": self.cc.join(", "),
            "user": *summary::user(view, self.user_id)?,
        }))
    }

    fn visibility(&self) -> &'static str {
        "public"
    }

    fn is_due(&self, now: &str) -> bool {
        self.created_at.as_str() <= now
    }
}

impl Entry for Activity {
    const SECTION: &'static str = "activities";

    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": short_stamp(&self.created_at),
            "subject": self.subject,
            "body": self.body,
            "user": *summary::user(view, self.user_id)?,
        }))
    }

    fn visibility(&self) -> &'static str {
        "public"
    }
}
