//! A moment, as the service wrote it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::Param;
use crate::wire_text::{WireText, around_wire_text};

/// A moment, as the service wrote it.
///
/// It keeps the text byte for byte, so that `2026-01-02T03:04:05.000Z` is written back with its zeros, and decoding
/// never fails: whatever stands there is kept ([`to_utc`](Self::to_utc) is then `None`). Two timestamps are equal if
/// their texts are; moments are compared by `<` and `>`, with a [`DateTime`] too.
///
/// ```
/// use harvest_runtime::{Timestamp, chrono::{DateTime, Utc}};
///
/// let received: Timestamp = serde_json::from_str(r#""2026-01-02T03:04:05.000Z""#)?;
/// assert_eq!(received.as_str(), "2026-01-02T03:04:05.000Z");
///
/// let moment: DateTime<Utc> = "2026-01-02T03:04:05Z".parse()?;
/// assert_eq!(received.to_utc(), Some(moment));
/// assert_eq!(Timestamp::from(moment), received);
/// assert!(received == moment && received < Timestamp::from("2026-01-02T04:00:00+00:00"));
/// assert_eq!(DateTime::<Utc>::try_from(&received)?, moment);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The default stands for a property that was not there. It is JSON null.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(WireText);

impl Timestamp {
    /// The text as it was received or is sent. Of anything but a JSON string, the JSON text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The moment, if the text names one: RFC 3339 with or without a fraction, at any offset; with a space in place of
    /// `T`, or ` UTC` in place of `Z`; or a day, which is its midnight in UTC.
    pub fn to_utc(&self) -> Option<DateTime<Utc>> {
        self.0.as_string().and_then(parse)
    }
}

fn parse(text: &str) -> Option<DateTime<Utc>> {
    // `DateTime`'s own `FromStr` takes all of these forms but the last.
    text.parse().ok().or_else(|| {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(day.and_time(NaiveTime::MIN).and_utc())
    })
}

/// Earlier before later. Two texts for one moment are ordered by their letters, so that only equal timestamps compare as
/// equal. What names no moment cannot be compared with anything else.
impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self == other {
            return Some(Ordering::Equal);
        }
        let moments = self.to_utc()?.cmp(&other.to_utc()?);
        Some(moments.then_with(|| self.as_str().cmp(other.as_str())))
    }
}

/// Whether it names this moment.
impl PartialEq<DateTime<Utc>> for Timestamp {
    fn eq(&self, moment: &DateTime<Utc>) -> bool {
        self.to_utc().as_ref() == Some(moment)
    }
}

/// `None` if it names no moment.
impl PartialOrd<DateTime<Utc>> for Timestamp {
    fn partial_cmp(&self, moment: &DateTime<Utc>) -> Option<Ordering> {
        Some(self.to_utc()?.cmp(moment))
    }
}

/// The moment that it names.
impl TryFrom<&Timestamp> for DateTime<Utc> {
    type Error = ParseTimestampError;

    fn try_from(timestamp: &Timestamp) -> Result<Self, ParseTimestampError> {
        timestamp.to_utc().ok_or(ParseTimestampError(()))
    }
}

/// Keeps the text as it is, whether it names a moment or not, for the service to judge. [`str::parse`] judges it here.
impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(WireText::string(text))
    }
}

/// Written in milliseconds, as the service does; what is finer is cut off.
impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(WireText::string(
            moment.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        ))
    }
}

/// Keeps the text as it is, if it names a moment.
impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        match parse(text) {
            Some(_) => Ok(Self(WireText::string(text))),
            None => Err(ParseTimestampError(())),
        }
    }
}

/// A text is not a [`Timestamp`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseTimestampError(());

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a timestamp; it looks like 2026-01-02T03:04:05.000Z (RFC 3339)")
    }
}

impl std::error::Error for ParseTimestampError {}

around_wire_text!(Timestamp);

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Prints the text if it names a moment; any other text could be anything.
impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_utc() {
            Some(_) => write!(f, "Timestamp({})", self.as_str()),
            None => f.write_str("Timestamp(..)"),
        }
    }
}

impl Param for Timestamp {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
}
