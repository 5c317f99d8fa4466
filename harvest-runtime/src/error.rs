//! Why a call failed.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::attachment::Failure;
use crate::effort::{Effort, Seconds};
use crate::error_answer::ErrorAnswer;
use crate::ready::NotReady;
use crate::response::Head;
use crate::{DecodeError, FieldError, Operation};

/// Why a call failed: which operation, what happened, and what to do next.
///
/// Ask it by its predicates; there are no variants to match, so it can learn new ones. One row of this is true of every
/// error:
///
/// | predicate | what happened |
/// | --- | --- |
/// | [`is_configuration`](Self::is_configuration) | the client could not be built |
/// | [`is_invalid_request`](Self::is_invalid_request) | the call was filled wrongly, and not sent |
/// | [`is_connect`](Self::is_connect), [`is_timeout`](Self::is_timeout), both or neither | there was no complete answer, or one from another host |
/// | [`is_decode`](Self::is_decode) | there was a success that could not be understood |
/// | [`is_pagination`](Self::is_pagination) | there is a next page that cannot be followed |
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
    effort: Effort,
    list: Option<List>,
}

/// How far a list came that this error ended.
struct List {
    delivered: u64,
    resume_url: Option<String>,
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
    Transport {
        error: reqwest::Error,
        reached: Reached,
    },
    /// The time of the whole call ran out.
    CallTimeout {
        /// While it waited for its turn under the rate limit, rather than for an answer.
        queued: bool,
        /// What the attempt before ended with.
        last: Option<Error>,
    },
    Strayed,
    Refused(ErrorAnswer),
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
pub(crate) enum Reached {
    /// There was no connection.
    No,
    /// There was no connection in the end, but a redirect may have been answered and followed before.
    Perhaps,
    /// It had it, or nobody can tell.
    Yes,
}

impl Error {
    pub(crate) fn configuration(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(
            None,
            Kind::Configuration {
                reason: reason.into(),
                source: None,
            },
        )
    }

    pub(crate) fn http_client(source: reqwest::Error) -> Self {
        let reason =
            Cow::Borrowed("the HTTP client cannot be set up; see the source of this error");
        Self::new(
            None,
            Kind::Configuration {
                reason,
                source: Some(source),
            },
        )
    }

    /// The reason names parameters and bounds, and no value that may be about a person.
    pub(crate) fn invalid_request(
        operation: &'static Operation,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(
            Some(operation),
            Kind::InvalidRequest {
                reason: reason.into(),
            },
        )
    }

    /// A value is wrong before anybody knows which operation is to send it. The reason is as that of
    /// [`invalid_request`](Self::invalid_request).
    pub(crate) fn invalid_value(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(
            None,
            Kind::InvalidRequest {
                reason: reason.into(),
            },
        )
    }

    pub(crate) fn missing_acting_user(operation: &'static Operation, header: &'static str) -> Self {
        Self::new(Some(operation), Kind::MissingActingUser { header })
    }

    /// `unconnected` is what it means if there was no connection.
    pub(crate) fn transport(
        operation: &'static Operation,
        error: reqwest::Error,
        unconnected: Reached,
    ) -> Self {
        let reached = if error.is_connect() {
            unconnected
        } else {
            Reached::Yes
        };
        // The URL holds ids and filters.
        let error = error.without_url();
        Self::new(Some(operation), Kind::Transport { error, reached })
    }

    /// The time of the whole call ran out while it waited for its turn.
    pub(crate) fn no_turn(operation: &'static Operation, last: Option<Error>) -> Self {
        let queued = true;
        Self::new(Some(operation), Kind::CallTimeout { queued, last })
    }

    /// The time of the whole call ran out while it waited for an answer.
    pub(crate) fn no_answer(operation: &'static Operation, last: Option<Error>) -> Self {
        let queued = false;
        Self::new(Some(operation), Kind::CallTimeout { queued, last })
    }

