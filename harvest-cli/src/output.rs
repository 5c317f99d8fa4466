//! Output: how JSON is written to standard output.

pub(crate) mod jq;
pub(crate) mod json;
pub(crate) mod records;
