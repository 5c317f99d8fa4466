//! Accessors of errors.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::StatusCode;

use super::{Error, Kind};
use crate::call_stats::GaveUp;
use crate::error::transfer::Failure;
use crate::error_answer::ErrorAnswer;
use crate::limit::AskedFor;
use crate::retry_after::EndOfPause;
use crate::transient::is_transient;
use crate::{FieldError, Operation};

impl Error {
    pub(super) fn answer(&self) -> Option<&ErrorAnswer> {
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

    pub(super) fn is_refused_with(&self, status: StatusCode) -> bool {
        self.answer().is_some_and(|answer| answer.status == status)
    }

    /// The operation that failed. `None` if a client could not be built, or if it is about a file, which need not be the
    /// API's.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The endpoint permission that the operation needs, by the name that people see where they grant it: `GET: List Users`. `None` too if that
    /// is not [described](crate::RawRequest).
    pub fn permission(&self) -> Option<&'static str> {
        let operation = self.0.operation?;
        Some(operation.permission).filter(|permission| !permission.is_empty())
    }

    /// The HTTP status, if there was an answer. It is a success if that could not be
    /// [decoded](Self::is_decode) or read ([too large](Self::is_response_too_large),
    /// [badly encoded](Self::is_bad_encoding)).
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.kind {
            Kind::Refused(answer) => Some(answer.status),
            Kind::Decode { status, .. } | Kind::Unread { status, .. } => Some(*status),
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

    /// What the service says is wrong with single fields: the first 1,000. Mostly with 422.
    pub fn field_errors(&self) -> &[FieldError] {
        self.answer().map_or(&[], |answer| &answer.field_errors)
    }

    /// Whether the [message](Self::message) or a [field error](Self::field_errors) repeats the key or token of the request, so
    /// that it should not be shown to the person whom the other messages are for.
    pub fn repeats_credential(&self) -> bool {
        self.answer()
            .is_some_and(|answer| answer.repeats_credential)
    }

    /// The id that the service gave the request (`X-Request-Id`), for its support. `None` too if it does not look like an
    /// id or repeats the credential, because ids are printed.
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Refused(answer) => answer.request_id.as_deref(),
            Kind::Decode { request_id, .. } | Kind::Unread { request_id, .. } => {
                request_id.as_deref()
            }
            _ => None,
        }
    }

    /// How long to wait before the next attempt.
    ///
    /// It is what the service asks for (`Retry-After`), with 429 and sometimes with 503. Where it says nothing and the
    /// [rate limit](Self::is_rate_limited) stood in the way, it is the estimate of the [`Limiter`](crate::Limiter): when
    /// the window ends as far as it is known, or a short time that grows with each refusal. Of a
    /// [pause](Self::is_paused) it is what is left of it, and of a call whose time ran out in the queue, how long the queue
    /// takes at the least. It counts from the time of the error.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::Paused { pause, .. } => Some(pause.left),
            Kind::Token(error) => Some(error.pause()?.left),
            Kind::CallTimeout { queued, .. } => *queued,
            Kind::Refused(answer) => answer.retry_after.or(answer.estimate),
            _ => self.asked_wait(),
        }
    }

    /// How long the service asks to wait, by its own word.
    pub(crate) fn asked_wait(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::Refused(answer) => answer.retry_after,
            Kind::File(failure) => failure.retry_after(),
            _ => None,
        }
    }

    /// The pause for which the service asks, by its own word.
    pub(crate) fn asked_for(&self) -> Option<AskedFor> {
        match &self.0.kind {
            Kind::Refused(answer) => answer.asked_for(),
            Kind::File(failure) => failure.asked_for(),
            _ => None,
        }
    }

    /// The same, where it is printed as what is wrong, and not as the reason for which there was no other attempt.
    pub(super) fn printed_pause(&self) -> Option<AskedFor> {
        let is_refused = self.status() == Some(StatusCode::TOO_MANY_REQUESTS);
        let is_told = matches!(self.0.effort.gave_up, Some(GaveUp::Paused(_)));
        self.asked_for().filter(|_| is_refused && !is_told)
    }

    /// When a [pause](Self::is_paused) ends, by the clock of this machine. Of one of more than a day by 429, when a day is over:
    /// then this client asks again.
    pub fn paused_until(&self) -> Option<DateTime<Utc>> {
        match &self.0.kind {
            Kind::Paused { pause, .. } => Some(pause.until),
            Kind::Token(error) => Some(error.pause()?.until),
            _ if self.is_paused() => Some(self.asked_for()?.until()),
            _ => None,
        }
    }

    /// When the service takes requests again that asked to be left alone, for people: `2026-03-02T10:00:00Z at the
    /// earliest`. Rounded up to a second. `None` too if it is in what the error prints.
    pub fn paused_until_text(&self) -> Option<String> {
        let is_told = self.is_paused() || self.printed_pause().is_some();
        let passes = self.status().is_some_and(is_transient) && !is_told;
        let pause = self.asked_for().filter(|_| passes)?;
        Some(EndOfPause(pause.until()).to_string())
    }

    /// How many records a list had handed out before this error ended it. `None` if it was no list
    /// ([`Pages`](crate::Pages), [`Items`](crate::Items)).
    pub fn delivered(&self) -> Option<u64> {
        Some(self.0.list.as_ref()?.delivered)
    }

    /// The page at which this error ended a list: pass it to [`Items::resume_from`](crate::Items::resume_from) or
    /// [`Pages::resume_from`](crate::Pages::resume_from) to go on behind the last record that was
    /// [delivered](Self::delivered). `None` if it was no list, or if there is no such page, as where the next page
    /// [leads to another host](Self::is_pagination).
    ///
    /// Where a list takes [several requests](crate::Request::query_split), the URL also says which were not made yet, in its
    /// fragment; and where a page has another path than its list, it says so there: keep it as it is.
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
}
