//! Cursors: opaque, signed texts that stand for the rest of a list.
//!
//! A cursor holds the whole query of the first page, filters included, and the key of the last record that was sent. So it
//! stands alone in the query of the next page, and a record that is inserted meanwhile shifts nothing.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::domain::random::random;
use crate::http::query::{Query, encode};
use crate::http::refusal::Outcome;
use crate::refusal::broken;

/// The length of a signature, in bytes.
const SIGNATURE_BYTES: usize = 16;
/// The length of a key, in bytes.
const KEY_BYTES: usize = size_of::<i64>();
/// Separates these signatures from others under the same secret.
const PURPOSE: &[u8] = b"cursor\0";

/// The content of a cursor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// That of the first page.
    pub(crate) query: Query,
    /// The key of the last record before the page: its id, or where a list has no ids its place.
    pub(crate) after: i64,
}

/// Signs cursors, so that none are taken but those that were handed out, and each at the path that it is of.
#[derive(Clone)]
pub(crate) struct Cursors(Hmac<Sha256>);

impl fmt::Debug for Cursors {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursors").finish_non_exhaustive()
    }
}

impl Cursors {
    pub(crate) fn new(secret: &[u8]) -> Outcome<Self> {
        let mac = Hmac::new_from_slice(secret);
        let mac = mac.map_err(|error| broken(format!("no key to sign with: {error}")))?;
        Ok(Self(mac))
    }

    /// With a secret of its own, which is gone with the process.
    pub(crate) fn of_this_process() -> Outcome<Self> {
        Self::new(&random::<32>()?)
    }

    /// The cursor of the rest of the list at a path, after a record.
    pub(super) fn seal(&self, path: &str, query: &Query, after: i64) -> String {
        let mut content = after.to_be_bytes().to_vec();
        content.extend_from_slice(encode(query.pairs()).as_bytes());
        let signature = self.sign(path, &content).finalize().into_bytes();
        let mut sealed = signature
            .get(..SIGNATURE_BYTES)
            .unwrap_or_default()
            .to_vec();
        sealed.append(&mut content);
        BASE64URL_NOPAD.encode(&sealed)
    }

    /// The content of a cursor that was sealed here for the list at this path.
    pub(super) fn open(&self, path: &str, text: &str) -> Option<Cursor> {
        let sealed = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (signature, content) = sealed.split_at_checked(SIGNATURE_BYTES)?;
        let mac = self.sign(path, content);
        mac.verify_truncated_left(signature).ok()?;
        let (after, query) = content.split_first_chunk::<KEY_BYTES>()?;
        Some(Cursor {
            query: Query::parse(std::str::from_utf8(query).ok()?),
            after: i64::from_be_bytes(*after),
        })
    }

    fn sign(&self, path: &str, content: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(PURPOSE);
        mac.update(path.as_bytes());
        mac.update(b"\0");
        mac.update(content);
        mac
    }
}

/// The length of a cursor that holds this query, in bytes.
pub(super) fn length(query: &Query) -> usize {
    BASE64URL_NOPAD.encode_len(SIGNATURE_BYTES + KEY_BYTES + query.length_in_link())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_sealed_for_a_list_is_opened_there() {
        let cursors = Cursors::new(b"secret").unwrap();
        let query = Query::parse("x=a%26b&x=2&per_page=3");
        for after in [0, 7, -1, i64::MIN, i64::MAX] {
            let text = cursors.seal("/a", &query, after);
            assert_eq!(text.len(), length(&query));
            let opened = cursors.open("/a", &text);
            let query = query.clone();
            assert_eq!(opened, Some(Cursor { query, after }));
            assert_eq!(cursors.open("/b", &text), None);
            let other = Cursors::new(b"other").unwrap();
            assert_eq!(other.open("/a", &text), None);
        }
    }

    #[test]
    fn a_cursor_with_any_byte_changed_is_refused() {
        let cursors = Cursors::of_this_process().unwrap();
        let text = cursors.seal("list", &Query::parse("status=active"), 42);
        let sealed = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        for place in 0..sealed.len() {
            let mut forged = sealed.clone();
            forged[place] ^= 1;
            let forged = BASE64URL_NOPAD.encode(&forged);
            assert_eq!(cursors.open("list", &forged), None, "{place}");
        }
        for cut in 0..text.len() {
            assert_eq!(cursors.open("list", &text[..cut]), None, "{cut}");
        }
        assert!(!format!("{cursors:?}").contains("secret"));
    }
}
