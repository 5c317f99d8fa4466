//! One call: attempts over the wire, until an answer is back or nothing more can be done.

use std::time::Duration;

use bytes::Bytes;
use futures_core::future::BoxFuture;
use http::StatusCode;
use http::header::{ACCEPT, ACCEPT_ENCODING, HeaderValue, USER_AGENT};
use reqwest::Url;
use tokio::time::Instant;
use tracing::{Instrument as _, Span};

use crate::answer_body::{self, check_values_and_memory};
use crate::attempt_loop::AttemptLoop;
use crate::auth::{Authorization, Failure};
use crate::call_stats::CallStats;
use crate::deadline::within;
use crate::error_answer::ErrorAnswer;
use crate::limit::{NoTurn, Permit};
use crate::prepared::Prepared;
use crate::response::Head;
use crate::trace::{self, End};
use crate::{DecodeError, Error, Operation, Response, TokenError, printable};

/// More than any error of the API takes; a proxy's page may be longer.
const MAX_ERROR_BODY: u64 = 64 * 1024;

/// A successful answer, read and not yet decoded.
pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) head: Head,
    body: Bytes,
}

impl Answer {
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as it came.
    pub(crate) fn undecoded(self) -> Response<Bytes> {
        Response::new(self.body.clone(), self.head, self.body)
    }

    /// What was read in it, with the answer.
    pub(crate) fn read_as<T>(self, value: T) -> Response<T> {
        Response::new(value, self.head, self.body)
    }

    /// The same answer, if it has no more values than may be decoded, and takes no more memory.
    fn within(self, limit: u64) -> Result<Self, Error> {
        match check_values_and_memory(&self.body, limit) {
            Ok(()) => Ok(self),
            Err(reason) => Err(Error::unread(self.operation, &self.head, reason)),
        }
    }

    pub(crate) fn decode<T>(
        self,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
    ) -> Result<Response<T>, Error> {
        match decode(self.head.status, &self.body) {
            Ok(value) => Ok(self.read_as(value)),
            Err(error) => Err(self.undecodable(error)),
        }
    }

    /// The same of a page, which knows where it came from.
    pub(crate) fn decode_page<T>(
        self,
        decode: fn(&Url, StatusCode, &[u8]) -> Result<T, DecodeError>,
    ) -> Result<Response<T>, Error> {
        match decode(&self.head.url, self.head.status, &self.body) {
            Ok(value) => Ok(self.read_as(value)),
            Err(error) => Err(self.undecodable(error)),
        }
    }

    pub(crate) fn undecodable(&self, error: DecodeError) -> Error {
        trace::not_decoded(self.operation, self.head.status);
        Error::decode(self.operation, &self.head, error)
    }
}

/// Makes a call that was filled without mistakes: sends it, again where that may help, and reads its answer. An answer
/// that is not 2xx is an error, and so is one that has too many values to be decoded.
pub(crate) fn exchange(
    request: Result<Prepared, Error>,
) -> BoxFuture<'static, Result<Answer, Error>> {
    exchange_for(true, request)
}

/// The same of an answer that is handed out as it came, whatever it is.
pub(crate) fn exchange_undecoded(
    request: Result<Prepared, Error>,
) -> BoxFuture<'static, Result<Answer, Error>> {
    exchange_for(false, request)
}

fn exchange_for(
    is_decoded: bool,
    request: Result<Prepared, Error>,
) -> BoxFuture<'static, Result<Answer, Error>> {
    Box::pin(async move {
        let request = request?;
        if request.is_kept_back() {
            trace::recorded(request.operation);
            return Err(Error::dry_run(request.operation));
        }
        let span = trace::call(&request);
        Call::new(&request, is_decoded)
            .run(&span)
            .instrument(span.clone())
            .await
    })
}

/// A call on its way.
struct Call<'a> {
    request: &'a Prepared,
    tries: AttemptLoop<'a>,
    /// What its answer is for.
    is_decoded: bool,
}

