//! The rate limit as an answer reports it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::header::{DATE, HeaderMap};

use crate::retry_after::http_date;

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
    until_reset: Option<Duration>,
}

impl RateLimit {
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
        let number = |name| text(name)?.parse().ok();
        let now = http_date(headers, DATE).unwrap_or_else(Utc::now);
        let reset = text("x-ratelimit-reset").and_then(|text| moment(text, now));
        Self {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset,
            until_reset: reset.and_then(|reset| (reset - now).to_std().ok()),
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

    /// How long that is from the answer, whatever the clock of this machine says. `None` if it has passed.
    pub(crate) fn until_reset(&self) -> Option<Duration> {
        self.until_reset
    }
}

/// A date, or seconds since 1970. Small numbers are no moments of 1970 but seconds from now, as some services send them;
/// huge ones are milliseconds.
fn moment(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let Ok(number) = text.parse::<i64>() else {
        return Some(DateTime::parse_from_rfc2822(text).ok()?.to_utc());
    };
    match number {
        0..=100_000_000 => now.checked_add_signed(TimeDelta::seconds(number)),
        100_000_001..=100_000_000_000 => DateTime::from_timestamp(number, 0),
        100_000_000_001.. => DateTime::from_timestamp_millis(number),
        _ => None,
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
    fn a_reset_is_a_moment_in_any_form() {
        let date = ("date", "Mon, 02 Mar 2026 10:00:00 GMT");
        for (text, left) in [
            ("1772445630", Some(30)),
            ("1772445630000", Some(30)),
            ("30", Some(30)),
            ("0", Some(0)),
            ("Mon, 02 Mar 2026 10:00:30 GMT", Some(30)),
            ("1772445599", None),
        ] {
            let read = read(&[date, ("x-ratelimit-reset", text)]);
            assert_eq!(read.until_reset(), left.map(Duration::from_secs), "{text}");
            let moment = 1_772_445_600 + left.map_or(-1, u64::cast_signed);
            assert_eq!(read.reset().unwrap().timestamp(), moment, "{text}");
        }
    }

    #[test]
    fn nonsense_is_nothing() {
        let nothing = read(&[]);
        for odd in ["", "-1", "many", "1.5", "99999999999999999999"] {
            let read = read(&[
                ("x-ratelimit-limit", odd),
                ("x-ratelimit-remaining", odd),
                ("x-ratelimit-reset", odd),
            ]);
            assert_eq!(read, nothing, "{odd}");
        }
        assert_eq!(
            read(&[("x-ratelimit-reset", "9223372036854775807")]),
            nothing
        );
    }
}
