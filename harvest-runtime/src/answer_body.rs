//! The body of an answer: decompressed, and read within a size limit.

mod unread;
mod values;

use std::io::{self, Write};
use std::time::Duration;

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::StatusCode;
use http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING,
};
use tokio::time::{Instant, timeout_at};

pub(crate) use self::unread::{Encoded, NotAskedFor, ReasonsIn, Unread};
pub(crate) use self::values::{
    BYTES_PER_CONTAINER, check as check_values, check_values_and_memory,
};
use crate::printable;
use crate::transient::is_transient;

/// The most room, in bytes, that is made for an answer by its announced length alone. More is made as it comes.
const FIRST_ROOM: usize = 64 << 20;
/// `Accept-Encoding` of every call: the one content coding that is decoded here.
pub(crate) const ACCEPTED: HeaderValue = HeaderValue::from_static("gzip");

/// How long the reasons of a refusal are waited for. A server that sends them byte by byte must not use up the time of the
/// call, which ends better with the status alone.
const REASONS: Duration = Duration::from_secs(5);
/// The same where the status says enough: what passes is tried again, or not, whatever the reasons.
const REASONS_OF_TRANSIENT: Duration = Duration::from_secs(1);
/// Before the end of the call's own time, so that it ends with the refusal.
const BEFORE_DEADLINE: Duration = Duration::from_millis(20);

/// Until when the reasons of a refusal are waited for.
pub(crate) fn reasons_until(status: StatusCode, deadline: Option<Instant>) -> Instant {
    let time = if is_transient(status) {
        REASONS_OF_TRANSIENT
    } else {
        REASONS
    };
    let now = Instant::now();
    let deadline = deadline.map(|deadline| deadline.checked_sub(BEFORE_DEADLINE).unwrap_or(now));
    let until = now + time;
    deadline.map_or(until, |deadline| deadline.min(until))
}

/// Reads the whole body, and takes the headers away that speak of its compressed form. `limit` counts what comes over
/// the wire and, apart from that, what becomes of it: a small body can decompress to gigabytes.
pub(crate) async fn read(
    incoming: reqwest::Response,
    headers: &mut HeaderMap,
    limit: u64,
) -> Result<Bytes, Unread> {
    let mut collector = Collector::new(headers, limit);
    match collector.collect(incoming).await {
        Ok(()) => Ok(collector.into_bytes(headers)),
        Err(reason) => Err(reason),
    }
}

/// The beginning of a body.
#[derive(Default)]
pub(crate) struct Beginning {
    pub(crate) bytes: Vec<u8>,
    /// The content coding because of which it is not read, or a word in its place if it cannot be printed.
    pub(crate) foreign_coding: Option<String>,
}

/// Reads the beginning of a body. Whatever goes wrong ends it, and so does the time: what came until then is all there is.
pub(crate) async fn read_beginning(
    incoming: reqwest::Response,
    headers: &HeaderMap,
    limit: u64,
    until: Instant,
) -> Beginning {
    let mut collector = Collector::new(headers, limit);
    let collected = timeout_at(until, collector.collect(incoming)).await;
    let bytes = match collector.sink {
        Sink::Plain(buffer) => buffer.bytes,
        Sink::Gzip(mut decoder) => std::mem::take(&mut decoder.get_mut().bytes),
        Sink::Foreign(_) => Vec::new(),
    };
    let foreign_coding = match collected {
        Ok(Err(Unread::Coding(name))) => Some(name.unwrap_or_else(|| "unknown".to_owned())),
        _ => None,
    };
    Beginning {
        bytes,
        foreign_coding,
    }
}

struct Collector {
    limit: u64,
    /// Over the wire.
    received: u64,
    members: Members,
    sink: Sink,
}

enum Sink {
    Plain(Buffer),
    Gzip(Box<MultiGzDecoder<Buffer>>),
    /// In a coding that was not asked for. An answer without a body, as 204 is one and any to `HEAD`, needs no decoding,
    /// whatever coding it names.
    Foreign(Option<String>),
}

impl Collector {
    fn new(headers: &HeaderMap, limit: u64) -> Self {
        let buffer = Buffer::new(limit);
        let sink = match Coding::of(headers) {
            Coding::Identity => Sink::Plain(buffer),
            Coding::Gzip => Sink::Gzip(Box::new(MultiGzDecoder::new(buffer))),
            Coding::Other(name) => Sink::Foreign(name),
        };
        Self {
            limit,
            received: 0,
            members: Members::default(),
            sink,
        }
    }

