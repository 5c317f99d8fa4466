//! The query of a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::bounds::QUERY_PARAMETERS;
use crate::http::refusal::Outcome;
use crate::http::reply::{FieldError, Reply};

/// What needs no encoding anywhere in a query.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Names and values in the order in which they were sent, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(raw: &str) -> Self {
        Self(
            raw.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decode(name), decode(value))
                })
                .collect(),
        )
    }

    /// The length of this query in a link, in bytes. Encoded once more, some characters take three times the space.
    pub(crate) fn length_in_link(&self) -> usize {
        encode(self.pairs()).len()
    }

    /// Refuses more parameters than are looked through.
    pub(crate) fn check_count(&self) -> Outcome<()> {
        if self.0.len() <= QUERY_PARAMETERS {
            return Ok(());
        }
        let message = format!("There must be at most {QUERY_PARAMETERS} parameters");
        Err(Reply::invalid_request(&[FieldError::whole(message)]).into())
    }

    /// The value that counts if only one can: the last. The service is known to repeat `page` and `per_page` in its own
    /// links, and a client that follows them is not to blame.
    pub(crate) fn last(&self, name: &str) -> Option<&str> {
        self.all(name).next_back()
    }

    /// Every value of that name.
    pub(crate) fn all<'a, 'n>(
        &'a self,
        name: &'n str,
    ) -> impl DoubleEndedIterator<Item = &'a str> + use<'a, 'n> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Whether a value is `true`, in any case: `True` is what Python's `requests` makes of it. Where that is none, it was refused.
pub(crate) fn is_true(value: &str) -> bool {
    value.eq_ignore_ascii_case("true")
}

/// The pairs as they go into a URL.
pub(crate) fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.extend(utf8_percent_encode(name, ENCODED));
        out.push('=');
        out.extend(utf8_percent_encode(value, ENCODED));
    }
    out
}

/// Bytes that are not UTF-8 turn into replacement characters: no documented parameter takes them.
fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_and_keeps_the_order() {
        let query = Query::parse("b=1&a=x%20y+z&&b=2&flag&=v&c=%C3%A9%FF");
        let pairs: Vec<_> = query.pairs().collect();
        assert_eq!(
            pairs,
            [
                ("b", "1"),
                ("a", "x y z"),
                ("b", "2"),
                ("flag", ""),
                ("", "v"),
                ("c", "é\u{fffd}")
            ]
        );
        assert_eq!(query.last("b"), Some("2"));
        assert_eq!(query.all("b").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(query.last("nothing"), None);
        assert_eq!(Query::parse(""), Query::default());
    }

    #[test]
    fn there_can_be_so_many() {
        let many = |count: usize| Query::parse(&"a=1&".repeat(count)).check_count();
        assert!(many(QUERY_PARAMETERS).is_ok());
        assert_eq!(
            many(QUERY_PARAMETERS + 1).unwrap_err().into_reply().status,
            422
        );
    }

    #[test]
    fn encodes_what_would_break_a_link() {
        assert_eq!(
            encode([("a,b", "<x>; é&="), ("t", "2026-01-01T00:00:00+01:00")]),
            "a%2Cb=%3Cx%3E%3B%20%C3%A9%26%3D&t=2026-01-01T00%3A00%3A00%2B01%3A00"
        );
    }
}
