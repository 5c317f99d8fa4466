//! The entries of a feed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What an activity is called that moves an application from stage to stage.
pub(crate) const STAGE_CHANGE: &str = "Candidate Stage Change";

/// Something that stands in a feed.
pub(crate) trait Entry: Serialize + DeserializeOwned {
    /// Under which it stands.
    const SECTION: &'static str;

    /// `admin_only`, `private` or `public`.
    fn visibility(&self) -> &str;

    /// Whether it stands there at this time.
    fn is_due(&self, _now: &str) -> bool {
        true
    }
}

/// Something that someone wrote about the candidate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Note {
    pub(crate) created_at: String,
    pub(crate) body: String,
    pub(crate) user_id: Option<i64>,
    /// `admin_only`, `private` or `public`.
    pub(crate) visibility: String,
}

/// A mail that was sent to the candidate, or will be at a time that was chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Email {
    pub(crate) created_at: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) cc: Vec<String>,
    pub(crate) user_id: Option<i64>,
}

/// Something that was done to the candidate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Activity {
    pub(crate) created_at: String,
    pub(crate) subject: Option<String>,
    pub(crate) body: String,
    pub(crate) user_id: Option<i64>,
}

impl Entry for Note {
    const SECTION: &'static str = "notes";

    fn visibility(&self) -> &str {
        &self.visibility
    }
}

impl Entry for Email {
    const SECTION: &'static str = "emails";

    fn visibility(&self) -> &'static str {
        "public"
    }

    fn is_due(&self, now: &str) -> bool {
        self.created_at.as_str() <= now
    }
}

impl Entry for Activity {
    const SECTION: &'static str = "activities";

    fn visibility(&self) -> &'static str {
        "public"
    }
}