    pub(crate) fn strayed(operation: &'static Operation) -> Self {
        Self::new(Some(operation), Kind::Strayed)
    }

    pub(crate) fn refused(operation: &'static Operation, answer: ErrorAnswer) -> Self {
        Self::new(Some(operation), Kind::Refused(answer))
    }

    pub(crate) fn decode(operation: &'static Operation, head: &Head, error: DecodeError) -> Self {
        let request_id = head.request_id().map(str::to_owned);
        let kind = Kind::Decode {
            status: head.status,
            request_id,
            error,
        };
        Self::new(Some(operation), kind).with_effort(head.effort)
    }

    pub(crate) fn pagination(
        operation: &'static Operation,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(
            Some(operation),
            Kind::Pagination {
                reason: reason.into(),
            },
        )
    }

    pub(crate) fn not_ready(operation: &'static Operation, error: NotReady) -> Self {
        Self::new(Some(operation), Kind::NotReady(error))
    }

    fn new(operation: Option<&'static Operation>, kind: Kind) -> Self {
        let effort = Effort::default();
        Self(Box::new(Inner {
            operation,
            kind,
            effort,
            list: None,
        }))
    }

    pub(crate) fn with_effort(mut self, effort: Effort) -> Self {
        self.0.effort = effort;
        self
    }

    /// It ended a list.
    pub(crate) fn stopped(mut self, delivered: u64, resume_url: Option<String>) -> Self {
        self.0.list = Some(List {
            delivered,
            resume_url,
        });
        self
    }

    fn answer(&self) -> Option<&ErrorAnswer> {
        match &self.0.kind {
            Kind::Refused(answer) => Some(answer),
            _ => None,
        }
    }

    pub(crate) fn file(&self) -> Option<&Failure> {
        match &self.0.kind {
            Kind::File(failure) => Some(failure),
            _ => None,
        }
    }

    fn is_refused_with(&self, status: StatusCode) -> bool {
        self.answer().is_some_and(|answer| answer.status == status)
    }

    /// The operation that failed. `None` if a client could not be built, or if it is about a file, which need not be the
    /// API's.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The endpoint permission that the operation needs, as Dev Center names it: `GET: List Users`. `None` too if that
    /// is not [described](crate::Undescribed).
    pub fn permission(&self) -> Option<&'static str> {
        let operation = self.0.operation?;
        Some(operation.permission).filter(|permission| !permission.is_empty())
    }

    /// The HTTP status, if there was a complete answer. Of an [`is_decode`](Self::is_decode) error it is a success.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.kind {
            Kind::Refused(answer) => Some(answer.status),
            Kind::Decode { status, .. } => Some(*status),
            Kind::File(failure) => failure.status(),
            _ => None,
        }
    }

    /// What the service says is wrong, if it says so in JSON.
    ///
    /// **It may repeat what was sent, so it can hold personal data.** It is therefore not part of `Display` or `Debug`.
    pub fn message(&self) -> Option<&str> {
        self.answer()?.message.as_deref()
    }

    /// What the service says is wrong with single fields. Mostly with 422.
    pub fn field_errors(&self) -> &[FieldError] {
        self.answer().map_or(&[], |answer| &answer.field_errors)
    }

    /// The id that the service gave the request (`X-Request-Id`), for its support.
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Refused(answer) => answer.request_id.as_deref(),
            Kind::Decode { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// How long the service asks to wait before the next attempt (`Retry-After`). It comes with 429, and sometimes
    /// with 503.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::File(failure) => failure.retry_after(),
            _ => self.answer()?.retry_after,
        }
    }

    /// How many records a list had handed out before this error ended it. `None` if it was no list
    /// ([`Pages`](crate::Pages), [`Items`](crate::Items)).
    pub fn delivered(&self) -> Option<u64> {
        Some(self.0.list.as_ref()?.delivered)
    }

    /// The page at which this error ended a list: pass it to [`Items::resume_from`](crate::Items::resume_from) or
    /// [`Pages::resume_from`](crate::Pages::resume_from) to go on behind the last record that was
    /// [delivered](Self::delivered). `None` if it was no list, or if there is no such page, as where the next page
    /// [cannot be followed](Self::is_pagination).
    ///
    /// Where a list takes [several requests](crate::Request::query_split), the URL also says which were not made yet, in its
    /// fragment: keep it as it is.
    ///
    /// **It repeats the filters of the list, so it can hold personal data.** It is therefore not part of `Display` or
    /// `Debug`. It holds no credential.
    pub fn resume_url(&self) -> Option<&str> {
        self.0.list.as_ref()?.resume_url.as_deref()
    }

    /// How often the call was sent. 0 if it was not, for a mistake in it or because it never had its turn.
    pub fn attempts(&self) -> u32 {
        self.0.effort.attempts
    }

    /// How long the call waited, for its turn under the rate limit and before further attempts. Waiting for answers is
    /// not in it.
    pub fn waited(&self) -> Duration {
        self.0.effort.waited
    }

    /// The same call may succeed later: there was no connection or no complete answer, or the status is 408, 429, 500,
    /// 502, 503 or 504.
    ///
    /// It says nothing about whether it is safe to send it again: a change may have been carried out.
    ///
    /// # Troubleshooting
    ///
    /// It was tried again already as far as that is safe; [`attempts`](Self::attempts) says how often. If it lasts, look
    /// at the service's status page.
    pub fn is_transient(&self) -> bool {
        match &self.0.kind {
            // A request that cannot even be written will not be written later.
            Kind::Transport { error, .. } => !error.is_builder(),
            Kind::CallTimeout { .. } => true,
            Kind::Refused(answer) => is_transient(answer.status),
            Kind::File(failure) => {
                failure.is_transient() || failure.status().is_some_and(is_transient)
            }
            _ => false,
        }
    }

    /// An attempt failed in a way that passes, and the service cannot have acted on it.
    pub(crate) fn is_unprocessed(&self) -> bool {
        match self.0.kind {
            Kind::Transport { reached, .. } => reached == Reached::No,
            _ => self.is_refused_with(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// The service does not know the credential (401).
    ///
    /// # Troubleshooting
    ///
    /// The key is wrong, revoked, or of another kind: Harvest v1 takes a Harvest key from Dev Center (API Credential
    /// Management), v3 takes a token. A base URL that leads to another account's proxy ends here, too.
    pub fn is_unauthorized(&self) -> bool {
        self.is_refused_with(StatusCode::UNAUTHORIZED)
    }

    /// The key lacks the permission for this endpoint: a 403 whose message says so. It
    /// [is forbidden](Self::is_forbidden), too.
    ///
    /// # Troubleshooting
    ///
    /// Tick the [`permission`](Self::permission) in Dev Center (API Credential Management). Permissions are single: one
    /// to read a list does not include reading a record.
    pub fn is_missing_permission(&self) -> bool {
        self.answer()
            .is_some_and(ErrorAnswer::is_missing_permission)
    }

    /// The call is not allowed (403), because of the key or of the acting user.
    ///
    /// # Troubleshooting
    ///
    /// If it [is not a missing permission](Self::is_missing_permission), it is mostly the acting user who may not see
    /// or change this record; name another, or give this one the rights in Greenhouse. [`message`](Self::message) may
    /// say more.
    pub fn is_forbidden(&self) -> bool {
        self.is_refused_with(StatusCode::FORBIDDEN)
    }

    /// There is no such record (404).
    ///
    /// # Troubleshooting
    ///
    /// Either the id in the path is unknown, or the id of the acting user is: the service answers both alike. Deleted
    /// and anonymised records end here, too; and so does a deletion whose first attempt was carried out though its
    /// answer got lost, in which case [`attempts`](Self::attempts) says that there were several.
    pub fn is_not_found(&self) -> bool {
        self.is_refused_with(StatusCode::NOT_FOUND)
    }

    /// The service understood the call and refuses what is in it (422).
    ///
    /// # Troubleshooting
    ///
    /// [`field_errors`](Self::field_errors) and [`message`](Self::message) say what to mend. Sending the same again
    /// does not help.
    pub fn is_validation(&self) -> bool {
        self.is_refused_with(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// What the service says is wrong with single fields, if it [refuses what is in the call](Self::is_validation).
    pub fn validation(&self) -> Option<&[FieldError]> {
        self.is_validation().then(|| self.field_errors())
    }

    /// The key has used up its requests for now: the service said so (429), or the time of the call ran out while it
    /// waited for its turn, which [is a timeout](Self::is_call_timeout), too. [`waited`](Self::waited) says how long it
    /// waited in vain, [`retry_after`](Self::retry_after) how long the service asks to wait now.
    ///
    /// # Troubleshooting
    ///
    /// Nothing was done. Wait and send it again, or give calls more time
    /// ([`ClientBuilder::timeout`](crate::ClientBuilder::timeout)). The limit counts all programs that use the key.
    pub fn is_rate_limited(&self) -> bool {
        match self.0.kind {
            Kind::CallTimeout { queued, .. } => queued,
            _ => self.is_refused_with(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// The service failed (5xx).
    ///
    /// # Troubleshooting
    ///
    /// Try again later. A change may or may not have been carried out: look before it is sent again, unless its
    /// operation is [idempotent](Operation::idempotent). Large lists run into the service's own time limit; smaller
    /// pages help, and where the list can skip counting its records, that helps more.
    pub fn is_server_error(&self) -> bool {
        self.answer()
            .is_some_and(|answer| answer.status.is_server_error())
    }

    /// There was no complete answer in time: not in that of one attempt, or not in that of the call as a whole.
    ///
    /// # Troubleshooting
    ///
    /// Raise [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout) or, if it
    /// [is the time of the call](Self::is_call_timeout), [`ClientBuilder::timeout`](crate::ClientBuilder::timeout); or
    /// ask for smaller pages. A change may or may not have been carried out, unless it
    /// [is a connection error](Self::is_connect) or [the rate limit](Self::is_rate_limited) as well.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::Transport { error, .. } => error.is_timeout(),
            Kind::File(failure) => failure.is_timeout(),
            _ => self.is_call_timeout(),
        }
    }

    /// The time of the call as a whole ran out, in an attempt or while it waited for its turn under the rate limit. It
    /// [is a timeout](Self::is_timeout), too. The [source](std::error::Error::source) is the error of the attempt
    /// before, if there was one.
    ///
    /// # Troubleshooting
    ///
    /// Raise [`ClientBuilder::timeout`](crate::ClientBuilder::timeout) or
    /// [`CallOptions::timeout`](crate::CallOptions::timeout). [`attempts`](Self::attempts) and [`waited`](Self::waited)
    /// say what the time went into.
    pub fn is_call_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::CallTimeout { .. })
    }

    /// There was no connection, so nothing was sent. (With an [`http_client`](crate::ClientBuilder::http_client) of your
    /// own that follows redirects, the connection that failed may have been a later one.)
    ///
    /// # Troubleshooting
    ///
    /// The source of the error says whether it was the name, the network or TLS. Check
    /// [`ClientBuilder::base_url`](crate::ClientBuilder::base_url), and the proxy if there is one.
    pub fn is_connect(&self) -> bool {
        match &self.0.kind {
            Kind::Transport { reached, .. } => *reached != Reached::Yes,
            Kind::File(failure) => failure.is_connect(),
            _ => false,
        }
    }

    /// The service reported a success, but its answer is not what the model says.
    ///
    /// # Troubleshooting
    ///
    /// A change **was** carried out; do not send it again. [`decode_path`](Self::decode_path) says where the answer
    /// differs: report that, as the model has to be mended. If it is not JSON at all, something between you and the
    /// service answered in its place.
    pub fn is_decode(&self) -> bool {
        self.decode_error().is_some()
    }

    /// Where in the answer decoding failed: `[3].emails[0].type`. Keys that look like data rather than like the name of
    /// a property are `?`. `None` if it was not JSON, or failed at its root.
    pub fn decode_path(&self) -> Option<&str> {
        self.decode_error()?.path()
    }

    fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.kind {
            Kind::Decode { error, .. } => Some(error),
            _ => None,
        }
    }

    /// The call was filled wrongly, and nothing was sent.
    ///
    /// # Troubleshooting
    ///
    /// The text of the error names the parameter and what it has to be.
    pub fn is_invalid_request(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::InvalidRequest { .. } | Kind::MissingActingUser { .. }
        )
    }

    /// The call is made in the name of a user, and none was named. Nothing was sent; it
    /// [is an invalid request](Self::is_invalid_request), too.
    ///
    /// # Troubleshooting
    ///
    /// Name the user on the call, or for all calls with
    /// [`ClientBuilder::acting_user`](crate::ClientBuilder::acting_user).
    pub fn is_missing_acting_user(&self) -> bool {
        matches!(self.0.kind, Kind::MissingActingUser { .. })
    }

    /// There is a next page that cannot be followed: it is at another host, or was fetched before, or its URL makes no
    /// sense.
    ///
    /// # Troubleshooting
    ///
    /// The pages so far are not the whole list. Another host mostly means that
    /// [`ClientBuilder::base_url`](crate::ClientBuilder::base_url) is a proxy that leaves the `Link` header as it is.
    pub fn is_pagination(&self) -> bool {
        matches!(self.0.kind, Kind::Pagination { .. })
    }

    /// A record was created and cannot be read yet, and the time to wait for it ran out. The
    /// [source](std::error::Error::source) is the last answer, a 404, if there was one.
    ///
    /// # Troubleshooting
    ///
    /// Do not create it again. Keep the id, and read the record later; or give it more time with
    /// [`Poll::timeout`](crate::Poll::timeout).
    pub fn is_not_ready(&self) -> bool {
        matches!(self.0.kind, Kind::NotReady(_))
    }

    /// The client could not be built.
    ///
    /// # Troubleshooting
    ///
    /// The text of the error names the setting and what it has to be.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Configuration { .. })
    }

    /// For traces, where there is no status: one of a few words, as OpenTelemetry's `error.type` asks for.
    pub(crate) fn type_name(&self) -> &'static str {
        match &self.0.kind {
            Kind::Transport { .. } if self.is_connect() => "connect",
            Kind::Transport { error, .. } if error.is_timeout() => "timeout",
            Kind::Transport { .. } => "connection",
            Kind::CallTimeout { queued: true, .. } => "rate_limit_timeout",
            Kind::CallTimeout { .. } => "call_timeout",
            Kind::Strayed => "strayed",
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
            Kind::Strayed => "Strayed",
            Kind::Refused(_) => "Refused",
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
            Kind::CallTimeout { last, .. } | Kind::NotReady(NotReady { last, .. }) => {
                last.as_ref().map(|last| last as _)
            }
            Kind::File(failure) => failure.source(),
            // What `Display` says already is not said again by a source.
            _ => None,
        }
    }
}