    async fn collect(&mut self, mut incoming: reqwest::Response) -> Result<(), Unread> {
        let announced = incoming.content_length().unwrap_or_default();
        if let (Sink::Foreign(name), 1..) = (&self.sink, announced) {
            return Err(Unread::Coding(name.clone()));
        }
        if announced > self.limit {
            return Err(Unread::TooLarge { limit: self.limit });
        }
        if let (Sink::Plain(buffer), Ok(announced)) = (&mut self.sink, usize::try_from(announced)) {
            buffer.bytes.reserve_exact(announced.min(FIRST_ROOM));
        }
        while let Some(piece) = incoming.chunk().await.map_err(Unread::Transport)? {
            self.take(&piece)?;
        }
        self.finish()
    }

    fn take(&mut self, piece: &[u8]) -> Result<(), Unread> {
        self.received = self.received.saturating_add(piece.len() as u64);
        let taken = match &mut self.sink {
            Sink::Plain(buffer) => buffer.write_all(piece),
            Sink::Gzip(decoder) => {
                self.members.take(piece);
                if self.members.count > MOST_MEMBERS {
                    return Err(Unread::TooManyMembers);
                }
                decoder.write_all(piece)
            }
            Sink::Foreign(_) if piece.is_empty() => Ok(()),
            Sink::Foreign(name) => return Err(Unread::Coding(name.clone())),
        };
        match taken {
            // What decompresses to nothing can be endless, too.
            Ok(()) if self.received <= self.limit => Ok(()),
            Ok(()) => Err(Unread::TooLarge { limit: self.limit }),
            Err(_) => Err(self.broken()),
        }
    }

    fn finish(&mut self) -> Result<(), Unread> {
        match &mut self.sink {
            // An answer without a body may name a coding all the same.
            Sink::Gzip(decoder) if self.received > 0 => {
                decoder.try_finish().map_err(|_| self.broken())
            }
            _ => Ok(()),
        }
    }

    /// Why the sink took no more.
    fn broken(&self) -> Unread {
        let overflowed = match &self.sink {
            Sink::Plain(buffer) => buffer.overflowed,
            Sink::Gzip(decoder) => decoder.get_ref().overflowed,
            Sink::Foreign(_) => false,
        };
        if overflowed {
            Unread::TooLarge { limit: self.limit }
        } else {
            Unread::Damaged
        }
    }

    fn into_bytes(self, headers: &mut HeaderMap) -> Bytes {
        match self.sink {
            Sink::Plain(buffer) => buffer.bytes.into(),
            Sink::Gzip(mut decoder) => {
                headers.remove(CONTENT_ENCODING);
                headers.remove(CONTENT_LENGTH);
                std::mem::take(&mut decoder.get_mut().bytes).into()
            }
            Sink::Foreign(_) => Bytes::new(),
        }
    }
}

/// How many members a gzip stream may have. Each costs time, and may add nothing.
const MOST_MEMBERS: u32 = 1_000;

/// How many members of a gzip stream begin in what came, by the three bytes that each begins with. Compressed data has
/// them by chance, too: about four times in the largest answer.
#[derive(Default)]
struct Members {
    /// How many of the three bytes came last.
    matched: u8,
    count: u32,
}

impl Members {
    fn take(&mut self, piece: &[u8]) {
        for byte in piece {
            self.matched = match (self.matched, byte) {
                (_, 0x1f) => 1,
                (1, 0x8b) => 2,
                (2, 0x08) => {
                    self.count = self.count.saturating_add(1);
                    0
                }
                _ => 0,
            };
        }
    }
}

/// Bytes up to a limit.
struct Buffer {
    bytes: Vec<u8>,
    limit: usize,
    /// There were more.
    overflowed: bool,
}

impl Buffer {
    fn new(limit: u64) -> Self {
        Self {
            bytes: Vec::new(),
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            overflowed: false,
        }
    }

    /// Makes room for so many more bytes: twice as much as there was, but nothing beyond the limit.
    fn make_room(&mut self, more: usize) {
        let needed = self.bytes.len().saturating_add(more);
        if needed > self.bytes.capacity() {
            let generous = self.bytes.capacity().saturating_mul(2).min(self.limit);
            let room = generous.max(needed) - self.bytes.len();
            self.bytes.reserve_exact(room);
        }
    }
}

