//! The error of decoding.

use std::fmt;

use serde_json::error::Category;

use super::{place, reason};
use crate::json::careful::Failure;

/// A success whose body is not what the model says: where it differs, and how. Never what it says instead.
///
/// ```
/// # use harvest_runtime::{decode, reqwest::StatusCode};
/// let error = decode::json::<i64>(StatusCode::OK, b"<html>").unwrap_err();
/// assert_eq!(error.to_string(), "it is not JSON (line 1, column 1)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Details {
    /// Empty at the root.
    path: String,
    reason: String,
    line: usize,
    column: usize,
    /// There is a mode that reads the rest.
    is_of_list: bool,
}

impl DecodeError {
    pub(super) fn new(body: &str, failure: Failure) -> Self {
        let Failure { error, place } = failure;
        let reason = match error.classify() {
            _ if body.trim_ascii().is_empty() => "it is empty".to_owned(),
            Category::Eof => "it ends in the middle".to_owned(),
            Category::Syntax | Category::Io => "it is not JSON".to_owned(),
            Category::Data => reason::printable(&error.to_string()),
        };
        let (path, line, column) = match place {
            Some(value) => {
                let (line, column) = place::position(body, value.end);
                (place::path(body, value.start), line, column)
            }
            // A path into something that is not JSON would lead nowhere.
            None => (String::new(), error.line(), error.column()),
        };
        Self(Box::new(Details {
            path,
            reason,
            line,
            column,
            is_of_list: false,
        }))
    }

    /// It lacks a property that something depends on.
    pub(crate) fn lacking(name: &str) -> Self {
        Self(Box::new(Details {
            path: String::new(),
            reason: format!("it has no `{name}`"),
            line: 1,
            column: 1,
            is_of_list: false,
        }))
    }

    /// Of a record that could not be read, for a reason that is not known.
    pub(super) fn unread(place: usize) -> Self {
        Self(Box::new(Details {
            path: format!("[{place}]"),
            reason: reason::UNKNOWN.to_owned(),
            line: 0,
            column: 0,
            is_of_list: false,
        }))
    }

    /// Of the records that follow on very many which could not be read.
    pub(crate) fn untried() -> Self {
        let reason = "what follows on too many records that could not be read was not tried";
        Self(Box::new(Details {
            path: String::new(),
            reason: reason.to_owned(),
            line: 0,
            column: 0,
            is_of_list: false,
        }))
    }

    /// Of a record in this place of a list. Where it is in the text is not known then.
    pub(super) fn within(mut self, place: usize) -> Self {
        let details = &mut self.0;
        let dot = match details.path.as_str() {
            path if path.is_empty() || path.starts_with('[') => "",
            _ => ".",
        };
        details.path = format!("[{place}]{dot}{}", details.path);
        (details.line, details.column) = (0, 0);
        self
    }

    /// The same, with the way around it.
    pub(super) fn of_list(mut self) -> Self {
        self.0.is_of_list = true;
        self
    }

    /// The same, for one who went that way.
    pub(crate) fn without_advice(mut self) -> Self {
        self.0.is_of_list = false;
        self
    }

    /// Where in the answer: `[3].emails[0].type`. `None` at its root, or if it is not JSON.
    pub fn path(&self) -> Option<&str> {
        Some(self.0.path.as_str()).filter(|path| !path.is_empty())
    }

    /// The line of the body, counted from 1; 0 if it is not known.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column in the line, counted from 1 in bytes; 0 at the start of a line.
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = self.path() {
            write!(f, "at {path}: ")?;
        }
        let Details {
            reason,
            line,
            column,
            ..
        } = &*self.0;
        f.write_str(reason)?;
        if *line > 0 {
            write!(f, " (line {line}, column {column})")?;
        }
        if self.0.is_of_list {
            f.write_str("; `lenient()` on the list hands out the records that can be read")?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {}