/// The same facts as `Display`, as fields.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut error = f.debug_struct("Error");
        error.field("kind", &self.kind_name());
        if let Some(operation) = self.operation() {
            error.field("operation", &operation.id);
        }
        if let Some(status) = self.status() {
            error.field("status", &status.as_u16());
        }
        if let Some(request_id) = self.request_id() {
            error.field("request_id", &request_id);
        }
        if let Some(retry_after) = self.retry_after() {
            error.field("retry_after", &retry_after);
        }
        if self.attempts() > 0 {
            error.field("attempts", &self.attempts());
            error.field("waited", &self.waited());
        }
        if let Some(delivered) = self.delivered() {
            error.field("delivered", &delivered);
        }
        if let Some(gave_up) = &self.0.effort.gave_up {
            error.field("gave_up", gave_up);
        }
        if !self.field_errors().is_empty() {
            error.field("field_errors", &self.field_errors());
        }
        match &self.0.kind {
            Kind::Configuration { reason, source } => {
                error.field("reason", reason);
                if let Some(source) = source {
                    error.field("source", source);
                }
            }
            Kind::InvalidRequest { reason } | Kind::Pagination { reason } => {
                error.field("reason", reason);
            }
            Kind::MissingActingUser { header } => {
                error.field("header", header);
            }
            Kind::Transport { error: source, .. } => {
                error.field("source", source);
            }
            Kind::CallTimeout { queued, last } => {
                error.field("queued", queued);
                if let Some(last) = last {
                    error.field("source", last);
                }
            }
            Kind::Decode { error: source, .. } => {
                error.field("source", source);
            }
            Kind::NotReady(NotReady {
                waited,
                times,
                last,
            }) => {
                error.field("waited", waited).field("times", times);
                if let Some(last) = last {
                    error.field("source", last);
                }
            }
            Kind::File(failure) => {
                error.field("failure", failure);
            }
            Kind::Strayed | Kind::Refused(_) => {}
        }
        error.finish()
    }
}

