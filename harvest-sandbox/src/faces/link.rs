//! Links to attached files, as documents have them.

use serde::Serialize;

use crate::domain::attachments::{Attachment, Source};
use crate::store::Placeholder;

/// The `url` of an attachment.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum ShownUrl<'a> {
    Signed(Placeholder<'a>),
    /// What the client wrote, which is never taken for a file of ours.
    Outside(&'a str),
}

impl Attachment {
    /// Where the file is fetched.
    pub(super) fn url(&self) -> ShownUrl<'_> {
        match &self.source {
            Source::File(file) => ShownUrl::Signed(Placeholder {
                file: *file,
                reader: None,
                filename: &self.filename,
            }),
            Source::Url(url) => ShownUrl::Outside(url),
        }
    }
}
