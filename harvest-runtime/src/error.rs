//! The error of a call.

mod accessors;
mod constructors;
mod display;
pub(crate) mod not_ready;
mod predicates;
pub(crate) mod token;
pub(crate) mod transfer;
mod unread;

use std::borrow::Cow;
use std::time::Duration;

use http::StatusCode;

use self::not_ready::NotReady;
use self::transfer::Failure;
use crate::answer_body::Unread;
use crate::call_stats::CallStats;
use crate::error_answer::ErrorAnswer;
use crate::limit::{Pause, Unbooked};
use crate::time_option::TimeOption;
use crate::{DecodeError, Operation, TokenError};

/// Why a call failed: which operation, what happened, and what to do next.
///
/// Ask it by its predicates; there are no variants to match, so it can learn new ones. One row of this is true of every
/// error:
///
/// | predicate | what happened |
/// | --- | --- |
/// | [`is_configuration`](Self::is_configuration) | the client could not be built |
/// | [`is_invalid_request`](Self::is_invalid_request) | the call was filled wrongly, and not sent |
/// | [`is_token`](Self::is_token) | there is no access token, so the call was not sent |
/// | [`is_dry_run`](Self::is_dry_run) | the call was recorded instead of sent |
/// | [`is_connect`](Self::is_connect), [`is_timeout`](Self::is_timeout), both or neither | there was no complete answer, or one from another host |
/// | [`is_paused`](Self::is_paused) | the service asked for a pause that the call does not wait for, and it was not sent (again) |
/// | [`is_unbooked`](Self::is_unbooked) | the server that the limiter books in could not be asked, and it was not sent (again) |
/// | [`is_response_too_large`](Self::is_response_too_large), [`is_bad_encoding`](Self::is_bad_encoding) | there was a success whose body was not read |
/// | [`is_decode`](Self::is_decode) | there was a success that could not be understood |
/// | [`is_pagination`](Self::is_pagination) | there is a next page that is not followed |
/// | [`is_not_ready`](Self::is_not_ready) | what was created cannot be read yet |
/// | [`is_upload`](Self::is_upload), [`is_download`](Self::is_download) | a file cannot be sent, or could not be fetched |
/// | none of these, and a [`status`](Self::status) | the service refused or failed |
///
/// What may pass was tried again, unless the client is set up otherwise (see [`retry`](crate::retry)). The error is that
/// of the last attempt, and [`attempts`](Self::attempts) says how many there were.
///
/// It prints no personal data and no credential. The exceptions are behind accessors: [`message`](Self::message),
/// [`field_errors`](Self::field_errors) and [`resume_url`](Self::resume_url).
///
/// ```
/// use harvest_runtime::Error;
///
/// fn advise(error: &Error) -> String {
///     if let Some(wait) = error.retry_after() {
///         return format!("try again in {} s", wait.as_secs());
///     }
///     match error.permission() {
///         Some(permission) if error.is_missing_permission() => format!("ask for {permission:?}"),
///         _ => error.to_string(),
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static Operation>,
    kind: Kind,
    effort: CallStats,
    list: Option<List>,
    /// Of a call that may have started a job: how to find out.
    job: Option<&'static str>,
}

/// How far a list came that this error ended.
struct List {
    delivered: u64,
    resume_url: Option<String>,
    /// The cursor of a later page was refused.
    cursor_expired: bool,
}

