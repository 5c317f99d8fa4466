//! Entries of a feed, in the words of v1.

use crate::domain::activity_feed::{Activity, Email, Entry, Note};
use crate::faces::v1::summary;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::View;

/// An entry that this version of the API shows.
pub(in crate::faces::v1) trait Show: Entry {
    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value>;
}

impl Show for Note {
    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": self.created_at,
            "body": self.body,
            "user": *summary::user(view, self.user_id)?,
            "private": self.visibility == "private",
            // Misspelled first, spelled right later; both are sent.
            "visiblity": self.visibility,
            "visibility": self.visibility,
        }))
    }
}

impl Show for Email {
    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": self.created_at,
            "subject": self.subject,
            "body": self.body,
            "to": self.to,
            "from": self.from,
            // A text here, though a list where the mail is sent.
            "cc": self.cc.join(", "),
            "user": *summary::user(view, self.user_id)?,
        }))
    }
}

impl Show for Activity {
    fn show(&self, view: &View<'_>, id: i64) -> Outcome<Value> {
        Ok(json!({
            "id": id,
            "created_at": self.created_at,
            "subject": self.subject,
            "body": self.body,
            "user": *summary::user(view, self.user_id)?,
        }))
    }
}
