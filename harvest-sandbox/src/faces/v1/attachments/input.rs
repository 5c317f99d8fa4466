//! Files that a client attaches.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::domain::access::Audience;
use crate::domain::attachments::{Attachment, NewAttachment};
use crate::faces::link::ShownUrl;
use crate::faces::upload::Upload;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::{Problems, broken};
use crate::store::Document;

/// A file to attach.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::faces::v1) struct Input {
    filename: String,
    r#type: String,
    /// Base64.
    content: Option<String>,
    url: Option<String>,
    content_type: Option<String>,
    visibility: Option<String>,
}

/// The answer to attaching one: with the content type in the place of the time.
#[derive(Serialize)]
struct Created<'a> {
    filename: &'a str,
    url: Option<ShownUrl<'a>>,
    r#type: &'a str,
    content_type: Option<&'a str>,
}

impl Input {
    /// The file as the domain takes it, or problems. `at` is the place in the body, with a dot at its end if it is not empty.
    pub(in crate::faces::v1) fn read(
        &self,
        at: &str,
        problems: &mut Problems,
    ) -> Option<NewAttachment> {
        let upload = Upload {
            content: self.content.as_deref(),
            url: self.url.as_deref(),
            content_type: self.content_type.as_deref(),
        };
        Some(NewAttachment {
            source: upload.read(at, problems)?,
            filename: self.filename.clone(),
            r#type: self.r#type.clone(),
            visibility: self.visibility.clone(),
        })
    }

    /// The same for a body that is nothing but a file: 422 with what is wrong with it.
    pub(in crate::faces::v1) fn read_whole(&self) -> Outcome<NewAttachment> {
        let mut problems = Problems::default();
        let file = self.read("", &mut problems);
        problems.check()?;
        file.ok_or_else(|| broken("a file is neither read nor refused"))
    }

    /// 201 with what was attached; without the link for those who may not see the attachment.
    pub(in crate::faces::v1) fn created(
        &self,
        attachment: &Attachment,
        audience: Audience,
    ) -> Outcome {
        let document = Document::of(&Created {
            filename: &attachment.filename,
            url: attachment.is_for(audience).then(|| attachment.url()),
            r#type: &attachment.r#type,
            content_type: self.content_type.as_deref(),
        })?;
        Ok(Reply::document(StatusCode::CREATED, &document))
    }
}
