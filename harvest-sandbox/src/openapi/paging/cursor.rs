//! Cursors: opaque, signed texts that stand for the rest of a list.
//!
//! A cursor holds the whole query of the first page, filters included, and the key of the last record that was sent. So it
//! stands alone in the query of the next page, and a record that is inserted meanwhile shifts nothing.

use std::fmt;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::clock::Moment;
use crate::domain::random::random;
use crate::http::query::{Query, encode};
use crate::http::refusal::Outcome;
use crate::refusal::broken;

/// The length of a signature, in bytes.
const SIGNATURE_BYTES: usize = 16;
/// The length of a key, in bytes.
const KEY_BYTES: usize = size_of::<i64>();
/// The length of the time at which a cursor was handed out, in seconds since 1970.
const TIME_BYTES: usize = size_of::<i64>();
/// The life of a cursor. The service documents that there is an end to it, and not when.
pub(crate) const LIFE: Duration = Duration::from_secs(24 * 60 * 60);
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

/// The reason for which a text is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unopened {
    /// It was not handed out for this list.
    Unknown,
    Expired,
}

/// Signs cursors, so that none are taken but those that were handed out, each at the path that it is of, until they expire.
#[derive(Clone)]
pub(crate) struct Cursors {
    mac: Hmac<Sha256>,
    life: Duration,
}

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
        Ok(Self { mac, life: LIFE })
    }

    /// With cursors that expire so long after they were handed out.
    pub(crate) fn living(self, life: Duration) -> Self {
        Self { life, ..self }
    }

    /// With a secret of its own, which is gone with the process.
    pub(crate) fn of_this_process() -> Outcome<Self> {
        Self::new(&random::<32>()?)
    }

    /// The cursor of the rest of the list at a path, after a record.
    pub(super) fn seal(&self, path: &str, query: &Query, after: i64, now: Moment) -> String {
        let mut content = after.to_be_bytes().to_vec();
        content.extend_from_slice(&now.timestamp().to_be_bytes());
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
    pub(super) fn open(&self, path: &str, text: &str, now: Moment) -> Result<Cursor, Unopened> {
        let (cursor, issued) = self.verify(path, text).ok_or(Unopened::Unknown)?;
        let age = u64::try_from(now.timestamp().saturating_sub(issued));
        if age.is_ok_and(|age| age > self.life.as_secs()) {
            return Err(Unopened::Expired);
        }
        Ok(cursor)
    }

    /// A cursor, and when it was handed out.
    fn verify(&self, path: &str, text: &str) -> Option<(Cursor, i64)> {
        let sealed = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (signature, content) = sealed.split_at_checked(SIGNATURE_BYTES)?;
        let mac = self.sign(path, content);
        mac.verify_truncated_left(signature).ok()?;
        let (after, rest) = content.split_first_chunk::<KEY_BYTES>()?;
        let (issued, query) = rest.split_first_chunk::<TIME_BYTES>()?;
        let cursor = Cursor {
            query: Query::parse(std::str::from_utf8(query).ok()?),
            after: i64::from_be_bytes(*after),
        };
        Some((cursor, i64::from_be_bytes(*issued)))
    }

    fn sign(&self, path: &str, content: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(PURPOSE);
        mac.update(path.as_bytes());
        mac.update(b"\0");
        mac.update(content);
        mac
    }
}

/// The length of a cursor that holds this query, in bytes.
pub(super) fn length(query: &Query) -> usize {
    BASE64URL_NOPAD.encode_len(SIGNATURE_BYTES + KEY_BYTES + TIME_BYTES + query.length_in_link())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Moment {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn only_what_was_sealed_for_a_list_is_opened_there() {
        let cursors = Cursors::new(b"secret").unwrap();
        let query = Query::parse("x=a%26b&x=2&per_page=3");
        for after in [0, 7, -1, i64::MIN, i64::MAX] {
            let text = cursors.seal("/a", &query, after, noon());
            assert_eq!(text.len(), length(&query));
            let opened = cursors.open("/a", &text, noon());
            let query = query.clone();
            assert_eq!(opened, Ok(Cursor { query, after }));
            let unknown = Err(Unopened::Unknown);
            assert_eq!(cursors.open("/b", &text, noon()), unknown);
            let other = Cursors::new(b"other").unwrap();
            assert_eq!(other.open("/a", &text, noon()), unknown);
        }
    }

    #[test]
    fn a_cursor_ends_with_its_life() {
        let cursors = Cursors::new(b"secret").unwrap();
        let cursors = cursors.living(Duration::from_secs(60));
        let text = cursors.seal("/a", &Query::default(), 7, noon());
        for (seconds, is_open) in [(-90, true), (0, true), (60, true), (61, false)] {
            let then = noon() + chrono::TimeDelta::seconds(seconds);
            let opened = cursors.open("/a", &text, then);
            assert_eq!(opened.is_ok(), is_open, "{seconds}: {opened:?}");
        }
        let late = noon() + chrono::TimeDelta::hours(1);
        assert_eq!(cursors.open("/a", &text, late), Err(Unopened::Expired));
    }

    #[test]
    fn a_cursor_with_any_byte_changed_is_refused() {
        let cursors = Cursors::of_this_process().unwrap();
        let text = cursors.seal("list", &Query::parse("status=active"), 42, noon());
        let sealed = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        let unknown = Err(Unopened::Unknown);
        for place in 0..sealed.len() {
            let mut forged = sealed.clone();
            forged[place] ^= 1;
            let forged = BASE64URL_NOPAD.encode(&forged);
            assert_eq!(cursors.open("list", &forged, noon()), unknown, "{place}");
        }
        for cut in 0..text.len() {
            let opened = cursors.open("list", &text[..cut], noon());
            assert_eq!(opened, unknown, "{cut}");
        }
        assert!(!format!("{cursors:?}").contains("secret"));
    }
}
