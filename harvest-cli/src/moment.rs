//! Moments and days on the command line: as RFC 3339 writes them, or so long ago.

use harvest_generated::runtime::chrono::{DateTime, Duration, NaiveDate, SecondsFormat, Utc};

/// A moment as the API takes it: `2026-11-29T08:00:00Z`, a day, or a time ago such as `7d`, `12h`, `30m`, `2w`.
pub(crate) fn moment(text: &str) -> Result<String, String> {
    moment_at(text, Utc::now())
}

/// A day as the API takes it: `2026-11-29`, or a time ago.
pub(crate) fn day(text: &str) -> Result<String, String> {
    if text.parse::<NaiveDate>().is_ok() {
        return Ok(text.to_owned());
    }
    let ago = ago(text).ok_or("a day such as 2026-11-29, or a time ago such as 7d")?;
    let day = Utc::now()
        .checked_sub_signed(ago)
        .ok_or("that is too long ago")?;
    Ok(day.format("%Y-%m-%d").to_string())
}

fn moment_at(text: &str, now: DateTime<Utc>) -> Result<String, String> {
    if DateTime::parse_from_rfc3339(text).is_ok() {
        return Ok(text.to_owned());
    }
    if text.parse::<NaiveDate>().is_ok() {
        return Ok(format!("{text}T00:00:00Z"));
    }
    let ago = ago(text).ok_or(
        "a moment such as 2026-11-29T08:00:00Z, a day, or a time ago such as 7d, 12h or 30m",
    )?;
    let moment = now.checked_sub_signed(ago).ok_or("that is too long ago")?;
    Ok(moment.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A number and a unit.
fn ago(text: &str) -> Option<Duration> {
    let unit = text.chars().last()?;
    let count: i64 = text
        .strip_suffix(unit)?
        .parse()
        .ok()
        .filter(|it| *it >= 0)?;
    match unit {
        'm' => Duration::try_minutes(count),
        'h' => Duration::try_hours(count),
        'd' => Duration::try_days(count),
        'w' => Duration::try_weeks(count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        let now = "2026-11-29T12:00:00Z".parse().expect("a moment");
        for (text, moment) in [
            ("2026-11-01T08:00:00+01:00", "2026-11-01T08:00:00+01:00"),
            ("2026-11-01", "2026-11-01T00:00:00Z"),
            ("7d", "2026-11-22T12:00:00Z"),
            ("36h", "2026-11-28T00:00:00Z"),
            ("0m", "2026-11-29T12:00:00Z"),
            ("1w", "2026-11-22T12:00:00Z"),
        ] {
            assert_eq!(moment_at(text, now).as_deref(), Ok(moment), "{text}");
        }
        for wrong in [
            "",
            "d",
            "7",
            "-7d",
            "7y",
            "2026-13-01",
            "9999999999999999d",
            "ü",
        ] {
            assert!(moment_at(wrong, now).is_err(), "{wrong}");
        }
    }
}
