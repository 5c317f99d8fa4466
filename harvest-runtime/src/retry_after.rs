//! The delay that the service asks for.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use http::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// When a wait ends that began at a time.
pub(crate) fn end_of(begun: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    let wait = TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX);
    let end = begun.checked_add_signed(wait);
    end.unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The end of a pause for people: `2026-03-02T10:00:00Z at the earliest`. Rounded up to a second, so that no
/// caller comes too early.
pub(crate) struct EndOfPause(pub(crate) DateTime<Utc>);

impl fmt::Display for EndOfPause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The last moment of the calendar has no next.
        let next = self.0.checked_add_signed(TimeDelta::milliseconds(999));
        let until = next.unwrap_or(self.0);
        let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
        write!(f, "{until} at the earliest")
    }
}

/// For a number of seconds beyond all that can be calculated with.
const VERY_LONG: Duration = Duration::from_secs(u64::MAX);

/// `Retry-After` in either of its forms: seconds (with a fraction too, though RFC 9110 has none), or a date. A date is
/// measured by the answer's own clock where it has one, and is no wait at all once it has passed. Of several values,
/// as a proxy joins them, the longest wait counts; parameters are passed over.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let now = || http_date(headers, DATE).unwrap_or_else(Utc::now);
    let wait = |text: &str| match date(text) {
        Some(until) => Some((until - now()).to_std().unwrap_or(Duration::ZERO)),
        None => text.split(',').map(seconds).max().flatten(),
    };
    texts(headers).filter_map(wait).max()
}

/// Whether the service asks for a wait in a form that cannot be read.
pub(crate) fn is_unreadable(headers: &HeaderMap) -> bool {
    headers.contains_key(RETRY_AFTER) && retry_after(headers).is_none()
}

fn texts(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = headers.get_all(RETRY_AFTER).iter();
    values.filter_map(|value| value.to_str().ok())
}

fn seconds(text: &str) -> Option<Duration> {
    let text = text.split(';').next().unwrap_or_default().trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    // `inf` and `NaN` are numbers to Rust.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0)?;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(VERY_LONG))
}

pub(crate) fn http_date(headers: &HeaderMap, name: HeaderName) -> Option<DateTime<Utc>> {
    date(headers.get(name)?.to_str().ok()?)
}

/// A date in any of the three forms of RFC 9110, or with another zone than GMT.
fn date(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    match httpdate::parse_http_date(text) {
        Ok(time) => Some(time.into()),
        Err(_) => Some(DateTime::parse_from_rfc2822(text).ok()?.to_utc()),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn forms() {
        let date = "Mon, 02 Mar 2026 10:00:00 GMT";
        for (text, seconds) in [
            ("10", Some(10.0)),
            ("0", Some(0.0)),
            (" 7 ", Some(7.0)),
            ("1.5", Some(1.5)),
            ("Mon, 02 Mar 2026 10:00:30 GMT", Some(30.0)),
            ("Mon, 02 Mar 2026 09:00:00 GMT", Some(0.0)),
            // The older forms of RFC 9110.
            ("Monday, 02-Mar-26 10:00:30 GMT", Some(30.0)),
            ("Mon Mar  2 10:00:30 2026", Some(30.0)),
            ("Mon, 02 Mar 2026 11:00:30 +0100", Some(30.0)),
            ("60, 86400", Some(86_400.0)),
            ("86400;q=1", Some(86_400.0)),
            ("86400, soon", Some(86_400.0)),
            ("-1", None),
            ("NaN", None),
            ("inf", None),
            ("-1e300", None),
            ("soon", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(DATE, HeaderValue::from_static(date));
            headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
            assert_eq!(
                retry_after(&headers),
                seconds.map(Duration::from_secs_f64),
                "{text}"
            );
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
        assert!(!is_unreadable(&HeaderMap::new()));
    }

    #[test]
    fn ends_are_rounded_up() {
        let at = |milliseconds| DateTime::from_timestamp_millis(milliseconds).unwrap();
        for (end, text) in [
            (at(1_772_445_600_000), "2026-03-02T10:00:00Z"),
            (at(1_772_445_600_001), "2026-03-02T10:00:01Z"),
            (at(1_772_445_659_999), "2026-03-02T10:01:00Z"),
            (end_of(at(0), VERY_LONG), "+262142-12-31T23:59:59Z"),
        ] {
            assert_eq!(
                EndOfPause(end).to_string(),
                format!("{text} at the earliest")
            );
        }
    }

    #[test]
    fn beyond_all_bounds_is_very_long() {
        for text in [
            "18446744073709551615",
            "99999999999999999999999999",
            "1e300",
            "1e400",
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
            assert_eq!(retry_after(&headers), Some(VERY_LONG), "{text}");
        }
    }

    #[test]
    fn the_longest_of_several_counts() {
        let mut headers = HeaderMap::new();
        for text in ["5", "soon", "60"] {
            headers.append(RETRY_AFTER, HeaderValue::from_static(text));
        }
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(60)));
        assert!(!is_unreadable(&headers));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("soon"));
        assert!(is_unreadable(&headers));
    }
}
