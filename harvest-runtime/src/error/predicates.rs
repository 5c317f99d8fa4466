//! Predicates of an error: what failed, and what to do next.

use http::StatusCode;

use super::{Delivery, Error, Kind};
use crate::answer_body::Unread;
use crate::call_stats::GaveUp;
use crate::error_answer::ErrorAnswer;
use crate::transient::is_transient;
use crate::{DecodeError, FieldError, TokenError};

impl Error {
    /// The same call may succeed later: there was no connection or no complete answer, or the status is 408, 425,
    /// 429, 500, 502, 503, 504 or 520 to 524 (a content delivery network that had no good answer from the service).
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
            Kind::CallTimeout { .. }
            | Kind::Paused { .. }
            | Kind::Unbooked { .. }
            | Kind::Unread {
                reason: Unread::Damaged,
                ..
            } => true,
            Kind::Refused(answer) => is_transient(answer.status),
            Kind::Token(error) => error.is_transient(),
            Kind::File(failure) => {
                failure.is_transient() || failure.status().is_some_and(is_transient)
            }
            _ => false,
        }
    }

    /// An attempt failed in a way that passes, and the service cannot have acted on it.
    pub(crate) fn is_unprocessed(&self) -> bool {
        match self.0.kind {
            Kind::Transport { delivery, .. } => delivery == Delivery::NotSent,
            _ => self.is_refused_with(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// The service does not know the credential (401).
    ///
    /// # Troubleshooting
    ///
    /// The key or token is wrong, revoked, or of another kind. A base URL that leads to another account's proxy ends
    /// here, too. Of tokens that are fetched, a new one was fetched, and refused as well.
    pub fn is_unauthorized(&self) -> bool {
        self.is_refused_with(StatusCode::UNAUTHORIZED)
    }

    /// There is no access token to send the call with: the token service refused, failed or could not be reached, or a
    /// [source](crate::TokenSource) of your own failed. The call was not sent. [`token_error`](Self::token_error) knows
    /// more.
    ///
    /// # Troubleshooting
    ///
    /// The text says what to check. What passes was tried again already.
    pub fn is_token(&self) -> bool {
        self.token_error().is_some()
    }

    /// The reason for which there is no access token.
    pub fn token_error(&self) -> Option<&TokenError> {
        match &self.0.kind {
            Kind::Token(error) => Some(error),
            _ => None,
        }
    }

    /// The key lacks the permission for this endpoint: a 403 whose message says so. It
    /// [is forbidden](Self::is_forbidden), too.
    ///
    /// # Troubleshooting
    ///
    /// Give the credential the [`permission`](Self::permission); the text of the error says where. Permissions are
    /// single: one to read a list does not include reading a record.
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
    /// [`field_errors`](Self::field_errors) and [`message`](Self::message) say what to correct. Sending the same again
    /// does not help.
    pub fn is_validation(&self) -> bool {
        self.is_refused_with(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The service does not know query parameters of the call, and names them (422). It
    /// [is a validation error](Self::is_validation), too.
    ///
    /// # Troubleshooting
    ///
    /// Names are those of the one list: a filter of another list is unknown to it.
    pub fn unknown_parameters(&self) -> &[String] {
        self.answer()
            .map_or(&[], |answer| &answer.unknown_parameters)
    }

    /// A later page of a list was refused (422), where the service pages by cursor: most likely the cursor has expired. It
    /// [is a validation error](Self::is_validation), too.
    ///
    /// # Troubleshooting
    ///
    /// [`resume_url`](Self::resume_url) is the first page, with the filters of the first call: begin there again. What was
    /// [delivered](Self::delivered) comes again, so skip what you have by its id; with newest ids first, that is all up to
    /// the last id that you saw. Between two pages there should be less time: read a list to its end before working on it.
    pub fn is_cursor_expired(&self) -> bool {
        self.0.list.as_ref().is_some_and(|list| list.cursor_expired)
    }

    /// What the service says is wrong with single fields, if it [refuses what is in the call](Self::is_validation).
    pub fn validation(&self) -> Option<&[FieldError]> {
        self.is_validation().then(|| self.field_errors())
    }

    /// The key has used up its requests for now, or the server of a file was asked too often: the service said so (429), or asked for [a pause](Self::is_paused) that
    /// was not waited for, or the time of the call ran out while it
    /// waited for its turn, which [is a timeout](Self::is_call_timeout), too. [`waited`](Self::waited) says how long it
    /// waited in vain, [`retry_after`](Self::retry_after) how long to wait now.
    ///
    /// # Troubleshooting
    ///
    /// Nothing was done. Wait and send it again, or give calls more time
    /// ([`ClientBuilder::timeout`](crate::ClientBuilder::timeout)). The limit counts all programs that use the key.
    pub fn is_rate_limited(&self) -> bool {
        match self.0.kind {
            Kind::CallTimeout { queued, .. } => queued.is_some(),
            Kind::Paused { .. } => true,
            Kind::Token(ref error) => error.is_paused(),
            Kind::File(ref failure) => failure.is_rate_limited(),
            _ => self.is_refused_with(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// The service may have carried the call out, for all that is known: the connection broke or the time ran out after it was
    /// sent, the service failed (5xx) or timed out (408), or its answer could not be read.
    ///
    /// # Troubleshooting
    ///
    /// Of a change, look whether it is there before it is sent again. Where this is false, nothing was done.
    pub fn may_have_been_acted_on(&self) -> bool {
        match &self.0.kind {
            Kind::Transport { error, delivery } => {
                *delivery != Delivery::NotSent && !error.is_builder()
            }
            Kind::CallTimeout { queued, .. } => queued.is_none(),
            Kind::Refused(answer) => {
                answer.status.is_server_error() || answer.status == StatusCode::REQUEST_TIMEOUT
            }
            Kind::UnexpectedOrigin | Kind::Unread { .. } | Kind::Decode { .. } => true,
            _ => false,
        }
    }

    /// The service asked for a pause, and the call did not wait for its end: with it, the pauses of the call would take
    /// longer than [`ClientBuilder::max_pause`](crate::ClientBuilder::max_pause), or than the time that it has. It was not sent
    /// (again). Services ask by `Retry-After` with any status that [passes](Self::is_transient), or by headers that put the
    /// next request off for longer than the window of their limit. If it was by 429 or by the headers, it
    /// [is the rate limit](Self::is_rate_limited), too. The call that was refused so has a
    /// [`status`](Self::status); later ones, which were not sent, have none.
    ///
    /// # Troubleshooting
    ///
    /// [`paused_until`](Self::paused_until) and [`retry_after`](Self::retry_after) say when to try again; a list goes on at
    /// its [`resume_url`](Self::resume_url). Until then all calls under the same [`Limiter`](crate::Limiter) fail alike. A
    /// pause of hours mostly means that a key was blocked; ask the service why.
    pub fn is_paused(&self) -> bool {
        let did_not_wait = matches!(self.0.effort.gave_up, Some(GaveUp::Paused(_)));
        matches!(self.0.kind, Kind::Paused { .. })
            || self.token_error().is_some_and(|it| it.pause().is_some())
            || did_not_wait && self.status().is_some_and(is_transient)
    }

    /// The service failed (5xx).
    ///
    /// # Troubleshooting
    ///
    /// Try again later. A change may or may not have been carried out: look before it is sent again, unless its
    /// operation is [idempotent](crate::Operation::idempotent). Large lists run into the service's own time limit; smaller
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

    /// The limiter books in a server (`Limiter::redis`) that could not be asked for some seconds. The call was not sent
    /// (again): without the server, it is unknown what other processes have sent.
    ///
    /// # Troubleshooting
    ///
    /// Look after the server, and try again. The text of the error says in a word what is wrong with it.
    pub fn is_unbooked(&self) -> bool {
        matches!(self.0.kind, Kind::Unbooked { .. })
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
        match &self.0.kind {
            Kind::CallTimeout { .. } => true,
            Kind::Token(error) => error.is_out_of_time(),
            _ => false,
        }
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
            Kind::Transport { delivery, .. } => *delivery != Delivery::Sent,
            Kind::File(failure) => failure.is_connect(),
            _ => false,
        }
    }

    /// The service reported a success, but its answer is not what the model says.
    ///
    /// # Troubleshooting
    ///
    /// A change **was** carried out; do not send it again. [`decode_path`](Self::decode_path) says where the answer
    /// differs: report that, as the model has to be corrected. If it is not JSON at all, something between you and the
    /// service answered in its place.
    pub fn is_decode(&self) -> bool {
        self.decode_error().is_some()
    }

    /// Where in the answer decoding failed: `[3].emails[0].type`. Keys that look like data rather than like the name of
    /// a property are `?`. `None` if it was not JSON, or failed at its root.
    pub fn decode_path(&self) -> Option<&str> {
        self.decode_error()?.path()
    }

    pub(super) fn decode_error(&self) -> Option<&DecodeError> {
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

    /// The call is a write, and the client makes a dry run: it was [recorded](crate::DryRun) instead of sent.
    ///
    /// # Troubleshooting
    ///
    /// Take it for a row that would be sent and go on: [`DryRun::skip`](crate::DryRun::skip).
    pub fn is_dry_run(&self) -> bool {
        matches!(self.0.kind, Kind::DryRun)
    }

    /// There is a next page that is not followed: it is at another host, or was fetched before, or its URL makes no
    /// sense; or 100 pages in a row brought no new record, and still each named another page.
    ///
    /// # Troubleshooting
    ///
    /// If the list would [go on](Self::resume_url), it can be resumed: look whether the records still change.
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
    /// [`PollOptions::timeout`](crate::PollOptions::timeout).
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
}
