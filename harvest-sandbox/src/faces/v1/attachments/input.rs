//! Files that a client attaches.

use axum::http::uri::Scheme;
use axum::http::{StatusCode, Uri};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::ShownUrl;
use crate::clock::stamp;
use crate::domain::access::Audience;
use crate::domain::attachments::{Attachment, Source};
use crate::domain::files;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Problems;
use crate::store::{Document, Edit};

/// The longest name of a file, in characters: as much as file systems take.
const MAX_FILENAME: usize = 255;

/// The longest address of a file, in bytes. Signed ones are of a thousand or two.
const MAX_URL: usize = 4_096;

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
    pub(in crate::faces::v1) fn is_of_type(&self, one_of: &[&str]) -> bool {
        one_of.contains(&self.r#type.as_str())
    }

    /// The visibility to keep. The one that is sent counts for the type `other` only, as documented.
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
    pub(in crate::faces::v1) fn keep(
        &self,
        edit: &Edit<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Attachment> {
        if self.filename.chars().nth(MAX_FILENAME).is_some() {
            let message = format!("Must not be longer than {MAX_FILENAME} characters");
            problems.add(&format!("{at}filename"), message);
        }
        let source = match (&self.content, &self.url) {
            (None, None) => {
                problems.add(&format!("{at}content"), "Send content or url");
                None
            }
            (Some(_), Some(_)) => {
                problems.both(&format!("{at}content"), "url");
                None
            }
            (None, Some(url)) => {
                if !leads_outside(url) {
                    let message =
                        format!("Must be an http or https address of up to {MAX_URL} bytes");
                    problems.add(&format!("{at}url"), message);
                }
                Some(Source::Url(url.clone()))
            }
            (Some(content), None) => self.keep_content(edit, content, at, problems)?,
        };
        Ok(Attachment {
            filename: self.filename.clone(),
            // Without one there is a problem, and nothing of this is kept.
            source: source.unwrap_or_else(|| Source::Url(String::new())),
            r#type: self.r#type.clone(),
            created_at: stamp(edit.now()),
            visibility: self.visibility(),
        })
    }

    /// Keeps what was sent, if it can be read.
    fn keep_content(
        &self,
        edit: &Edit<'_>,
        content: &str,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Option<Source>> {
        let field = format!("{at}content");
        let Some(content_type) = &self.content_type else {
            let field = format!("{at}content_type");
            problems.add(&field, format!("Missing required field: {field}"));
            return Ok(None);
        };
        // As mail programs wrap it.
        let content: String = content.split_whitespace().collect();
        let Ok(bytes) = STANDARD.decode(content) else {
            problems.add(&field, "Must be Base64");
            return Ok(None);
        };
        let file = files::add(edit, &self.filename, content_type, &bytes)?;
        Ok(Some(Source::File(file)))
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

/// Whether this is the address of a file that a browser can fetch.
fn leads_outside(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else {
        return false;
    };
    let is_web = uri.scheme() == Some(&Scheme::HTTP) || uri.scheme() == Some(&Scheme::HTTPS);
    url.len() <= MAX_URL && is_web && uri.host().is_some_and(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_web() {
        let longest = format!("https://files.example.com/{}", "a".repeat(MAX_URL - 26));
        for good in [
            "http://files.example.com",
            "HTTPS://files.example.com:8443/a/b.pdf?x=%2F&y=harvest-file:1/x",
            "https://[2001:db8::1]/a",
            &longest,
        ] {
            assert!(leads_outside(good), "{good}");
        }
        for bad in [
            "",
            "/a.pdf",
            "//files.example.com/a.pdf",
            "files.example.com/a.pdf",
            "ftp://files.example.com/a.pdf",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "harvest-file:7700016/x",
            "https:",
            "https://",
            "https:///a.pdf",
            "https://:443/a.pdf",
            "https://files.example.com/a b",
            "https://files.example.com/\n",
            &format!("{longest}a"),
        ] {
            assert!(!leads_outside(bad), "{bad}");
        }
    }
}
