//! Files in bodies: as Base64, or as an address of the web.

use axum::http::Uri;
use axum::http::uri::Scheme;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::domain::attachments::NewSource;
use crate::refusal::{Problems, Rule, Why};

/// The longest address of a file, in bytes. Signed ones are of a thousand or two.
const MAX_URL: usize = 4_096;

/// A file as a body sends it.
#[derive(Clone, Copy)]
pub(super) struct Upload<'a> {
    /// Base64.
    pub(super) content: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) content_type: Option<&'a str>,
}

impl Upload<'_> {
    /// The file, or problems at `content`, `url` and `content_type`. `at` is the path of the attachment, with a dot at its
    /// end if it is not empty.
    pub(super) fn read(self, at: &str, problems: &mut Problems) -> Option<NewSource> {
        match (self.content, self.url) {
            (None, None) => {
                problems.add(&format!("{at}content"), Rule::NoContent);
                None
            }
            (Some(_), Some(_)) => {
                problems.both(&format!("{at}content"), "url");
                None
            }
            (None, Some(url)) => {
                if !leads_outside(url) {
                    problems.add(&format!("{at}url"), Rule::NoWebAddress(MAX_URL));
                }
                Some(NewSource::Url(url.to_owned()))
            }
            (Some(content), None) => self.decode(content, at, problems),
        }
    }

    fn decode(self, content: &str, at: &str, problems: &mut Problems) -> Option<NewSource> {
        let Some(content_type) = self.content_type else {
            let field = format!("{at}content_type");
            problems.add(&field, Why::Missing);
            return None;
        };
        // As mail programs wrap it.
        let content: String = content.split_whitespace().collect();
        let Ok(bytes) = STANDARD.decode(content) else {
            problems.add(&format!("{at}content"), Rule::NoBase64);
            return None;
        };
        Some(NewSource::Content {
            content_type: content_type.to_owned(),
            bytes,
        })
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
