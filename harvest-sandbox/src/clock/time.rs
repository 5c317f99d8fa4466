//! The forms of times that requests may have: those of ISO 8601.
//!
//! A day is `2026-03-01`, `20260301`, `2026-W09-7`, `2026W097`, `2026-060` or `2026060`. A month (`2026-03`) or a week
//! (`2026-W09`) stands for its first day, and a year alone for nothing: a number is more likely a mistake. A moment is a day,
//! `T`, and hours, minutes and seconds, of which the last ones may be missing, with colons if the day has dashes. The last of
//! them may have a fraction, after a point or a comma. Then comes `Z`, `+01`, `+0100` or `+01:00`; a time without a zone is of
//! UTC. Durations and intervals are no times.
//!
//! One rule for `date` and `date-time`: for offers, the documentation says that a moment will do where a day is asked for.
//! Nothing says that a day will do for a moment, but it is ISO 8601, which is all that is asked of a time.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use crate::clock::{Moment, moment};

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 64;
const SECOND: i64 = 1_000_000_000;

/// Whether a text is a day or a moment. A time whose zone takes it out of the years that have four digits is none.
pub(crate) fn is_time(text: &str) -> bool {
    moment(text).is_some()
}

/// The moment that a text stands for; that of a day is its first.
pub(super) fn read(text: &str) -> Option<Moment> {
    if text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let local = match text.split_once(['T', 't']) {
        None => day(text)
            .or_else(|| beginning(text))?
            .and_time(NaiveTime::MIN),
        Some((date, time)) => {
            let (time, offset) = zone(time)?;
            // 24:00 is the end of the day; a time of day is with a form that is like that of the day.
            let (time, days) = time_of_day(time, date.contains('-'))?;
            let day = day(date)?.checked_add_signed(TimeDelta::days(days))?;
            day.and_time(time).checked_sub_offset(offset)?
        }
    };
    in_four_digits(local).map(|it| it.and_utc())
}

fn in_four_digits(time: NaiveDateTime) -> Option<NaiveDateTime> {
    (0..=9999).contains(&time.year()).then_some(time)
}

/// The number that a part of a text is, if it is digits alone.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let are_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| are_digits)
}

/// A text cut into parts of so many bytes, if it is exactly as long.
fn parts<const N: usize>(text: &str, lengths: [usize; N]) -> Option<[&str; N]> {
    let mut rest = text;
    let mut parts = [""; N];
    for (part, length) in parts.iter_mut().zip(lengths) {
        (*part, rest) = rest.split_at_checked(length)?;
    }
    rest.is_empty().then_some(parts)
}

fn day(text: &str) -> Option<NaiveDate> {
    let calendar =
        |year, month, day| NaiveDate::from_ymd_opt(number(year)?, number(month)?, number(day)?);
    let ordinal = |year, day| NaiveDate::from_yo_opt(number(year)?, number(day)?);
    match text.len() {
        10 if text.contains('W') => match parts(text, [4, 1, 1, 2, 1, 1])? {
            [year, "-", "W", week, "-", day] => week_day(year, week, day),
            _ => None,
        },
        10 => match parts(text, [4, 1, 2, 1, 2])? {
            [year, "-", month, "-", day] => calendar(year, month, day),
            _ => None,
        },
        8 if text.contains('W') => match parts(text, [4, 1, 2, 1])? {
            [year, "W", week, day] => week_day(year, week, day),
            _ => None,
        },
        8 => {
            if let Some([year, "-", day]) = parts(text, [4, 1, 3]) {
                return ordinal(year, day);
            }
            let [year, month, day] = parts(text, [4, 2, 2])?;
            calendar(year, month, day)
        }
        7 => {
            let [year, day] = parts(text, [4, 3])?;
            ordinal(year, day)
        }
        _ => None,
    }
}

fn week_day(year: &str, week: &str, day: &str) -> Option<NaiveDate> {
    let day: u8 = number(day)?;
    let day = Weekday::try_from(day.checked_sub(1)?).ok()?;
    NaiveDate::from_isoywd_opt(number(year)?, number(week)?, day)
}

/// The first day of a month or a week.
fn beginning(text: &str) -> Option<NaiveDate> {
    if let Some([year, "-", month]) = parts(text, [4, 1, 2]) {
        return NaiveDate::from_ymd_opt(number(year)?, number(month)?, 1);
    }
    match parts(text, [4, 1, 1, 2]) {
        Some([year, "-", "W", week]) => week_day(year, week, "1"),
        _ => match parts(text, [4, 1, 2]) {
            Some([year, "W", week]) => week_day(year, week, "1"),
            _ => None,
        },
    }
}

