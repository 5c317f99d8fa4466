//! Statuses that pass.

use std::ops::RangeInclusive;

use http::StatusCode;

/// How a content delivery network (Cloudflare) says that it got no answer from the service, or none that it understood:
/// for its customers what 502 and 504 are elsewhere.
const CDN_FAILURES: RangeInclusive<u16> = 520..=524;

/// Whether the same call may be answered otherwise later.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_EARLY
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    ) || CDN_FAILURES.contains(&status.as_u16())
}

/// Whether a status says that the service is overloaded or broken, and nothing of what it was asked for.
pub(crate) fn passes(status: StatusCode) -> bool {
    status.is_server_error() || is_transient(status)
}
