//! URLs, and whether they are written as they are sent.

use url::Url;

/// Whether a URL is written as it is sent, but for the slash after a host.
pub(super) fn is_as_sent(parsed: &Url, text: &str) -> bool {
    parsed.as_str().trim_end_matches('/') == text.trim_end_matches('/')
}

/// Whether a text is an https URL that can stand in Markdown as the target of a link.
pub(super) fn is_link(text: &str) -> bool {
    let is_https =
        Url::parse(text).is_ok_and(|url| url.scheme() == "https" && is_as_sent(&url, text));
    is_https && !text.contains(['(', ')', '[', ']', '<', '>', '`', '|', '*', '\\'])
}
