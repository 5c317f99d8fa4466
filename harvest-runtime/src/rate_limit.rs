//! What an answer says about the rate limit.

use chrono::{DateTime, Utc};
use http::header::HeaderMap;

/// What an answer says about the rate limit: figures for people. Keeping to the limit needs no help; that is what the
/// client's limiter does.
///
/// Any of the three can be missing: some services send all with each answer, some only the first two.
///
/// ```
/// use harvest_runtime::Response;
///
/// fn report<T>(response: &Response<T>) {
///     let figures = response.rate_limit();
///     if let (Some(remaining), Some(limit)) = (figures.remaining(), figures.limit()) {
///         println!("{remaining} of {limit} requests left");
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    limit: Option<u32>,
    remaining: Option<u32>,
    reset: Option<DateTime<Utc>>,
}

impl RateLimit {
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
        let number = |name| text(name)?.parse().ok();
        Self {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset: text("x-ratelimit-reset").and_then(moment),
        }
    }

    /// How many requests the key has in each period (`X-RateLimit-Limit`).
    pub fn limit(&self) -> Option<u32> {
        self.limit
    }

    /// How many were left in the period after this one (`X-RateLimit-Remaining`). Everything that uses the key counts.
    pub fn remaining(&self) -> Option<u32> {
        self.remaining
    }

    /// When a new period begins at the latest, by the service's clock (`X-RateLimit-Reset`).
    pub fn reset(&self) -> Option<DateTime<Utc>> {
        self.reset
    }
}

/// Seconds since 1970, or a date.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    match text.parse() {
        Ok(seconds) => DateTime::from_timestamp(seconds, 0),
        Err(_) => Some(DateTime::parse_from_rfc2822(text).ok()?.to_utc()),
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn read(headers: &[(&'static str, &'static str)]) -> RateLimit {
        let headers = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_static(value),
            )
        });
        RateLimit::read(&headers.collect())
    }

    #[test]
    fn figures() {
        let all = read(&[
            ("X-RateLimit-Limit", "50"),
            ("x-ratelimit-remaining", " 0 "),
            ("X-RATELIMIT-RESET", "1772445600"),
        ]);
        assert_eq!((all.limit(), all.remaining()), (Some(50), Some(0)));
        assert_eq!(
            all.reset().unwrap().to_rfc3339(),
            "2026-03-02T10:00:00+00:00"
        );
        let date = read(&[("X-RateLimit-Reset", "Mon, 02 Mar 2026 10:00:00 GMT")]);
        assert_eq!(date.reset(), all.reset());
    }

    #[test]
    fn nonsense_is_nothing() {
        let nothing = read(&[]);
        for odd in ["", "-1", "many", "1.5", "99999999999999999999"] {
            let read = read(&[
                ("x-ratelimit-limit", odd),
                ("x-ratelimit-remaining", odd),
                ("x-ratelimit-reset", if odd == "-1" { "" } else { odd }),
            ]);
            assert_eq!(read, nothing, "{odd}");
        }
        assert_eq!(
            read(&[("x-ratelimit-reset", "9223372036854775807")]),
            nothing
        );
    }
}
