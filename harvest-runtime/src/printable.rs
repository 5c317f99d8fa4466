//! Texts of a server that errors, `Debug` and traces may print.
//!
//! A server can put anything into a header or a name: a person, or the credential that it was sent. Each such text is
//! judged here before it is kept for printing; what fails is left out. Accessors give the texts as they came.

use http::HeaderMap;
use reqwest::Url;

use crate::base_url::Origin;
use crate::secret::Secrets;

/// The longest request id that is printed.
const LONGEST_ID: usize = 128;
/// The longest path of a field that is printed.
const LONGEST_FIELD: usize = 64;
/// The longest host that is printed whole.
const LONGEST_HOST: usize = 80;
/// Content codings that IANA registers or software sends; other names could be any text.
const CODINGS: [&str; 13] = [
    "aes128gcm",
    "br",
    "bzip2",
    "compress",
    "deflate",
    "exi",
    "gzip",
    "identity",
    "pack200-gzip",
    "x-compress",
    "x-gzip",
    "xz",
    "zstd",
];
/// How many codings of one answer are printed.
const MOST_CODINGS: usize = 4;
/// A media type that storage services send and no list has.
const UNLISTED_TYPE: &str = "binary/octet-stream";

/// The id that the service gave a request, if it looks like one and does not hold the credential.
pub(crate) fn request_id(headers: &HeaderMap, credential: &impl Secrets) -> Option<String> {
    let id = headers.get("x-request-id")?.to_str().ok()?.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let shown =
        (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(plain) && !credential.is_in(id);
    shown.then(|| id.to_owned())
}

/// Whether the name of a field can be printed, apart from a credential in it: a path of `snake_case` names and indices.
///
/// The runtime does not know which properties an operation has, so it goes by their form: names of the API are
/// `snake_case`, names of people mostly are not. A dot followed by a name has to stand behind an index
/// (`custom_fields[0].value`), because `jane.doe` is how accounts are named.
pub(crate) fn has_form_of_field(field: &str) -> bool {
    field.len() <= LONGEST_FIELD && is_path(field)
}

fn is_path(text: &str) -> bool {
    let Some(mut rest) = after_name(text) else {
        return false;
    };
    while !rest.is_empty() {
        let Some(after) = after_index(rest) else {
            return false;
        };
        rest = match after.strip_prefix('.').and_then(after_name) {
            Some(after) => after,
            None => after,
        };
    }
    true
}

/// What follows a name.
fn after_name(text: &str) -> Option<&str> {
    let tail = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let end = text.bytes().position(|byte| !tail(byte));
    text.starts_with(|first: char| first.is_ascii_lowercase())
        .then(|| &text[end.unwrap_or(text.len())..])
}

/// What follows `[0]` or `.0`.
fn after_index(text: &str) -> Option<&str> {
    let (open, close) = match text.as_bytes().first()? {
        b'[' => ("[", "]"),
        _ => (".", ""),
    };
    let digits = text.strip_prefix(open)?;
    let after = digits.trim_start_matches(|digit: char| digit.is_ascii_digit());
    (after.len() < digits.len())
        .then_some(after)?
        .strip_prefix(close)
}

/// Scheme, host and port of a URL that an answer names. A long host is cut.
pub(crate) fn origin(url: &Url, credential: &impl Secrets) -> String {
    let origin = Origin(url).to_string();
    if credential.is_in(&origin) {
        return "another host".to_owned();
    }
    // A URL is ASCII, and so any place in it a border of characters.
    match origin.get(..LONGEST_HOST) {
        Some(beginning) if origin.len() > LONGEST_HOST => format!("{beginning}…"),
        _ => origin,
    }
}

/// The names of content codings, if all of them are known ones.
pub(crate) fn codings(names: &[&str]) -> Option<String> {
    let known = |name: &&str| {
        let same = |coding: &&str| coding.eq_ignore_ascii_case(name);
        CODINGS.iter().copied().find(same)
    };
    if names.len() > MOST_CODINGS {
        return None;
    }
    let names: Vec<&str> = names.iter().map(known).collect::<Option<_>>()?;
    Some(names.join(", "))
}

/// The media type, without its parameters. One that is on no list is `other`: it could hold any word.
pub(crate) fn media_type(content_type: &str) -> &str {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let known = essence.eq_ignore_ascii_case(UNLISTED_TYPE)
        // With wildcards, anything is on the list.
        || !essence.contains('*') && mime_guess::get_mime_extensions_str(essence).is_some();
    if known { essence } else { "other" }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::secret::Secret;

    const KEY: &str = "f06b2b153e016f8e7c3632627af56b1d-7";

    #[test]
    fn only_what_looks_like_a_field_is_printed() {
        for (field, printed) in [
            ("email", true),
            ("custom_fields[0].value", true),
            ("custom_fields.0.value", true),
            ("emails[12]", true),
            ("address2", true),
            ("a[0][1].b.2", true),
            ("", false),
            ("jane@example.com", false),
            ("Jane Doe", false),
            ("Jane", false),
            ("jane.doe", false),
            ("jane-doe", false),
            ("jäne", false),
            ("emails[0", false),
            ("emails[]", false),
            ("emails[jane]", false),
            ("emails[0].", false),
            ("emails[0]jane", false),
            ("_email", false),
            ("0", false),
            (&"a".repeat(64), true),
            (&"a".repeat(65), false),
        ] {
            assert_eq!(has_form_of_field(field), printed, "{field}");
        }
    }

    #[test]
    fn the_credential_is_known_in_every_form() {
        let credential = Secret::for_tests();
        for (id, shown) in [
            ("req-1", true),
            (KEY, false),
            ("req-f06b2b153e016f8e7c3632627af56b1d-7-x", false),
            ("F06B2B153E016F8E7C3632627AF56B1D-7", false),
            // Of "key:" and of "key:x".
            ("ZjA2YjJiMTUzZTAxNmY4ZTdjMzYzMjYyN2FmNTZiMWQtNzo", false),
            ("ZjA2YjJiMTUzZTAxNmY4ZTdjMzYzMjYyN2FmNTZiMWQtNzp4", false),
            ("f06b2b153e016f8e", true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-request-id", HeaderValue::from_static(id));
            assert_eq!(request_id(&headers, &credential).is_some(), shown, "{id}");
        }
    }

    #[test]
    fn origins_are_bounded() {
        let url = |text: &str| origin(&Url::parse(text).unwrap(), &Secret::for_tests());
        assert_eq!(url("https://a.example:8443/x?y"), "https://a.example:8443");
        let long = url(&format!("https://{}.example/", "a".repeat(200)));
        assert_eq!(long.chars().count(), LONGEST_HOST + 1);
        assert!(long.ends_with("aaa…"), "{long}");
        assert_eq!(url(&format!("https://x.{KEY}.example/")), "another host");
    }

    #[test]
    fn media_types() {
        for (content_type, shown) in [
            ("application/pdf", "application/pdf"),
            ("text/plain; charset=utf-8", "text/plain"),
            ("image/png;name=Noor", "image/png"),
            ("binary/octet-stream", "binary/octet-stream"),
            ("application/Noor", "other"),
            ("Noor Lindqvist", "other"),
            ("*/Noor", "other"),
            ("", "other"),
        ] {
            assert_eq!(media_type(content_type), shown, "{content_type}");
        }
    }
}
