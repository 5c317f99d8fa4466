//! A day, as the service wrote it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use crate::Param;
use crate::wire_text::{WireText, around_wire_text};

/// A day, as the service wrote it: `2026-01-02`.
///
/// It keeps the text byte for byte, and decoding never fails: whatever stands there is kept
/// ([`to_naive_date`](Self::to_naive_date) is then `None`). Two dates are equal if their texts are.
///
/// ```
/// use harvest_runtime::{Date, chrono::NaiveDate};
///
/// let received: Date = serde_json::from_str(r#""2026-01-02""#)?;
/// assert_eq!(received.to_naive_date(), NaiveDate::from_ymd_opt(2026, 1, 2));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// The default stands for a property that was not there. It is JSON null.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date(WireText);

impl Date {
    /// The text as it was received or is sent. Of anything but a JSON string, the JSON text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The day, if the text names one. Of a moment (`2026-01-02T23:00:00-05:00`) it is the day that is written there,
    /// whatever day that is elsewhere.
    pub fn to_naive_date(&self) -> Option<NaiveDate> {
        self.0.as_string().and_then(parse)
    }
}

fn parse(text: &str) -> Option<NaiveDate> {
    let day = |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    day(text).or_else(|| {
        text.parse::<DateTime<Utc>>().ok()?;
        text.split(['T', 't', ' ']).next().and_then(day)
    })
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(WireText::string(day.format("%Y-%m-%d").to_string()))
    }
}

/// Keeps the text as it is, if it names a day.
impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, ParseDateError> {
        match parse(text) {
            Some(_) => Ok(Self(WireText::string(text))),
            None => Err(ParseDateError(())),
        }
    }
}

/// A text is not a [`Date`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseDateError(());

impl fmt::Display for ParseDateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date; it looks like 2026-01-02")
    }
}

impl std::error::Error for ParseDateError {}

around_wire_text!(Date);

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Prints the text if it names a day; any other text could be anything.
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_naive_date() {
            Some(_) => write!(f, "Date({})", self.as_str()),
            None => f.write_str("Date(..)"),
        }
    }
}

impl Param for Date {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
}
