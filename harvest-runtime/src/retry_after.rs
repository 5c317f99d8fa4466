//! How long the service asks to wait.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// `Retry-After` in either of its forms: seconds (with a fraction too, though RFC 9110 has none), or a date. A date is
/// measured by the answer's own clock where it tells the time, and is no wait at all once it has passed.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = http_date(headers, RETRY_AFTER)?;
    let now = http_date(headers, DATE).unwrap_or_else(Utc::now);
    Some((until - now).to_std().unwrap_or(Duration::ZERO))
}

pub(crate) fn http_date(headers: &HeaderMap, name: HeaderName) -> Option<DateTime<Utc>> {
    let text = headers.get(name)?.to_str().ok()?;
    Some(DateTime::parse_from_rfc2822(text.trim()).ok()?.to_utc())
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
            ("-1", None),
            ("NaN", None),
            ("inf", None),
            ("1e400", None),
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
    }
}
