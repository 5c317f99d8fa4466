//! Ranges of moments and of days, as parameters of lists.

use std::borrow::Cow;
use std::fmt;
use std::ops;

use crate::{Date, Param, Timestamp};

/// A range of moments: a parameter of lists.
pub type TimeRange = Range<Timestamp>;

/// A range of days: a parameter of lists.
pub type DateRange = Range<Date>;

/// A range with a bound below, above or on both sides, each with or without the bound itself.
///
/// It is sent as comparisons and bounds in turn, joined by `|`. Ranges of Rust convert into it.
///
/// ```
/// use harvest_runtime::{Param, TimeRange, Timestamp};
///
/// let [january, february] = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"].map(Timestamp::from);
/// let range = TimeRange::since(january.clone()).before(february.clone());
/// assert_eq!(range.to_param(), "gte|2026-01-01T00:00:00Z|lt|2026-02-01T00:00:00Z");
/// assert_eq!(range, TimeRange::from(january.clone()..february.clone()));
///
/// assert_eq!(TimeRange::after(january).to_param(), "gt|2026-01-01T00:00:00Z");
/// assert_eq!(TimeRange::from(..=february).to_param(), "lte|2026-02-01T00:00:00Z");
/// ```
///
/// A bound is not compared with the other: a service answers an empty range with an empty list, or an error.
#[derive(Clone, PartialEq, Eq, Hash)]
#[must_use = "a range does nothing until it is given to a request"]
pub struct Range<T> {
    lower: Option<Bound<T>>,
    upper: Option<Bound<T>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Bound<T> {
    at: T,
    is_included: bool,
}

impl<T> Range<T> {
    /// From this bound on, the bound included: `gte`.
    pub fn since(bound: impl Into<T>) -> Self {
        Self::of(Some(Bound::included(bound)), None)
    }

    /// Later than this bound: `gt`.
    pub fn after(bound: impl Into<T>) -> Self {
        Self::of(Some(Bound::excluded(bound)), None)
    }

    /// Without a bound below. What has no bound above either is no condition, and is not sent.
    ///
    /// ```
    /// use harvest_runtime::{DateRange, Param, chrono::NaiveDate};
    ///
    /// let day = NaiveDate::from_ymd_opt(2026, 1, 2).ok_or("no such day")?;
    /// assert_eq!(DateRange::any().until(day).to_param(), "lte|2026-01-02");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn any() -> Self {
        Self::of(None, None)
    }

    /// Up to this bound, the bound included: `lte`. In place of the upper bound that there was.
    pub fn until(self, bound: impl Into<T>) -> Self {
        Self::of(self.lower, Some(Bound::included(bound)))
    }

    /// Earlier than this bound: `lt`. In place of the upper bound that there was.
    pub fn before(self, bound: impl Into<T>) -> Self {
        Self::of(self.lower, Some(Bound::excluded(bound)))
    }

    fn of(lower: Option<Bound<T>>, upper: Option<Bound<T>>) -> Self {
        Self { lower, upper }
    }

    /// Whether it has no bound.
    pub(crate) fn is_unbounded(&self) -> bool {
        self.lower.is_none() && self.upper.is_none()
    }
}

impl<T> Bound<T> {
    fn included(at: impl Into<T>) -> Self {
        Self {
            at: at.into(),
            is_included: true,
        }
    }

    fn excluded(at: impl Into<T>) -> Self {
        Self {
            at: at.into(),
            is_included: false,
        }
    }
}

impl<T: Param> Param for Range<T> {
    fn to_param(&self) -> Cow<'_, str> {
        let side = |bound: &Option<Bound<T>>, included: &str, excluded: &str| {
            let bound = bound.as_ref()?;
            let comparison = if bound.is_included {
                included
            } else {
                excluded
            };
            Some(format!("{comparison}|{}", bound.at.to_param()))
        };
        let sides = [
            side(&self.lower, "gte", "gt"),
            side(&self.upper, "lte", "lt"),
        ];
        let sides: Vec<String> = sides.into_iter().flatten().collect();
        Cow::Owned(sides.join("|"))
    }
}

/// Prints the range as it is sent.
impl<T: Param> fmt::Debug for Range<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Range({})", self.to_param())
    }
}

impl<T, B: Into<T>> From<ops::Range<B>> for Range<T> {
    fn from(range: ops::Range<B>) -> Self {
        Self::since(range.start).before(range.end)
    }
}

impl<T, B: Into<T>> From<ops::RangeInclusive<B>> for Range<T> {
    fn from(range: ops::RangeInclusive<B>) -> Self {
        let (start, end) = range.into_inner();
        Self::since(start).until(end)
    }
}

impl<T, B: Into<T>> From<ops::RangeFrom<B>> for Range<T> {
    fn from(range: ops::RangeFrom<B>) -> Self {
        Self::since(range.start)
    }
}

impl<T, B: Into<T>> From<ops::RangeTo<B>> for Range<T> {
    fn from(range: ops::RangeTo<B>) -> Self {
        Self::any().before(range.end)
    }
}

impl<T, B: Into<T>> From<ops::RangeToInclusive<B>> for Range<T> {
    fn from(range: ops::RangeToInclusive<B>) -> Self {
        Self::any().until(range.end)
    }
}
