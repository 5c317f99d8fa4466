//! Formats of texts that OpenAPI does not know.

/// A day, or a time with or without an offset. Other tools take a format that they do not know for any text.
pub(crate) const DATE_OR_DATE_TIME: &str = "date-or-date-time";
