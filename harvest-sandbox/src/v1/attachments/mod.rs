//! Files of candidates and applications.

mod input;
mod upgrade;

pub(super) use input::Input;
pub(crate) use upgrade::name_files_by_id;

use serde::{Deserialize, Serialize};

use crate::access::Audience;
use crate::files::{self, FileId, Placeholder};
use crate::refusal::Outcome;
use crate::store::Edit;

/// An attachment, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Attachment {
    pub(super) filename: String,
    #[serde(flatten)]
    pub(super) source: Source,
    pub(super) r#type: String,
    pub(super) created_at: String,
    /// `admin_only`, `private` or `public`. No operation shows it: what someone may not see is left out.
    #[serde(default = "public")]
    pub(super) visibility: String,
}

/// The place of an attached file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Source {
    /// In the sandbox, where the attachment owns it. Only [`Input::keep`] and the seed make one of these.
    File(FileId),
    /// Outside, at the address that the client sent. It is shown as it was sent, and is never a file of ours.
    Url(String),
}

/// An attachment, as it is sent.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    filename: &'a str,
    url: Url<'a>,
    r#type: &'a str,
    created_at: &'a str,
}

/// The `url` of an attachment.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Url<'a> {
    Signed(Placeholder<'a>),
    Outside(&'a str),
}

impl Attachment {
    pub(super) fn is_for(&self, audience: Audience) -> bool {
        audience.may_read(&self.visibility)
    }

    fn url(&self) -> Url<'_> {
        match &self.source {
            Source::File(file) => Url::Signed(Placeholder {
                file: *file,
                filename: &self.filename,
            }),
            Source::Url(url) => Url::Outside(url),
        }
    }
}

/// The attachments that an audience may see.
pub(super) fn shown<'a>(
    attachments: impl IntoIterator<Item = &'a Attachment>,
    audience: Audience,
) -> Vec<Shown<'a>> {
    let seen = attachments.into_iter().filter(|it| it.is_for(audience));
    seen.map(|it| Shown {
        filename: &it.filename,
        url: it.url(),
        r#type: &it.r#type,
        created_at: &it.created_at,
    })
    .collect()
}

pub(super) fn public() -> String {
    "public".to_owned()
}

/// Removes the files of attachments that are gone: links to them lead to nothing from then on.
pub(super) fn discard(
    edit: &Edit<'_>,
    attachments: impl IntoIterator<Item = Attachment>,
) -> Outcome<()> {
    for attachment in attachments {
        if let Source::File(file) = attachment.source {
            files::remove(edit, file)?;
        }
    }
    Ok(())
}
