//! Value of a column: a JSON text as Parquet holds it without loss.

use harvest_runtime::chrono::{DateTime, NaiveDate};

use crate::text;

/// Microseconds since 1970 of a moment, which has no more digits than that.
pub(super) fn moment(json: &str) -> Option<i64> {
    let moment = DateTime::parse_from_rfc3339(&text::of(json)?).ok()?;
    // A leap second counts more than a second's nanoseconds.
    let nanoseconds = moment.timestamp_subsec_nanos();
    let is_exact = nanoseconds % 1_000 == 0 && nanoseconds < 1_000_000_000;
    is_exact.then(|| moment.timestamp_micros())
}

/// Days since 1970.
pub(super) fn day(json: &str) -> Option<i32> {
    let text = text::of(json)?;
    let day: NaiveDate = text.parse().ok()?;
    (day.to_string() == text).then(|| days(day))
}

pub(super) fn days(day: NaiveDate) -> i32 {
    // A calendar of chrono has fewer days than 32 bits count.
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_days() {
        for (json, expected) in [
            (r#""1970-01-01T00:00:00Z""#, Some(0)),
            (r#""1970-01-01T02:00:00.000001+02:00""#, Some(1)),
            (r#""1969-12-31T23:59:59.999999Z""#, Some(-1)),
            (r#""1970-01-01T00:00:00.0000001Z""#, None),
            (r#""2016-12-31T23:59:60Z""#, None),
            (r#""1970-01-01""#, None),
            ("0", None),
        ] {
            assert_eq!(moment(json), expected, "{json}");
        }
        for (json, expected) in [
            (r#""1970-01-02""#, Some(1)),
            (r#""1969-12-31""#, Some(-1)),
            (r#""2026-02-30""#, None),
            (r#""2026-2-3""#, None),
            (r#""2026-02-03T00:00:00Z""#, None),
        ] {
            assert_eq!(day(json), expected, "{json}");
        }
    }
}
