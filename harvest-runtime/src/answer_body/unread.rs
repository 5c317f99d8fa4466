//! Reasons for which a body is not read, and their texts.

use std::fmt;

use super::MOST_MEMBERS;

/// Why a body could not be read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The connection broke, or the time ran out.
    Transport(reqwest::Error),
    /// It has more bytes than the limit, compressed or decompressed.
    TooLarge { limit: u64 },
    /// It has a content coding that was not asked for: its name, if that can be printed.
    Coding(Option<String>),
    /// It has more values than the size limit stands for.
    TooManyValues { containers: u64, values: u64 },
    /// Decoded, it would take more than the size limit stands for.
    TooMuchToHold { limit: u64 },
    /// It is no complete gzip stream.
    Damaged,
    /// It is a gzip stream of very many members.
    TooManyMembers,
}

/// `is encoded (br), and this was not asked for: …`
pub(crate) struct Encoded<'a>(pub(crate) Option<&'a str>);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "is encoded{}: only Content-Encoding: gzip is taken; look for a proxy that ignores \
             Accept-Encoding",
            NotAskedFor(self.0)
        )
    }
}

/// `; its reasons are in a coding that was not asked for (br)`, or nothing.
pub(crate) struct ReasonsIn<'a>(pub(crate) Option<&'a str>);

impl fmt::Display for ReasonsIn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(coding) = self.0 else {
            return Ok(());
        };
        write!(
            f,
            "; its reasons are in a coding that was not asked for ({coding})"
        )
    }
}

/// ` (br), and this was not asked for`
pub(crate) struct NotAskedFor<'a>(pub(crate) Option<&'a str>);

impl fmt::Display for NotAskedFor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, " ({name}), and this was not asked for"),
            None => f.write_str(", and by an unknown coding that was not asked for"),
        }
    }
}

/// What happened, and what to do about it.
impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(_) => {
                f.write_str("the connection broke before the answer was complete")
            }
            Self::TooLarge { limit } => write!(
                f,
                "the answer has more than {limit} bytes and was not read; ask for less (smaller \
                 pages, filters), or raise ClientBuilder::max_response_bytes"
            ),
            Self::Coding(name) => write!(f, "the answer {}", Encoded(name.as_deref())),
            Self::TooManyValues { containers, values } => write!(
                f,
                "the answer has more than {containers} objects and lists, or {values} values, and \
                 was not decoded, because they would take much more memory than its bytes; ask for \
                 less (smaller pages, filters), or raise ClientBuilder::max_response_bytes, which \
                 this limit grows with"
            ),
            Self::TooMuchToHold { limit } => write!(
                f,
                "the answer would take more than eight times the limit of {limit} bytes once it is \
                 decoded, for its objects and lists, its long texts and numbers, and what has to \
                 be repaired in texts (control characters, bytes that are no UTF-8), and was not \
                 decoded; ask for less (smaller pages, filters), or raise \
                 ClientBuilder::max_response_bytes"
            ),
            Self::Damaged => f.write_str("the answer is compressed, and damaged or incomplete"),
            Self::TooManyMembers => write!(
                f,
                "the answer is compressed in more than {MOST_MEMBERS} parts and was not read; look \
                 for a proxy that does so"
            ),
        }
    }
}
