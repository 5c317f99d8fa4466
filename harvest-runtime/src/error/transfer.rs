//! Failures of transfers of files.

use std::fmt;
use std::io;
use std::time::Duration;

use http::StatusCode;

use crate::answer_body::NotAskedFor;
use crate::limit::AskedFor;

/// Statuses by which storage services refuse a link that is out of date.
const EXPIRED: [StatusCode; 5] = [
    StatusCode::BAD_REQUEST,
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::GONE,
];

/// Why a file could not be sent or fetched. Nothing in it holds a name, a path or a URL.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It cannot be read.
    Unreadable(io::Error),
    /// It has no name, or one that is not text.
    Nameless,
    /// The service does not take files of this type.
    ContentType {
        found: Option<String>,
        allowed: &'static [&'static str],
    },
    /// It is larger than what may be sent.
    TooLargeToSend { limit: u64 },
    /// The record names no URL.
    NoUrl,
    /// The URL may not be fetched, and why.
    Place(&'static str),
    /// A redirect cannot be followed, and why.
    Redirect(&'static str),
    /// The server answered something else than the file.
    Status {
        status: StatusCode,
        retry_after: Option<Duration>,
        /// The same, as it is printed.
        pause: Option<AskedFor>,
    },
    /// The file comes in a content coding: its name, if that can be printed.
    Coding(Option<String>),
    /// There was no connection, or it broke.
    Transport(reqwest::Error),
    /// Nothing came for too long, or the time of the whole download ran out.
    Late { whole: bool },
    /// It came more slowly than anything that is waited for.
    TooSlow,
    /// It ended before it was complete.
    Truncated { expected: u64, read: u64 },
    /// It is larger than what may be fetched.
    TooLargeToFetch { limit: u64 },
    /// It has more values in it than the rows that it is about can have.
    TooManyValues,
    /// It was to have results, and has none in a form that is known.
    NoResults,
    /// It cannot be written.
    Unwritable(io::Error),
}

impl Failure {
    /// An error of the file system, without the path that some put into it.
    pub(crate) fn unwritable(error: &io::Error) -> Self {
        Self::Unwritable(pathless(error))
    }

    pub(crate) fn unreadable(error: &io::Error) -> Self {
        Self::Unreadable(pathless(error))
    }

    /// It was to be sent, rather than fetched.
    pub(crate) fn is_upload(&self) -> bool {
        matches!(
            self,
            Self::Unreadable(_)
                | Self::Nameless
                | Self::ContentType { .. }
                | Self::TooLargeToSend { .. }
        )
    }

    pub(crate) fn is_too_large(&self) -> bool {
        matches!(
            self,
            Self::TooLargeToSend { .. } | Self::TooLargeToFetch { .. } | Self::TooManyValues
        )
    }

    pub(crate) fn is_expired(&self) -> bool {
        matches!(self, Self::Status { status, .. } if EXPIRED.contains(status))
    }

    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The server was asked too often.
    pub(crate) fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The pause for which the server asks.
    pub(crate) fn asked_for(&self) -> Option<AskedFor> {
        match self {
            Self::Status { pause, .. } => *pause,
            _ => None,
        }
    }

    pub(crate) fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    pub(crate) fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_timeout(),
            _ => matches!(self, Self::Late { .. } | Self::TooSlow),
        }
    }

    /// It may pass. (Statuses are judged with those of the API.)
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Transport(error) => !error.is_builder(),
            Self::Late { .. } | Self::Truncated { .. } => true,
            _ => false,
        }
    }

    /// For traces, where there is no status.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            _ if self.is_connect() => "connect",
            _ if self.is_timeout() => "timeout",
            Self::Transport(_) | Self::Truncated { .. } => "connection",
            Self::TooLargeToFetch { .. } | Self::TooManyValues => "too_large",
            _ => "_OTHER",
        }
    }

    pub(crate) fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) | Self::Unwritable(error) => Some(error),
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}

/// The same error without the path that its text may hold: names of files are names of people.
fn pathless(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::from(error.kind()),
    }
}

/// What happened, and what to do about it.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => {
                write!(
                    f,
                    "the file cannot be read ({}); see the source",
                    error.kind()
                )
            }
            Self::Nameless => f.write_str(
                "the file has no name, or one that is not Unicode; give it one with \
                 UploadOptions::filename",
            ),
            Self::ContentType { found, allowed } => {
                match found {
                    Some(found) => write!(f, "the service does not take files of type {found}")?,
                    None => f.write_str("the content type is unknown from the name")?,
                }
                write!(
                    f,
                    "; name one that it takes with UploadOptions::content_type: {}",
                    allowed.join(", ")
                )
            }
            Self::TooLargeToSend { limit } => write!(
                f,
                "the file has more than {limit} bytes; send a smaller one, or raise \
                 UploadOptions::max_bytes"
            ),
            Self::NoUrl => f.write_str(
                "the record names no URL for the file; read the record again, it may come later",
            ),
            Self::Place(reason) => write!(f, "the URL of the file {reason}"),
            Self::Redirect(reason) => write!(f, "a redirect on the way to the file {reason}"),
            Self::Status { status, .. } if self.is_expired() => write!(
                f,
                "{}: the link has expired; read the record again for a fresh one, or do so with \
                 Download::refetch",
                status.as_u16()
            ),
            Self::Status { status, .. } => write!(
                f,
                "{}: the server that holds the file does not give it out",
                status.as_u16()
            ),
            Self::Coding(name) => write!(
                f,
                "the file is encoded{}, so it is not what the record names",
                NotAskedFor(name.as_deref())
            ),
            Self::Transport(error) if error.is_connect() => {
                f.write_str("could not connect to the server that holds the file")
            }
            Self::Transport(_) => f.write_str("the connection broke before the file was complete"),
            Self::Late { whole: false } => {
                f.write_str("nothing came for too long; raise CallOptions::attempt_timeout")
            }
            Self::Late { whole: true } => f.write_str(
                "the file was not complete in the time of the call; raise CallOptions::timeout",
            ),
            Self::TooSlow => f.write_str(
                "the file came at less than 16 KiB a second, and was given up; raise \
                 Download::max_bytes, which the time grows with",
            ),
            Self::Truncated { expected, read } => {
                write!(f, "the file ended after {read} of {expected} bytes")
            }
            Self::TooLargeToFetch { limit } => write!(
                f,
                "the file has more than {limit} bytes; raise Download::max_bytes if it is wanted \
                 all the same"
            ),
            Self::NoResults => f.write_str(
                "the file of results is neither JSON nor lines of JSON; what became of the rows is \
                 unknown, so look them up",
            ),
            Self::TooManyValues => f.write_str(
                "the file has far more values in it than rows were sent, and was not read; look at \
                 the job in the service",
            ),
            Self::Unwritable(error) => {
                write!(
                    f,
                    "the file cannot be written ({}); see the source",
                    error.kind()
                )
            }
        }
    }
}
