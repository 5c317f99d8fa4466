//! Headers that keep an attached file from acting as a page of the sandbox.
//!
//! An attached file, and the media type that the client gave, are served from the origin of Dev Center. So a browser is to
//! save it and not to show it, to take it for what it is said to be, and, if it shows it all the same, to run nothing of it
//! and to treat it as of an origin of its own.

use axum::http::HeaderMap;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that are encoded: more than RFC 8187 asks for, but none that file names usually have.
const NAME: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Adds the headers of every answer to a request for a file: refusals and faults included.
pub(crate) fn contain(headers: &mut HeaderMap) {
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(CONTENT_DISPOSITION)
        .or_insert(HeaderValue::from_static("attachment"));
}

/// Has a browser save a file under its name: in the form of RFC 6266, and for old clients with a name in ASCII.
pub(super) fn disposition(filename: &str) -> HeaderValue {
    let plain = |it: char| it.is_ascii_alphanumeric() || " -._~()[]+,=@".contains(it);
    let ascii: String = filename
        .chars()
        .map(|it| if plain(it) { it } else { '_' })
        .collect();
    let encoded = utf8_percent_encode(filename, NAME);
    let value = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    // All of it is visible ASCII and spaces.
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded_whole() {
        for (filename, expected) in [
            ("cv-1.pdf", r#""cv-1.pdf"; filename*=UTF-8''cv-1.pdf"#),
            (
                "résumé.pdf",
                r#""r_sum_.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf"#,
            ),
            (
                "a\"; filename=\"b.exe",
                r#""a__ filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe"#,
            ),
            (
                "a\r\nB: c",
                r#""a__B_ c"; filename*=UTF-8''a%0D%0AB%3A%20c"#,
            ),
            ("..", r#"".."; filename*=UTF-8''.."#),
            (
                "%41\\/*'",
                r#""_41____"; filename*=UTF-8''%2541%5C%2F%2A%27"#,
            ),
            ("", r#"""; filename*=UTF-8''"#),
        ] {
            let value = disposition(filename);
            let value = value.to_str().unwrap();
            assert_eq!(value, format!("attachment; filename={expected}"));
        }
    }

    #[test]
    fn every_name_makes_a_header() {
        for each in '\0'..=char::MAX {
            let value = disposition(&each.to_string());
            assert!(value.to_str().unwrap().contains("filename*"), "{each:?}");
        }
    }
}