/// A time of day and its zone, which is UTC if there is none.
fn zone(text: &str) -> Option<(&str, FixedOffset)> {
    let utc = FixedOffset::east_opt(0)?;
    if let Some(time) = text.strip_suffix(['Z', 'z']) {
        return Some((time, utc));
    }
    let Some(at) = text.find(['+', '-']) else {
        return Some((text, utc));
    };
    let (time, zone) = text.split_at(at);
    let (sign, zone) = zone.split_at(1);
    let (hours, minutes) = match zone.len() {
        2 => (zone, "0"),
        4 => zone.split_at(2),
        _ => match parts(zone, [2, 1, 2])? {
            [hours, ":", minutes] => (hours, minutes),
            _ => return None,
        },
    };
    let (hours, minutes): (i32, i32) = (number(hours)?, number(minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = (hours * 60 + minutes) * 60;
    let seconds = if sign == "-" { -seconds } else { seconds };
    Some((time, FixedOffset::east_opt(seconds)?))
}

/// A time of day, and how many days after its day it is: 1 for the end of the day.
fn time_of_day(text: &str, extended: bool) -> Option<(NaiveTime, i64)> {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, nanoseconds(fraction)?),
        None => (text, 0),
    };
    let digits: Vec<&str> = match (whole.len(), extended) {
        (2, _) => vec![whole],
        (4, false) => parts(whole, [2, 2])?.to_vec(),
        (6, false) => parts(whole, [2, 2, 2])?.to_vec(),
        (5, true) => match parts(whole, [2, 1, 2])? {
            [hour, ":", minute] => vec![hour, minute],
            _ => return None,
        },
        (8, true) => match parts(whole, [2, 1, 2, 1, 2])? {
            [hour, ":", minute, ":", second] => vec![hour, minute, second],
            _ => return None,
        },
        _ => return None,
    };
    let numbers: Vec<i64> = digits.into_iter().map(number).collect::<Option<_>>()?;
    let (hour, minute, second, unit) = match numbers.as_slice() {
        [hour] => (*hour, 0, 0, 3_600),
        [hour, minute] => (*hour, *minute, 0, 60),
        [hour, minute, second] => (*hour, *minute, *second, 1),
        _ => return None,
    };
    if hour == 24 && minute == 0 && second == 0 && fraction == 0 {
        return Some((NaiveTime::MIN, 1));
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // A leap second is the second before it, going on.
    let leap = i64::from(second == 60);
    let within = fraction * unit;
    let seconds = hour * 3_600 + minute * 60 + second - leap + within / SECOND;
    let nanoseconds = within % SECOND + leap * SECOND;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(
        u32::try_from(seconds).ok()?,
        u32::try_from(nanoseconds).ok()?,
    );
    Some((time?, 0))
}

/// The digits of a fraction in nanoseconds; what is smaller is cut off.
fn nanoseconds(fraction: &str) -> Option<i64> {
    let are_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.is_empty() || !are_digits {
        return None;
    }
    let digits: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    number(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{parse, stamp};

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
            "202603",
            "2026-3-1",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-13",
            "2026-04-31",
            "2026-03-00",
            "2026-366",
            "2026-W54-1",
            "2026-W01-8",
            "2026-W01-0",
            "2026-W011",
            "2026W01-1",
            "+026-03-01",
            "+2026-03-01",
            "-2026-03-01",
            "2026-02-11 09:14:05Z",
            "2026-02-11T24:00:01Z",
            "2026-02-11T25",
            "2026-02-11T09:60",
            "2026-02-11T09:14:61Z",
            "2026-02-11T09:14:05.Z",
            "2026-02-11T09:14:05.1,2Z",
            "2026-02-11T09:14:05 01:00",
            "2026-02-11T09:14:05+24:00",
            "2026-02-11T09:14:05+1",
            "2026-02-11T09:14:05+01:0",
            "2026-02-11T09:14:05+-1:00",
            "2026-02-11T091405Z",
            "20260211T09:14:05Z",
            "2026-02T09",
            "2026-W07T09",
            "2026-02-11T",
            "2026-02-11TZ",
            "2026-02-11T+9",
            "P1D",
            "2026-02-11/2026-02-12",
            "１２３４-01-01",
            "9999-12-31T23:59:59-14:00",
            "9999-12-31T24:00Z",
            "0000-01-01T00:00:00+14:00",
        ] {
            assert!(!is_time(bad), "{bad}");
        }
        let long = format!("2026-02-11T09:14:05.{}Z", "1".repeat(LONGEST));
        assert!(!is_time(&long));
    }

    #[test]
    fn every_form_of_one_time_is_that_time() {
        let same = |forms: &[&str], kept: &str| {
            for form in forms {
                assert_eq!(parse(form).as_deref(), Some(kept), "{form}");
            }
        };
        same(
            &[
                "2026-03-01",
                "20260301",
                "2026-W09-7",
                "2026W097",
                "2026-060",
                "2026060",
                "2026-03",
                "2026-03-01T00",
                "2026-02-28T24:00",
                "2026-02-28T24:00:00.0Z",
                "2026-03-01T01+01",
                "20260228T2330-0030",
            ],
            "2026-03-01T00:00:00.000Z",
        );
        same(
            &["2026-W09", "2026W09", "2026-02-23"],
            "2026-02-23T00:00:00.000Z",
        );
        same(
            &[
                "2026-03-01T09:30:00Z",
                "2026-03-01T09:30:00",
                "2026-03-01T09:30",
                "2026-03-01T09.5",
                "2026-03-01T09,5Z",
                "2026-03-01T10:30:00+01:00",
                "2026-03-01T10:30:00+0100",
                "2026-03-01T10:30+01",
                "20260301T093000Z",
                "20260301T0930",
                "2026-060T08:30-01:00",
                "2026W097T0930",
            ],
            "2026-03-01T09:30:00.000Z",
        );
        same(
            &["2026-03-01T09:30.5", "20260301T0930,50Z"],
            "2026-03-01T09:30:30.000Z",
        );
    }

    #[test]
    fn what_chrono_writes_is_read_as_the_same() {
        let start: Moment = "1999-12-27T00:00:00.123Z".parse().unwrap();
        for step in 0..3_000 {
            let moment = start + TimeDelta::minutes(step * 6_007);
            for form in [
                "%Y-%m-%dT%H:%M:%S%.3fZ",
                "%Y%m%dT%H%M%S%.3fZ",
                "%G-W%V-%uT%H:%M:%S%.3f",
                "%GW%V%uT%H%M%S%.3f+00",
                "%Y-%jT%H:%M:%S%.3f-00:00",
                "%Y%jT%H%M%S%.3f+0000",
            ] {
                let text = moment.format(form).to_string();
                assert_eq!(parse(&text), Some(stamp(moment)), "{text}");
            }
        }
    }
}