impl<'a> Call<'a> {
    fn new(request: &'a Prepared, is_decoded: bool) -> Self {
        Self {
            request,
            is_decoded,
            tries: AttemptLoop::new(&request.core, Some(request.operation)),
        }
    }

    async fn run(mut self, span: &Span) -> Result<Answer, Error> {
        let limit = self.request.core.settings().max_response_bytes;
        let result = match self.attempts().await {
            Ok(answer) if self.is_decoded => answer.within(limit),
            result => result,
        };
        let effort = self.tries.effort;
        let result = match result {
            Ok(mut answer) => {
                answer.head.effort = effort;
                Ok(answer)
            }
            Err(error) => Err(error.with_effort(effort)),
        };
        let end = match &result {
            Ok(answer) => End::Answer(&answer.head),
            Err(error) => End::Error(error),
        };
        trace::call_ended(span, end, &effort, self.tries.begun.elapsed());
        result
    }

    async fn attempts(&mut self) -> Result<Answer, Error> {
        let request = self.request;
        let credential = &request.core.shared().credential;
        let mut last = None;
        let mut renewed = false;
        loop {
            // Before its turn, so that a wait for the token takes no turn from others.
            let settings = request.core.settings();
            // What it waits in pauses of both services is counted once, by the token service's.
            let mut of_api = self.tries.patience;
            let deadline = of_api.deadline;
            let authorize = credential.authorize(request.acting_user, &mut self.tries.patience);
            let authorize = within(deadline, authorize);
            let on_wait = &settings.on_wait;
            let authorize = on_wait.token(request.operation, credential.limiter(), authorize);
            // No token is asked for that no call could be sent with.
            let authorize = settings.limiter.unless_paused(&mut of_api, authorize);
            let authorization = match authorize.await {
                Ok(Some(Ok(authorization))) => authorization,
                Ok(Some(Err(error))) => return Err(Error::token(request.operation, error)),
                Err(pause) => return Err(Error::paused(request.operation, pause, last)),
                Ok(None) => {
                    let late = TokenError::from(Failure::OutOfTime(settings.time_option));
                    return Err(Error::token(request.operation, late));
                }
            };
            let permit = match self.turn().await {
                Some(Ok(permit)) => permit,
                Some(Err(NoTurn::Paused(pause))) => {
                    return Err(Error::paused(request.operation, pause, last));
                }
                Some(Err(NoTurn::Unbooked(reason))) => {
                    return Err(Error::unbooked(request.operation, reason, last));
                }
                None => {
                    let limiter = &settings.limiter;
                    let turn = limiter.turn_behind(limiter.waiting());
                    return Err(Error::no_turn(
                        request.operation,
                        turn,
                        settings.time_option,
                        last,
                    ));
                }
            };
            self.tries.begin();
            let error = match self.attempt(permit, &authorization).await {
                Some(Ok(answer)) => {
                    self.tries.succeeded();
                    return Ok(answer);
                }
                Some(Err(error)) => error,
                None => {
                    return Err(Error::no_answer(
                        request.operation,
                        settings.time_option,
                        last,
                    ));
                }
            };
            if error.is_unauthorized() {
                if renewed {
                    // Refused, but by a service that is well.
                    self.tries.succeeded();
                    return Err(error.after_renewal());
                }
                // What was refused so was not acted on, whatever it is.
                if credential.invalidate(request.acting_user, &authorization) {
                    renewed = true;
                    last = Some(error.with_effort(self.tries.effort));
                    continue;
                }
            }
            let Some(wait) = self.tries.again_after(&error) else {
                return Err(error);
            };
            let waited = self.tries.wait(wait, &error).await;
            // Kept for `Error::attempts`, should the next attempt not end.
            last = Some(error.with_effort(self.tries.effort));
            if let Err(pause) = waited {
                return Err(Error::paused(request.operation, pause, last));
            }
        }
    }