impl Write for Buffer {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let fits = piece.len().min(self.limit - self.bytes.len());
        self.make_room(fits);
        self.bytes.extend_from_slice(&piece[..fits]);
        if fits < piece.len() {
            self.overflowed = true;
        }
        if fits == 0 && !piece.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(fits)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What `Content-Encoding` says, and `Transfer-Encoding`, of which nothing but `chunked` is asked for or undone.
#[derive(Debug, PartialEq)]
enum Coding {
    Identity,
    Gzip,
    /// Anything else, several codings included. The name, if it can be printed.
    Other(Option<String>),
}

impl Coding {
    fn of(headers: &HeaderMap) -> Self {
        let mut transfer = names(headers, &TRANSFER_ENCODING);
        // The last one is how the body is framed, and undone by then.
        transfer.pop_if(|name| name.eq_ignore_ascii_case("chunked"));
        if !transfer.is_empty() {
            let transfer: Vec<_> = transfer.iter().map(String::as_str).collect();
            let known = printable::codings(&transfer);
            return Self::Other(known.map(|known| format!("{known} as Transfer-Encoding")));
        }
        let names = names(headers, &CONTENT_ENCODING);
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        match names[..] {
            [] => Self::Identity,
            [name]
                if ["gzip", "x-gzip"]
                    .iter()
                    .any(|gzip| name.eq_ignore_ascii_case(gzip)) =>
            {
                Self::Gzip
            }
            _ => Self::Other(printable::codings(&names)),
        }
    }
}

/// The codings that a header names, in order, without the one that changes nothing.
fn names(headers: &HeaderMap, header: &HeaderName) -> Vec<String> {
    let values = headers.get_all(header).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    texts
        .flat_map(|text| text.split(',').map(str::to_owned).collect::<Vec<_>>())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"))
        .collect()
}

/// That a body comes as it is, without a content coding.
///
/// # Errors
///
/// The name of its coding, if that can be printed.
pub(crate) fn require_identity(headers: &HeaderMap) -> Result<(), Option<String>> {
    match Coding::of(headers) {
        Coding::Identity => Ok(()),
        Coding::Gzip => Err(Some("gzip".to_owned())),
        Coding::Other(name) => Err(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding_in(header: &HeaderName, values: &[&str]) -> Coding {
        let mut headers = HeaderMap::new();
        for value in values {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            headers.append(header, value);
        }
        Coding::of(&headers)
    }

    fn coding(values: &[&str]) -> Coding {
        coding_in(&CONTENT_ENCODING, values)
    }

    #[test]
    fn transfer_codings() {
        let coding = |values: &[&str]| coding_in(&TRANSFER_ENCODING, values);
        for plain in [&["chunked"][..], &["Chunked "], &["identity, chunked"], &[]] {
            assert_eq!(coding(plain), Coding::Identity, "{plain:?}");
        }
        for (other, name) in [
            (&["gzip, chunked"][..], Some("gzip as Transfer-Encoding")),
            (&["gzip", "chunked"], Some("gzip as Transfer-Encoding")),
            (&["x-gzip"], Some("x-gzip as Transfer-Encoding")),
            (&["jane@example.com, chunked"], None),
            (&["chunked, chunked"], None),
        ] {
            let name = name.map(str::to_owned);
            assert_eq!(coding(other), Coding::Other(name), "{other:?}");
        }
    }

    #[test]
    fn codings() {
        for plain in [&[][..], &[""], &["identity"], &["Identity, ", "identity"]] {
            assert_eq!(coding(plain), Coding::Identity, "{plain:?}");
        }
        for gzip in [&["gzip"][..], &[" GZip "], &["x-gzip"], &["identity, gzip"]] {
            assert_eq!(coding(gzip), Coding::Gzip, "{gzip:?}");
        }
        for (other, name) in [
            (&["br"][..], Some("br")),
            (&["gzip, br"], Some("gzip, br")),
            (&["gzip", "gzip"], Some("gzip, gzip")),
            (&["jane@example.com"], None),
            (&["é"], None),
            (&["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], None),
        ] {
            assert_eq!(
                coding(other),
                Coding::Other(name.map(str::to_owned)),
                "{other:?}"
            );
        }
    }

    #[test]
    fn members_are_counted_across_pieces() {
        let mut members = Members::default();
        for piece in [
            &b"\x1f\x8b\x08\x1f"[..],
            b"\x8b",
            b"\x08\x1f\x1f\x8b\x08\x1f\x8b\x09\x8b\x08",
        ] {
            members.take(piece);
        }
        assert_eq!(members.count, 3);
    }

    #[test]
    fn a_buffer_never_has_room_for_more_than_its_limit() {
        let mut buffer = Buffer::new(1000);
        for _ in 0..10 {
            buffer.write_all(&[0; 100]).unwrap();
            assert!(
                buffer.bytes.capacity() <= 1000,
                "{}",
                buffer.bytes.capacity()
            );
        }
        assert!(!buffer.overflowed);
        assert!(buffer.write_all(&[0]).is_err());
        assert!(buffer.overflowed);
    }
}
