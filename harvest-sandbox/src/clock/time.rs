//! The forms of times that requests may have.

use crate::clock::moment;

/// Whether a text is an ISO 8601 day (`2026-03-01`) or moment (`2026-03-01T09:30:00Z`, with or without a fraction of a
/// second, in any zone).
///
/// One rule for `date` and `date-time`: for offers, the documentation says that a moment will do where a day is asked for.
/// Nothing says that a day will do for a moment, but it is ISO 8601, which is all that is asked of a time.
/// A time whose zone takes it out of the years that have four digits is none.
pub(crate) fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    // chrono takes signs, single digits and a space in place of the `T`, too.
    let is_written_so = bytes
        .iter()
        .take(10)
        .enumerate()
        .all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && matches!(bytes.get(10), None | Some(b'T' | b't'));
    is_written_so && moment(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_time;

    #[test]
    fn days_and_moments() {
        for good in [
            "2026-03-01",
            "2024-02-29",
            "2000-02-29",
            "2026-02-11T09:14:05.120Z",
            "2026-02-11T09:14:05Z",
            "2026-02-11t09:14:05z",
            "2026-02-11T09:14:05+01:00",
            "2026-02-11T09:14:05.123456789-08:00",
            "2016-12-31T23:59:60Z",
            "9999-12-31T23:59:59+14:00",
            "0000-01-01",
        ] {
            assert!(is_time(good), "{good}");
        }
        for bad in [
            "",
            "tomorrow",
            "2026",
            "2026-3-1",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-04-31",
            "2026-03-00",
            "+026-03-01",
            "2026-02-11 09:14:05Z",
            "2026-02-11T09:14:05",
            "2026-02-11T09:14Z",
            "2026-02-11T24:00:00Z",
            "2026-02-11T09:14:05.Z",
            "2026-02-11T09:14:05+0100",
            "2026-02-11T09:14:05 01:00",
            "2026-02-11T",
            "１２３４-01-01",
            "9999-12-31T23:59:59-14:00",
            "0000-01-01T00:00:00+14:00",
        ] {
            assert!(!is_time(bad), "{bad}");
        }
    }
}
