//! Texts of errors, for people.

use std::fmt;

use http::StatusCode;

use super::{Error, Kind};
use crate::FieldError;
use crate::answer_body::ReasonsIn;
use crate::error::not_ready::NotReady;
use crate::error_answer::ErrorAnswer;
use crate::seconds::Seconds;
use crate::time_option::TimeOption;

/// The text of `Display`, and then the facts as fields: a `main` that returns an error prints its `Debug`, which should
/// say what to do.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{self}")?;
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
            Kind::Token(source) => {
                error.field("source", source);
            }
            Kind::CallTimeout { queued, last, .. } => {
                error.field("queued", &queued.is_some());
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
            Kind::Paused { last, .. } | Kind::Unbooked { last, .. } => {
                if let Some(last) = last {
                    error.field("source", last);
                }
            }
            Kind::Unread { reason, .. } => {
                error.field("reason", reason);
            }
            Kind::DryRun | Kind::UnexpectedOrigin | Kind::Refused(_) => {}
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
            Kind::Token(error) => {
                let again = if self.attempts() > 0 { " again" } else { "" };
                write!(f, "not sent{again}: {error}")?;
            }
            Kind::DryRun => {
                f.write_str("not sent: the client makes a dry run, and the call was recorded")?;
            }
            Kind::Transport { error, .. } => self.write_transport(f, error)?,
            Kind::CallTimeout {
                queued: Some(_),
                among_jobs: true,
                by,
                ..
            } => write!(
                f,
                "not sent: the time of the call ran out while as many bulk jobs were active as may \
                 be; raise {by}, or start fewer at once"
            )?,
            Kind::CallTimeout {
                queued: Some(_),
                by,
                ..
            } => self.write_no_turn(*by, f)?,
            Kind::CallTimeout { by, .. } => write!(
                f,
                "no complete answer in the time of the call; raise {by}; {}",
                self.how_to_repeat()
            )?,
            Kind::Paused { pause, .. } => {
                let again = if self.attempts() > 0 { " again" } else { "" };
                write!(f, "not sent{again}: {pause}")?;
            }
            Kind::Unbooked { reason, .. } => {
                let again = if self.attempts() > 0 { " again" } else { "" };
                write!(f, "not sent{again}: {reason}")?;
            }
            Kind::UnexpectedOrigin => f.write_str(
                "the answer came from another host, to which the http_client followed a \
                 redirect; turn redirects off on that client and check base_url",
            )?,
            Kind::Refused(answer) => {
                write_status(f, answer.status)?;
                self.write_refusal(f, answer)?;
                if answer.unreadable_wait {
                    f.write_str("; its Retry-After header cannot be read")?;
                }
                write!(f, "{}", ReasonsIn(answer.foreign_coding.as_deref()))?;
            }
            Kind::Unread { status, reason, .. } => {
                write_status(f, *status)?;
                write!(f, "{reason}")?;
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
        if let Some(pause) = self.printed_pause() {
            write!(f, "; {pause}; try again then")?;
        }
        if let Some(look_up) = self.0.job.filter(|_| self.may_have_been_acted_on()) {
            write!(f, "; a job may have been started: {look_up}")?;
        }
        write!(f, "{}", self.0.effort)?;
        match self.request_id() {
            Some(id) => write!(f, " [request id {id}]"),
            None => Ok(()),
        }
    }
}

impl Error {
    fn write_no_turn(&self, by: TimeOption, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let again = if self.attempts() > 0 { " again" } else { "" };
        write!(
            f,
            "not sent{again}: the time of the call ran out while it waited for its turn under the \
             rate limit; raise {by}, or start fewer calls at once (it waited {})",
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

    /// The advice where the outcome of the call is unknown. Repeating blindly could, say, create a candidate twice.
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
        let conventions = answer.conventions;
        let (key, kind) = (conventions.credential_name, conventions.permission_name);
        match answer.status {
            StatusCode::UNAUTHORIZED => {
                write!(
                    f,
                    "the {key} is unknown or revoked{}; {}",
                    if answer.renewed {
                        ", and so is the one that was fetched in its place"
                    } else {
                        ""
                    },
                    conventions.credential_hint
                )?;
            }
            StatusCode::FORBIDDEN if answer.is_missing_permission() => {
                return write!(
                    f,
                    "the {key} lacks the {kind} {permission}; {}",
                    conventions.permission_hint
                );
            }
            StatusCode::FORBIDDEN => write!(
                f,
                "not allowed; either the {key} lacks the {kind} {permission}, or the acting \
                 user may not do this"
            )?,
            StatusCode::NOT_FOUND => {
                f.write_str("there is no such record, or no such acting user; check the ids")?;
            }
            // Until when is said behind it.
            StatusCode::TOO_MANY_REQUESTS if answer.retry_after.is_some() => {
                f.write_str("the rate limit is reached")?;
            }
            StatusCode::TOO_MANY_REQUESTS => {
                f.write_str("the rate limit is reached; try again later")?;
            }
            _ if self.is_cursor_expired() => f.write_str(
                "the cursor of the next page was refused, most likely because it has expired; \
                 begin the list again at its first page (Error::resume_url): what was handed out \
                 comes again",
            )?,
            _ if !answer.unknown_parameters.is_empty() => write!(
                f,
                "refused: the service does not know the query parameters {}",
                answer.unknown_parameters.join(", ")
            )?,
            _ if !answer.field_errors.is_empty() => {
                return write_field_errors(f, &answer.field_errors);
            }
            status if status.is_redirection() => {
                f.write_str("redirects are not followed; check base_url")?;
            }
            StatusCode::REQUEST_TIMEOUT => {
                write!(f, "the service timed out; {}", self.how_to_repeat())?;
            }
            StatusCode::TOO_EARLY => f.write_str("refused as too early; try again later")?,
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
