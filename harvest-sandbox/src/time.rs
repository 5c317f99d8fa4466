//! What counts as a point in time.

/// Whether a text is an ISO 8601 day (`2026-03-01`) or moment (`2026-03-01T09:30:00Z`, with or without a fraction of a
/// second, in any zone).
///
/// One rule for `date` and `date-time`: for offers, the documentation says that a moment will do where a day is asked for.
/// Nothing says that a day will do for a moment, but it is ISO 8601, which is all that is asked of a time.
pub(crate) fn is_time(text: &str) -> bool {
    match text.split_once(['T', 't']) {
        None => is_day(text),
        Some((day, time)) => is_day(day) && is_time_of_day(time),
    }
}

fn is_day(text: &str) -> bool {
    let [year, month, day] = split(text, '-');
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn is_time_of_day(text: &str) -> bool {
    let Some(zone_at) = text.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, zone) = text.split_at(zone_at);
    let (time, fraction) = match time.split_once('.') {
        Some((time, fraction)) => (time, Some(fraction)),
        None => (time, None),
    };
    let [hour, minute, second] = split(time, ':');
    // 60 is a leap second.
    in_range(hour, 23)
        && in_range(minute, 59)
        && in_range(second, 60)
        && fraction
            .is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        && is_zone(zone)
}

fn is_zone(text: &str) -> bool {
    if matches!(text, "Z" | "z") {
        return true;
    }
    match text
        .strip_prefix(['+', '-'])
        .and_then(|offset| offset.split_once(':'))
    {
        Some((hours, minutes)) => in_range(hours, 23) && in_range(minutes, 59),
        None => false,
    }
}

/// Three parts, the last of which takes the rest; missing ones are empty.
fn split(text: &str, by: char) -> [&str; 3] {
    let mut parts = text.splitn(3, by);
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

fn number(text: &str, digits: usize) -> Option<u32> {
    // `parse` alone would take a sign.
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn in_range(text: &str, max: u32) -> bool {
    number(text, 2).is_some_and(|n| n <= max)
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
        ] {
            assert!(!is_time(bad), "{bad}");
        }
    }
}