enum Kind {
    Configuration {
        reason: Cow<'static, str>,
        source: Option<reqwest::Error>,
    },
    InvalidRequest {
        reason: Cow<'static, str>,
    },
    MissingActingUser {
        header: &'static str,
    },
    /// There is no access token to send it with.
    Token(TokenError),
    /// It was recorded instead of sent.
    DryRun,
    Transport {
        error: reqwest::Error,
        delivery: Delivery,
    },
    /// The time of the whole call ran out.
    CallTimeout {
        /// Where it waited for its turn under the rate limit, rather than for an answer: how much longer that takes.
        queued: Option<Duration>,
        /// It waited for a place among the bulk jobs, rather than for a turn.
        among_jobs: bool,
        /// The option that set the time.
        by: TimeOption,
        /// What the attempt before ended with.
        last: Option<Error>,
    },
    /// The service asked for a pause, and the call does not wait for its end.
    Paused {
        pause: Pause,
        /// What the attempt before ended with.
        last: Option<Error>,
    },
    /// The ledger of the limiter is elsewhere, and could not be asked.
    Unbooked {
        reason: Unbooked,
        /// What the attempt before ended with.
        last: Option<Error>,
    },
    UnexpectedOrigin,
    Refused(ErrorAnswer),
    /// A success whose body was not read.
    Unread {
        status: StatusCode,
        request_id: Option<String>,
        reason: Unread,
    },
    Decode {
        status: StatusCode,
        request_id: Option<String>,
        error: DecodeError,
    },
    Pagination {
        reason: Cow<'static, str>,
    },
    NotReady(NotReady),
    File(Failure),
}

/// Whether the service had a request that has no complete answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// There was no connection.
    NotSent,
    /// There was no connection in the end, but a redirect may have been answered and followed before.
    MaybeSent,
    /// It had it, or may have had it.
    Sent,
}

impl Error {
    /// For traces, where there is no status: one of a few words, as OpenTelemetry's `error.type` asks for.
    pub(crate) fn type_name(&self) -> &'static str {
        match &self.0.kind {
            Kind::Transport { .. } if self.is_connect() => "connect",
            Kind::Transport { error, .. } if error.is_timeout() => "timeout",
            Kind::Transport { .. } => "connection",
            Kind::CallTimeout {
                queued: Some(_), ..
            } => "rate_limit_timeout",
            Kind::CallTimeout { .. } => "call_timeout",
            Kind::Paused { .. } => "rate_limit_pause",
            Kind::Unbooked { .. } => "limiter",
            Kind::Token(_) => "token",
            Kind::DryRun => "dry_run",
            Kind::UnexpectedOrigin => "unexpected_origin",
            Kind::File(failure) => failure.type_name(),
            _ => "_OTHER",
        }
    }

    fn kind_name(&self) -> &'static str {
        match &self.0.kind {
            Kind::Configuration { .. } => "Configuration",
            Kind::InvalidRequest { .. } => "InvalidRequest",
            Kind::MissingActingUser { .. } => "MissingActingUser",
            Kind::Transport { .. } if self.is_connect() => "Connect",
            Kind::Transport { error, .. } if error.is_timeout() => "Timeout",
            Kind::Transport { .. } => "Transport",
            Kind::CallTimeout { .. } => "CallTimeout",
            Kind::Paused { .. } => "Paused",
            Kind::Unbooked { .. } => "Unbooked",
            Kind::Token(_) => "Token",
            Kind::DryRun => "DryRun",
            Kind::UnexpectedOrigin => "UnexpectedOrigin",
            Kind::Refused(_) => "Refused",
            Kind::Unread {
                reason:
                    Unread::TooLarge { .. }
                    | Unread::TooManyValues { .. }
                    | Unread::TooMuchToHold { .. }
                    | Unread::TooManyMembers,
                ..
            } => "TooLarge",
            Kind::Unread { .. } => "Encoding",
            Kind::Decode { .. } => "Decode",
            Kind::Pagination { .. } => "Pagination",
            Kind::NotReady(_) => "NotReady",
            Kind::File(failure) if failure.is_upload() => "Upload",
            Kind::File(_) => "Download",
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Configuration { source, .. } => source.as_ref().map(|source| source as _),
            Kind::Transport { error, .. } => Some(error),
            Kind::CallTimeout { last, .. }
            | Kind::Paused { last, .. }
            | Kind::Unbooked { last, .. }
            | Kind::NotReady(NotReady { last, .. }) => last.as_ref().map(|last| last as _),
            Kind::File(failure) => failure.source(),
            // It says itself what `Display` says; what is behind it is the source.
            Kind::Token(error) => error.source(),
            // What `Display` says already is not said again by a source.
            _ => None,
        }
    }
}
