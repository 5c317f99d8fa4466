//! The content type that a file is sent with.

use super::Failure;

/// The content type for a file of this name: the given one, or else what its extension says. It has to be one of
/// those that the service takes.
pub(super) fn choose(
    filename: &str,
    given: Option<&str>,
    allowed: &'static [&'static str],
) -> Result<&'static str, Failure> {
    let refuse = |found: Option<&str>| Failure::ContentType {
        found: found.filter(|found| is_plain(found)).map(str::to_owned),
        allowed,
    };
    if let Some(given) = given {
        return allowed
            .iter()
            .copied()
            .find(|allowed| allowed.eq_ignore_ascii_case(given.trim()))
            .ok_or_else(|| refuse(Some(given)));
    }
    let guesses = mime_guess::from_path(filename);
    guesses
        .iter()
        .find_map(|guess| among(guess.essence_str(), allowed))
        .ok_or_else(|| refuse(guesses.first_raw()))
}

/// The allowed type that means the same. What one list calls `text/xml` or `text/x-yaml`, another calls
/// `application/xml` or `application/x-yaml`.
fn among(guess: &str, allowed: &'static [&'static str]) -> Option<&'static str> {
    let same = |one: &&&'static str| **one == guess;
    let alike = |one: &&&'static str| subtype(one) == subtype(guess);
    let found = allowed.iter().find(same);
    found.or_else(|| allowed.iter().find(alike)).copied()
}

fn subtype(content_type: &str) -> &str {
    let subtype = content_type.split_once('/').map_or("", |(_, sub)| sub);
    subtype.strip_prefix("x-").unwrap_or(subtype)
}

/// Whether it looks like the name of a content type, and nothing else that an error should not repeat.
fn is_plain(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"/+-.".contains(&byte);
    text.len() <= 100 && text.contains('/') && text.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: &[&str] = &[
        "application/atom+xml",
        "application/javascript",
        "application/msword",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/xml",
        "application/x-yaml",
        "image/jpeg",
        "text/calendar",
        "text/plain",
        "text/vcard",
    ];

    #[test]
    fn by_extension() {
        for (name, expected) in [
            ("cv.pdf", "application/pdf"),
            ("CV.PDF", "application/pdf"),
            ("letter.v2.txt", "text/plain"),
            ("cv.doc", "application/msword"),
            (
                "cv.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("photo.jpg", "image/jpeg"),
            ("photo.jpeg", "image/jpeg"),
            ("feed.xml", "application/xml"),
            ("work.yml", "application/x-yaml"),
            ("me.vcf", "text/vcard"),
            ("days.ics", "text/calendar"),
            ("site.js", "application/javascript"),
        ] {
            assert_eq!(choose(name, None, ALLOWED).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn what_is_given_counts() {
        assert_eq!(
            choose("cv.pdf", Some("Text/Plain "), ALLOWED).unwrap(),
            "text/plain"
        );
    }

    #[test]
    fn refused_before_anything_is_sent() {
        for (name, given, found) in [
            ("cv.exe", None, Some("application/")),
            ("cv", None, None),
            ("cv.Lindqvist", None, None),
            ("cv.pdf", Some("application/rtf"), Some("application/rtf")),
            ("cv.pdf", Some("Noor Lindqvist"), None),
            ("cv.pdf", Some("text/plain; name=Noor"), None),
        ] {
            let text = choose(name, given, ALLOWED).unwrap_err().to_string();
            assert!(text.contains("text/vcard"), "{text}");
            assert!(
                !text.contains("Noor") && !text.contains("Lindqvist"),
                "{text}"
            );
            match found {
                Some(found) => assert!(text.contains(found), "{text}"),
                None => assert!(text.contains("is unknown"), "{text}"),
            }
        }
    }
}
