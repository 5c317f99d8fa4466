//! Times of `jiff`: the feature `jiff`.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use crate::{Date, Timestamp};

impl Timestamp {
    /// The moment, where [`to_utc`](Self::to_utc) knows it and `jiff` has it: the years -9999 to 9999. A leap second is
    /// the end of the second before.
    pub fn to_jiff(&self) -> Option<jiff::Timestamp> {
        let moment = self.to_utc()?;
        let nanoseconds = moment.timestamp_subsec_nanos().min(999_999_999);
        jiff::Timestamp::new(moment.timestamp(), i32::try_from(nanoseconds).ok()?).ok()
    }
}

/// Written in milliseconds, as the service does; what is finer is cut off.
impl From<jiff::Timestamp> for Timestamp {
    fn from(moment: jiff::Timestamp) -> Self {
        // The years of `jiff` are among those of `chrono`.
        let moment = DateTime::<Utc>::from_timestamp_millis(moment.as_millisecond());
        moment.map(Self::from).unwrap_or_default()
    }
}

impl Date {
    /// The day, where [`to_naive_date`](Self::to_naive_date) knows it and `jiff` has it.
    pub fn to_jiff(&self) -> Option<jiff::civil::Date> {
        let day = self.to_naive_date()?;
        let (month, day_of_month) = (day.month(), day.day());
        jiff::civil::Date::new(
            i16::try_from(day.year()).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day_of_month).ok()?,
        )
        .ok()
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(day: jiff::civil::Date) -> Self {
        // Months and days begin at 1, and the years of `jiff` are among those of `chrono`.
        let [month, day_of_month] = [day.month(), day.day()]
            .map(i8::unsigned_abs)
            .map(u32::from);
        let day = NaiveDate::from_ymd_opt(day.year().into(), month, day_of_month);
        day.map(Self::from).unwrap_or_default()
    }
}