/// What failed, how, and what to do next, in one line: `list_users (GET /v1/users): 429 Too Many Requests: …`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match &self.0.kind {
            Kind::Configuration { reason, .. } => {
                write!(f, "the client cannot be built: {reason}")?;
            }
            Kind::InvalidRequest { reason } => write!(f, "not sent: {reason}")?,
            Kind::MissingActingUser { header } => write!(
                f,
                "not sent: it is done in the name of a user and none is named; name one on the \
                 call, or for all calls with ClientBuilder::acting_user (header {header})"
            )?,
            Kind::Transport { error, .. } => self.write_transport(f, error)?,
            Kind::CallTimeout { queued: true, .. } => self.write_no_turn(f)?,
            Kind::CallTimeout { .. } => write!(
                f,
                "no complete answer in the time of the call; raise ClientBuilder::timeout; {}",
                self.how_to_repeat()
            )?,
            Kind::Strayed => f.write_str(
                "the answer came from another host, to which the http_client followed a \
                 redirect; turn redirects off on that client and check base_url",
            )?,
            Kind::Refused(answer) => {
                write_status(f, answer.status)?;
                self.write_refusal(f, answer)?;
            }
            Kind::Decode { status, error, .. } => {
                write_status(f, *status)?;
                write!(f, "the answer cannot be decoded: {error}")?;
            }
            Kind::Pagination { reason } => write!(f, "the list is incomplete: {reason}")?,
            Kind::NotReady(error) => write!(f, "{error}")?,
            Kind::File(failure) if failure.is_upload() => {
                write!(f, "a file cannot be sent: {failure}")?;
            }
            Kind::File(failure) => write!(f, "a file could not be fetched: {failure}")?,
        }
        write!(f, "{}", self.0.effort)?;
        match self.request_id() {
            Some(id) => write!(f, " [request id {id}]"),
            None => Ok(()),
        }
    }
}

