//! Events and spans for `tracing`, in the names of OpenTelemetry's HTTP attributes.
//!
//! Everything that is traced is written here, so that it can be seen at a glance that no id, query, body or header
//! value is. Names of operations, templates of paths, statuses, numbers and times; nothing else comes in.

use std::time::Duration;

use http::StatusCode;
use tracing::field::{Empty, display};
use tracing::{Span, debug, debug_span, info_span, warn};

use crate::call_stats::CallStats;
use crate::prepared::Prepared;
use crate::response::Head;
use crate::{Error, Operation};

// The macros want it as a literal or constant; the module's path would change when code moves.
const TARGET: &str = "harvest";

pub(crate) fn call(request: &Prepared) -> Span {
    let Operation { id, path, .. } = *request.operation;
    let method = request.method.as_str();
    let base_url = request.core.base_url();
    info_span!(
        target: TARGET,
        "harvest.call",
        otel.name = %format_args!("{method} {path}"),
        otel.kind = "client",
        harvest.operation = id,
        http.request.method = method,
        url.template = path,
        server.address = base_url.host_str(),
        server.port = base_url.port_or_known_default(),
        http.response.status_code = Empty,
        "error.type" = Empty,
        harvest.request_id = Empty,
        harvest.attempts = Empty,
        harvest.wait_ms = Empty,
        harvest.duration_ms = Empty,
    )
}

/// `number` counts from 1.
pub(crate) fn attempt(request: &Prepared, number: u32) -> Span {
    let method = request.method.as_str();
    let span = debug_span!(
        target: TARGET,
        "harvest.attempt",
        otel.name = %format_args!("{method} {}", request.operation.path),
        otel.kind = "client",
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        "error.type" = Empty,
        harvest.request_id = Empty,
        harvest.duration_ms = Empty,
    );
    // The convention has no 0.
    if number > 1 {
        span.record("http.request.resend_count", number - 1);
    }
    span
}

/// How an attempt or a call ended.
#[derive(Clone, Copy)]
pub(crate) enum End<'a> {
    Answer(&'a Head),
    Error(&'a Error),
}

impl End<'_> {
    fn record(self, span: &Span, took: Duration) {
        let (status, request_id) = match self {
            Self::Answer(head) => (Some(head.status), head.request_id()),
            Self::Error(error) => (error.status(), error.request_id()),
        };
        if let Some(status) = status {
            span.record("http.response.status_code", status.as_u16());
        }
        if let Some(request_id) = request_id {
            span.record("harvest.request_id", request_id);
        }
        if let Self::Error(error) = self {
            record_type(span, error);
        }
        span.record("harvest.duration_ms", millis(took));
    }
}

pub(crate) fn attempt_ended(span: &Span, end: End<'_>, took: Duration) {
    end.record(span, took);
}

pub(crate) fn call_ended(span: &Span, end: End<'_>, effort: &CallStats, took: Duration) {
    end.record(span, took);
    span.record("harvest.attempts", effort.attempts);
    span.record("harvest.wait_ms", millis(effort.waited));
    if let End::Error(error) = end {
        let (kind, attempts) = (error_type(error), effort.attempts);
        let wait_ms = millis(effort.waited);
        if attempts > 1 {
            warn!(target: TARGET,
                { "error.type" = %kind, harvest.attempts = attempts, harvest.wait_ms = wait_ms },
                "failed");
        } else {
            debug!(target: TARGET,
                { "error.type" = %kind, harvest.attempts = attempts, harvest.wait_ms = wait_ms },
                "failed");
        }
    }
}

/// Of a transfer only its outcome is traced: its URL is a secret, and its host need not be the API's.
pub(crate) fn download() -> Span {
    info_span!(
        target: TARGET,
        "harvest.download",
        otel.name = "GET",
        otel.kind = "client",
        http.request.method = "GET",
        http.response.status_code = Empty,
        "error.type" = Empty,
        harvest.attempts = Empty,
        harvest.wait_ms = Empty,
        harvest.duration_ms = Empty,
        harvest.bytes = Empty,
    )
}

pub(crate) fn download_ended(
    span: &Span,
    result: Result<u64, &Error>,
    effort: &CallStats,
    took: Duration,
) {
    match result {
        Ok(bytes) => {
            span.record("http.response.status_code", StatusCode::OK.as_u16());
            // The caller reads a stream.
            if bytes > 0 {
                span.record("harvest.bytes", bytes);
            }
        }
        Err(error) => {
            if let Some(status) = error.status() {
                span.record("http.response.status_code", status.as_u16());
            }
            record_type(span, error);
        }
    }
    span.record("harvest.attempts", effort.attempts);
    span.record("harvest.wait_ms", millis(effort.waited));
    span.record("harvest.duration_ms", millis(took));
}

pub(crate) fn waited_for_turn(waited: Duration) {
    debug!(target: TARGET, { harvest.wait_ms = millis(waited) }, "waited for the rate limit");
}

pub(crate) fn trying_again(error: &Error, attempts: u32, wait: Duration) {
    warn!(
        target: TARGET,
        {
            "error.type" = %error_type(error),
            http.request.resend_count = attempts,
            harvest.wait_ms = millis(wait),
        },
        "trying again"
    );
}

/// There is no span: nothing is sent.
pub(crate) fn recorded(operation: &Operation) {
    debug!(
        target: TARGET,
        {
            harvest.operation = operation.id,
            http.request.method = operation.method.as_str(),
            url.template = operation.path,
        },
        "recorded by a dry run"
    );
}

/// The span of the call is over by then, so the operation is named again.
pub(crate) fn not_decoded(operation: &Operation, status: StatusCode) {
    warn!(
        target: TARGET,
        {
            harvest.operation = operation.id,
            http.request.method = operation.method.as_str(),
            url.template = operation.path,
            http.response.status_code = status.as_u16(),
            "error.type" = "decode",
        },
        "not decoded"
    );
}

fn record_type(span: &Span, error: &Error) {
    span.record("error.type", display(error_type(error)));
}

/// A status where there is one, as the convention has it; otherwise one of a few words.
fn error_type(error: &Error) -> std::borrow::Cow<'static, str> {
    match error.status() {
        Some(status) => status.as_u16().to_string().into(),
        None => error.type_name().into(),
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
