//! Files of applications, as records of their own.

use super::Application;
use crate::domain::attachments::{ATTACHMENT, ListedAttachment};
use crate::domain::parts;
use crate::refusal::Outcome;
use crate::store::Edit;

/// What distinguishes the files of an application.
const IDENTITY: &[&str] = &["created_at", "filename", "type", "file", "url"];

impl Application {
    fn listed_files(&self, id: i64) -> Vec<ListedAttachment> {
        let files = self.attachments.iter();
        let listed = files.map(|file| ListedAttachment {
            application_id: id,
            candidate_id: self.candidate_id,
            attachment: file.clone(),
        });
        listed.collect()
    }

    /// Keeps what is listed apart from the application, after a change.
    pub(crate) fn keep_files(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let owner = parts::Owner {
            column: "application_id",
            id,
        };
        parts::keep_numbered(edit, &ATTACHMENT, owner, IDENTITY, &self.listed_files(id))
    }

    /// Keeps it for an application of a new organization, of which nothing is listed so far.
    pub(crate) fn add_files(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        parts::add_numbered(edit, &ATTACHMENT, self.listed_files(id))
    }
}