impl Error {
    fn write_no_turn(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let again = if self.attempts() > 0 { " again" } else { "" };
        write!(
            f,
            "not sent{again}: the time of the call ran out while it waited for its turn under the \
             rate limit; raise ClientBuilder::timeout, or start fewer calls at once (it waited {})",
            Seconds(self.waited())
        )
    }

    fn write_transport(&self, f: &mut fmt::Formatter<'_>, error: &reqwest::Error) -> fmt::Result {
        if self.is_connect() {
            let late = if error.is_timeout() { " in time" } else { "" };
            return write!(
                f,
                "not sent: could not connect{late}; check the network, base_url and TLS"
            );
        }
        if error.is_builder() {
            return f.write_str(
                "not sent: the HTTP client does not take the request; see the source of this error",
            );
        }
        if error.is_timeout() {
            f.write_str("no complete answer in time; raise ClientBuilder::attempt_timeout; ")?;
        } else {
            f.write_str("the connection broke before the answer was complete; ")?;
        }
        f.write_str(self.how_to_repeat())
    }

    /// Where nobody knows what became of the call. Repeating blindly could, say, create a candidate twice.
    fn how_to_repeat(&self) -> &'static str {
        match self.operation() {
            Some(operation) if !operation.idempotent => {
                "it may or may not have been carried out, so look before you send it again"
            }
            _ => "try again later",
        }
    }

    fn write_refusal(&self, f: &mut fmt::Formatter<'_>, answer: &ErrorAnswer) -> fmt::Result {
        let permission = self.permission().map_or_else(
            || "for this endpoint".to_owned(),
            |permission| format!("{permission:?}"),
        );
        match answer.status {
            StatusCode::UNAUTHORIZED => {
                f.write_str("the key is unknown or revoked; check ClientBuilder::credential")?;
            }
            StatusCode::FORBIDDEN if answer.is_missing_permission() => {
                return write!(
                    f,
                    "the key lacks the permission {permission}; tick it in Dev Center (API \
                     Credential Management)"
                );
            }
            StatusCode::FORBIDDEN => write!(
                f,
                "not allowed; either the key lacks the permission {permission}, or the acting \
                 user may not do this"
            )?,
            StatusCode::NOT_FOUND => {
                f.write_str("there is no such record, or no such acting user; check the ids")?;
            }
            StatusCode::TOO_MANY_REQUESTS => match answer.retry_after {
                Some(wait) => write!(
                    f,
                    "the rate limit is reached; try again in {} s",
                    wait.as_secs_f64().ceil()
                )?,
                None => f.write_str("the rate limit is reached; try again later")?,
            },
            _ if !answer.field_errors.is_empty() => {
                return write_field_errors(f, &answer.field_errors);
            }
            status if status.is_redirection() => {
                f.write_str("redirects are not followed; check base_url")?;
            }
            status if status.is_server_error() => {
                write!(f, "the service failed; {}", self.how_to_repeat())?;
            }
            _ => f.write_str("refused")?,
        }
        if answer.message.is_some() {
            f.write_str(" (see Error::message)")
        } else {
            Ok(())
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::new(None, Kind::File(failure))
    }
}

/// Whether the same call may be answered otherwise later.
fn is_transient(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

/// `422 Unprocessable Entity: `
fn write_status(f: &mut fmt::Formatter<'_>, status: StatusCode) -> fmt::Result {
    write!(f, "{}", status.as_u16())?;
    if let Some(reason) = status.canonical_reason() {
        write!(f, " {reason}")?;
    }
    f.write_str(": ")
}

/// `refused: email, first_name (2 field errors; see Error::field_errors)`
fn write_field_errors(f: &mut fmt::Formatter<'_>, errors: &[FieldError]) -> fmt::Result {
    const MOST: usize = 8;
    let mut fields: Vec<&str> = Vec::new();
    for field in errors.iter().filter_map(FieldError::printable_field) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    f.write_str("refused")?;
    for (number, field) in fields.iter().take(MOST).enumerate() {
        write!(f, "{}{field}", if number == 0 { ": " } else { ", " })?;
    }
    if fields.len() > MOST {
        f.write_str(", …")?;
    }
    let plural = if errors.len() == 1 { "" } else { "s" };
    write!(
        f,
        " ({} field error{plural}; see Error::field_errors)",
        errors.len()
    )
}