    /// Waits for its turn under the rate limit. `None` if the time of the call ran out.
    async fn turn(&mut self) -> Option<Result<Permit, NoTurn>> {
        let queued = Instant::now();
        let settings = self.request.core.settings();
        let deadline = self.tries.patience.deadline;
        let turn = settings.limiter.acquire(&mut self.tries.patience);
        let turn = within(deadline, turn);
        let operation = self.request.operation;
        let permit = settings
            .on_wait
            .turn(operation, &settings.limiter, turn)
            .await;
        let waited = queued.elapsed();
        let effort = &mut self.tries.effort;
        effort.waited = effort.waited.saturating_add(waited);
        // Less is the time that asking takes, or a turn of the scheduler.
        if waited >= Duration::from_millis(1) {
            trace::waited_for_turn(waited);
        }
        permit
    }

    /// `None` if the time of the call ran out.
    async fn attempt(
        &self,
        permit: Permit,
        authorization: &Authorization,
    ) -> Option<Result<Answer, Error>> {
        let begun = Instant::now();
        let span = trace::attempt(self.request, self.tries.effort.attempts);
        let deadline = self.tries.patience.deadline;
        let attempt = attempt(self.request, permit, authorization, deadline);
        let result = within(deadline, attempt.instrument(span.clone())).await?;
        let end = match &result {
            Ok(answer) => End::Answer(&answer.head),
            Err(error) => End::Error(error),
        };
        trace::attempt_ended(&span, end, begun.elapsed());
        Some(result)
    }
}

/// Dropped on the way, it counts as sent: so does its permit.
async fn attempt(
    request: &Prepared,
    permit: Permit,
    authorization: &Authorization,
    deadline: Option<Instant>,
) -> Result<Answer, Error> {
    let operation = request.operation;
    let (shared, settings) = (request.core.shared(), request.core.settings());
    let mut outgoing = shared
        .http_client
        .request(request.method.clone(), request.url.clone())
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .header(ACCEPT_ENCODING, answer_body::ACCEPTED)
        // These take the place of what there is.
        .headers(request.headers.clone())
        .header(USER_AGENT, shared.user_agent.clone());
    if let Some(timeout) = settings.attempt_timeout {
        outgoing = outgoing.timeout(timeout);
    }
    if let Some(body) = &request.body {
        outgoing = outgoing.body(body.clone());
    }
    // Followed links are checked where they are read; this is the last line of defence.
    if shared.base_url.is_origin_of(&request.url) {
        outgoing = authorization.attach(outgoing);
    }

    let incoming = match outgoing.send().await {
        Ok(incoming) => incoming,
        Err(error) => {
            settings.limiter.failed(permit);
            return Err(Error::transport(operation, error, shared.unconnected));
        }
    };
    // A server may repeat the token of another call, too, or what tokens are issued for.
    let secrets = (authorization, &shared.credential);
    let mut head = Head {
        status: incoming.status(),
        request_id: printable::request_id(incoming.headers(), &secrets),
        headers: incoming.headers().clone(),
        url: incoming.url().clone(),
        effort: CallStats::default(),
    };
    // Only an HTTP client of the user's own follows redirects.
    if !shared.base_url.is_origin_of(incoming.url()) {
        return Err(Error::unexpected_origin(operation));
    }
    // Before the body is read, because the service counts by requests, not by bytes.
    let estimate = settings
        .limiter
        .observe(permit, head.status, &head.headers, Instant::now());
    if head.status.is_success() {
        let limit = settings.max_response_bytes;
        let body = answer_body::read(incoming, &mut head.headers, limit)
            .await
            .map_err(|reason| Error::unread(operation, &head, reason))?;
        Ok(Answer {
            operation,
            head,
            body,
        })
    } else {
        // If the body breaks off, the status is still worth more than a broken connection.
        let until = answer_body::reasons_until(head.status, deadline);
        let body =
            answer_body::read_beginning(incoming, &head.headers, MAX_ERROR_BODY, until).await;
        let (status, headers) = (head.status, &head.headers);
        let answer = ErrorAnswer::read(status, headers, &body.bytes, &secrets, shared.conventions);
        Err(Error::refused(
            operation,
            ErrorAnswer {
                estimate,
                foreign_coding: body.foreign_coding,
                ..answer
            },
        ))
    }
}
