//! Files of applications, as records of their own.

use serde::{Deserialize, Serialize};

use super::Attachment;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::domain::applications::Application;
use crate::domain::parts;
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static ATTACHMENT: Kind = Kind {
    table: "attachment",
    first_id: 119_580_110_001,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "application_id")]),
};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedAttachment {
    pub(crate) application_id: i64,
    pub(crate) candidate_id: i64,
    #[serde(flatten)]
    pub(crate) attachment: Attachment,
}

/// What tells the files of an application apart.
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
        for file in self.listed_files(id) {
            let file_id = edit.new_id(&ATTACHMENT)?;
            edit.insert_shown(&ATTACHMENT, file_id, &file)?;
        }
        Ok(())
    }
}
