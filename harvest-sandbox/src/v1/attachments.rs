//! Files of candidates and applications.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::stamp;
use crate::files;
use crate::refusal::{Outcome, Problems};
use crate::reply::Reply;
use crate::store::Edit;

/// An attachment, as it is kept and shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Attachment {
    pub(super) filename: String,
    /// A mark, which becomes a link when it is sent; or where the client said that the file is.
    pub(super) url: String,
    pub(super) r#type: String,
    pub(super) created_at: String,
}

/// Removes the files of attachments that are gone: links to them lead to nothing from then on.
pub(super) fn discard(
    edit: &Edit<'_>,
    attachments: impl IntoIterator<Item = Attachment>,
) -> Outcome<()> {
    for attachment in attachments {
        files::remove(edit, &attachment.url)?;
    }
    Ok(())
}

/// A file to attach.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Input {
    filename: String,
    r#type: String,
    /// Base64.
    content: Option<String>,
    url: Option<String>,
    content_type: Option<String>,
}

impl Input {
    /// Keeps the file, or says what is wrong; `at` is the place in the body, with a dot at its end if it is not empty. A
    /// file that is named by `url` isn't fetched: the attachment leads there.
    pub(super) fn keep(
        &self,
        edit: &Edit<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Attachment> {
        let url = match (&self.content, &self.url) {
            (None, None) => {
                problems.add(&format!("{at}content"), "Send content or url");
                String::new()
            }
            (Some(_), Some(_)) => {
                problems.both(&format!("{at}content"), "url");
                String::new()
            }
            (None, Some(url)) => url.clone(),
            (Some(content), None) => self.keep_content(edit, content, at, problems)?,
        };
        Ok(Attachment {
            filename: self.filename.clone(),
            url,
            r#type: self.r#type.clone(),
            created_at: stamp(edit.now()),
        })
    }

    fn keep_content(
        &self,
        edit: &Edit<'_>,
        content: &str,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<String> {
        let field = format!("{at}content");
        let Some(content_type) = &self.content_type else {
            let field = format!("{at}content_type");
            problems.add(&field, format!("Missing required field: {field}"));
            return Ok(String::new());
        };
        // As mail programs wrap it.
        let content: String = content.split_whitespace().collect();
        let Ok(bytes) = STANDARD.decode(content) else {
            problems.add(&field, "Must be Base64");
            return Ok(String::new());
        };
        let id = files::add(edit, &self.filename, content_type, &bytes)?;
        Ok(files::mark(id, &self.filename))
    }

    /// 201, with the content type in the place of the time.
    pub(super) fn created(&self, attachment: &Attachment) -> Reply {
        Reply::json(
            StatusCode::CREATED,
            &json!({
                "filename": attachment.filename,
                "url": attachment.url,
                "type": attachment.r#type,
                "content_type": self.content_type,
            }),
        )
    }
}
