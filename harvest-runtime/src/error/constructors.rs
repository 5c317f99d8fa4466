//! Constructors of errors.

use std::borrow::Cow;
use std::time::Duration;

use super::{Delivery, Error, Inner, Kind, List};
use crate::answer_body::Unread;
use crate::call_stats::CallStats;
use crate::error::not_ready::NotReady;
use crate::error::transfer::Failure;
use crate::error_answer::ErrorAnswer;
use crate::limit::{Pause, Unbooked};
use crate::response::Head;
use crate::time_option::TimeOption;
use crate::{DecodeError, Operation, TokenError};

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
        unconnected: Delivery,
    ) -> Self {
        let delivery = if error.is_connect() {
            unconnected
        } else {
            Delivery::Sent
        };
        // The URL holds ids and filters.
        let error = error.without_url();
        Self::new(Some(operation), Kind::Transport { error, delivery })
    }

    /// The time of the whole call ran out while it waited for its turn, which it would get after the time `turn`.
    pub(crate) fn no_turn(
        operation: &'static Operation,
        turn: Duration,
        by: TimeOption,
        last: Option<Error>,
    ) -> Self {
        Self::call_timeout(operation, Some(turn), false, by, last)
    }

    /// The time of the whole call ran out while it waited for an answer.
    pub(crate) fn no_answer(
        operation: &'static Operation,
        by: TimeOption,
        last: Option<Error>,
    ) -> Self {
        Self::call_timeout(operation, None, false, by, last)
    }

    /// The time of the whole call ran out while it waited for a place among the bulk jobs that may be active.
    pub(crate) fn no_place(operation: &'static Operation, by: TimeOption) -> Self {
        Self::call_timeout(operation, Some(Duration::ZERO), true, by, None)
    }

    fn call_timeout(
        operation: &'static Operation,
        queued: Option<Duration>,
        among_jobs: bool,
        by: TimeOption,
        last: Option<Error>,
    ) -> Self {
        let kind = Kind::CallTimeout {
            queued,
            among_jobs,
            by,
            last,
        };
        Self::new(Some(operation), kind)
    }

    /// The service asked for a pause that the call does not wait for.
    pub(crate) fn paused(operation: &'static Operation, pause: Pause, last: Option<Error>) -> Self {
        Self::new(Some(operation), Kind::Paused { pause, last })
    }

    /// The ledger of the limiter could not be asked.
    pub(crate) fn unbooked(
        operation: &'static Operation,
        reason: Unbooked,
        last: Option<Error>,
    ) -> Self {
        Self::new(Some(operation), Kind::Unbooked { reason, last })
    }

    /// There was a success, and its body was not read.
    pub(crate) fn unread(operation: &'static Operation, head: &Head, reason: Unread) -> Self {
        let reason = match reason {
            Unread::Transport(error) => return Self::transport(operation, error, Delivery::Sent),
            reason => reason,
        };
        let kind = Kind::Unread {
            status: head.status,
            request_id: head.request_id().map(str::to_owned),
            reason,
        };
        Self::new(Some(operation), kind)
    }

    /// There is no access token to send the call with.
    pub(crate) fn token(operation: &'static Operation, error: TokenError) -> Self {
        Self::new(Some(operation), Kind::Token(error))
    }

    /// The token was refused that took the place of another refused one.
    pub(crate) fn after_renewal(mut self) -> Self {
        if let Kind::Refused(answer) = &mut self.0.kind {
            answer.renewed = true;
        }
        self
    }

    /// A dry run recorded the call.
    pub(crate) fn dry_run(operation: &'static Operation) -> Self {
        Self::new(Some(operation), Kind::DryRun)
    }

    pub(crate) fn unexpected_origin(operation: &'static Operation) -> Self {
        Self::new(Some(operation), Kind::UnexpectedOrigin)
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
        let effort = CallStats::default();
        Self(Box::new(Inner {
            operation,
            kind,
            effort,
            list: None,
            job: None,
        }))
    }

    /// Of a call that starts a job: how to find out whether it did.
    pub(crate) fn starting_job(mut self, look_up: &'static str) -> Self {
        self.0.job = Some(look_up);
        self
    }

    pub(crate) fn with_effort(mut self, effort: CallStats) -> Self {
        self.0.effort = effort;
        self
    }

    /// It ended a list whose cursor was refused.
    pub(crate) fn at_expired_cursor(mut self) -> Self {
        if let Some(list) = &mut self.0.list {
            list.cursor_expired = true;
        }
        self
    }

    /// It ended a list.
    pub(crate) fn stopped(mut self, delivered: u64, resume_url: Option<String>) -> Self {
        // A list of several parts says it again, with what it has of all of them.
        let cursor_expired = self.is_cursor_expired();
        self.0.list = Some(List {
            delivered,
            resume_url,
            cursor_expired,
        });
        self
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::new(None, Kind::File(failure))
    }
}
