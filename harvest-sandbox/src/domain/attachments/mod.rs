//! Files of candidates and applications.

mod listed;
mod new;

pub(crate) use listed::{ATTACHMENT, ListedAttachment};
pub(crate) use new::{NewAttachment, NewSource};

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::domain::access::Audience;
use crate::domain::files;
use crate::refusal::Outcome;
use crate::store::{Edit, FileId};

/// An attachment, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attachment {
    pub(crate) filename: String,
    #[serde(flatten)]
    pub(crate) source: Source,
    pub(crate) r#type: String,
    pub(crate) created_at: String,
    /// `admin_only`, `private` or `public`. No operation shows it: what someone may not see is left out.
    #[serde(default = "public")]
    pub(crate) visibility: String,
}

/// The place of an attached file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source {
    /// In the sandbox, where the attachment owns it. Only a file that is sent and the seed make one of these.
    File(FileId),
    /// Outside, at the address that the client sent. It is shown as it was sent, and is never a file of ours.
    Url(String),
}

impl Attachment {
    pub(crate) fn is_for(&self, audience: Audience) -> bool {
        audience.may_read(&self.visibility)
    }
}

pub(crate) fn public() -> String {
    "public".to_owned()
}

/// Removes the files of attachments that are gone: links to them lead to nothing from then on. A file that one of those
/// has that are kept stays: a prospect's application and the one that came of it have the same.
pub(crate) fn discard<'a>(
    edit: &Edit<'_>,
    gone: impl IntoIterator<Item = &'a Attachment>,
    kept: impl IntoIterator<Item = &'a Attachment>,
) -> Outcome<()> {
    let kept: HashSet<&Source> = kept.into_iter().map(|it| &it.source).collect();
    let gone: HashSet<&Source> = gone.into_iter().map(|it| &it.source).collect();
    for source in gone.difference(&kept) {
        if let Source::File(file) = source {
            files::remove(edit, *file)?;
        }
    }
    Ok(())
}
