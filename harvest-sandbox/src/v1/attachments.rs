//! Files of candidates and applications.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::access::Audience;
use crate::clock::stamp;
use crate::files;
use crate::refusal::{Outcome, Problems};
use crate::reply::Reply;
use crate::store::Edit;

/// An attachment, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Attachment {
    pub(super) filename: String,
    /// A mark, which becomes a link when it is sent; or where the client said that the file is.
    pub(super) url: String,
    pub(super) r#type: String,
    pub(super) created_at: String,
    /// `admin_only`, `private` or `public`. No operation shows it: what someone may not see is left out.
    #[serde(default = "public")]
    pub(super) visibility: String,
}

impl Attachment {
    pub(super) fn is_for(&self, audience: Audience) -> bool {
        audience.may_read(&self.visibility)
    }
}

/// An attachment, as it is sent.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    filename: &'a str,
    url: &'a str,
    r#type: &'a str,
    created_at: &'a str,
}

/// Those that an audience may see.
pub(super) fn shown<'a>(
    attachments: impl IntoIterator<Item = &'a Attachment>,
    audience: Audience,
) -> Vec<Shown<'a>> {
    let seen = attachments.into_iter().filter(|it| it.is_for(audience));
    seen.map(|it| Shown {
        filename: &it.filename,
        url: &it.url,
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
    visibility: Option<String>,
}

impl Input {
    pub(super) fn is_of_type(&self, one_of: &[&str]) -> bool {
        one_of.contains(&self.r#type.as_str())
    }

    /// What is sent counts for the type `other` only, as documented.
    fn visibility(&self) -> String {
        match self.r#type.as_str() {
            "other" => self.visibility.as_deref().unwrap_or("admin_only"),
            // Candidates themselves have it as a type.
            "admin_only" => "admin_only",
            _ => "public",
        }
        .to_owned()
    }

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
            visibility: self.visibility(),
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

    /// 201, with the content type in the place of the time; without the link for those who may not see the attachment.
    pub(super) fn created(&self, attachment: &Attachment, audience: Audience) -> Reply {
        let url = attachment.is_for(audience).then_some(&attachment.url);
        Reply::json(
            StatusCode::CREATED,
            &json!({
                "filename": attachment.filename,
                "url": url,
                "type": attachment.r#type,
                "content_type": self.content_type,
            }),
        )
    }
}
