//! Formats and styles of the description that OpenAPI does not know, or leaves open.

/// A day, or a time with or without an offset. Other tools take a format that they do not know for any text.
pub(crate) const DATE_OR_DATE_TIME: &str = "date-or-date-time";

/// The comparisons that a range can make, as its properties are called.
pub(crate) const COMPARISONS: [&str; 4] = ["gte", "gt", "lte", "lt"];

/// The style in which ranges are written.
pub(crate) const RANGES: &str = "pipeDelimited";
