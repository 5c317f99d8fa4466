//! Days that can be read in one way only.

use chrono::{Datelike as _, NaiveDate};

use crate::Date;

/// Besides those of [`Date`]: the year has four digits and the month is a name, or stands in the middle.
const FORMS: [&str; 7] = [
    "%Y/%m/%d",
    "%d %B %Y",
    "%d-%B-%Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%d. %B %Y",
    "%d %B, %Y",
];

pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let date = || text.parse::<Date>().ok()?.to_naive_date();
    let by_form = || {
        FORMS
            .iter()
            .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
    };
    // The parser takes two digits for a year of the first century; people mean another.
    date()
        .or_else(by_form)
        .filter(|day| (1000..=9999).contains(&day.year()))
}
