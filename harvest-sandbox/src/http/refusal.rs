//! Why a request doesn't get what it asked for.

use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;

use axum::http::StatusCode;

use crate::bounds::LISTED_ERRORS;
use crate::http::reply::{FieldError, Reply};
use crate::store::{FULL, is_full};

/// What a stage or a handler gives, or else the answer that ends the request.
pub(crate) type Outcome<T = Reply> = Result<T, Refusal>;

/// The answer to a request that goes no further. In a box, since most requests do.
#[derive(Clone, Debug)]
pub(crate) struct Refusal(Box<Reply>);

impl Refusal {
    /// 404, in the words that were observed.
    pub(crate) fn not_found() -> Self {
        Reply::not_found().into()
    }

    /// 403 with a sentence about what is missing.
    pub(crate) fn forbidden(message: &str) -> Self {
        Reply::message(StatusCode::FORBIDDEN, message).into()
    }

    /// 422 for one thing that is wrong with a body.
    pub(crate) fn field(field: &str, message: impl Into<String>) -> Self {
        Reply::invalid_body(&[FieldError::new(field, message)]).into()
    }

    /// 422 for something that is wrong with no field in particular.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Reply::invalid_body(&[FieldError::whole(message)]).into()
    }

    /// 507: there is no space left.
    pub(crate) fn full() -> Self {
        Reply::message(StatusCode::INSUFFICIENT_STORAGE, FULL).into()
    }

    /// What is wrong with each field of a form; under an empty name, what is wrong with no field in particular.
    pub(crate) fn by_field(&self) -> HashMap<String, String> {
        let errors = self.0.errors().into_iter();
        errors
            .map(|error| (error.field.unwrap_or_default(), error.message))
            .collect()
    }

    pub(crate) fn into_reply(self) -> Reply {
        *self.0
    }
}

impl Deref for Refusal {
    type Target = Reply;

    fn deref(&self) -> &Reply {
        &self.0
    }
}

impl From<Reply> for Refusal {
    fn from(reply: Reply) -> Self {
        Self(Box::new(reply))
    }
}

/// 500: the sandbox is at fault. The words go to the client, so they hold nothing that was stored.
pub(crate) fn broken(what: impl fmt::Display) -> Refusal {
    let message = format!("This is a mistake of the sandbox: {what}");
    Reply::message(StatusCode::INTERNAL_SERVER_ERROR, &message).into()
}

/// SQLite names tables and columns in its messages, not values.
impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        if is_full(&error) {
            return Self::full();
        }
        broken(error)
    }
}

/// What is wrong with a body, found one by one and reported together: each once, up to a limit.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    listed: Vec<FieldError>,
    /// Whether there are others.
    more: bool,
}

impl Problems {
    pub(crate) fn add(&mut self, field: &str, message: impl Into<String>) {
        self.note(FieldError::new(field, message));
    }

    pub(crate) fn note(&mut self, error: FieldError) {
        // Two rules may find the same fault.
        if self.more || self.listed.contains(&error) {
            return;
        }
        if self.listed.len() < LISTED_ERRORS {
            self.listed.push(error);
        } else {
            self.more = true;
        }
    }

    /// Whether there is no use in finding others.
    pub(crate) fn are_enough(&self) -> bool {
        self.more
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// "A job with this id does not exist.", in the words that were observed. `what` is with its article: `A job`.
    pub(crate) fn unknown(&mut self, field: &str, what: &str) {
        self.add(field, format!("{what} with this id does not exist."));
    }

    /// Another record has this already.
    pub(crate) fn taken(&mut self, field: &str) {
        self.add(field, "Is already taken");
    }

    /// Two fields that exclude each other were both sent.
    pub(crate) fn both(&mut self, field: &str, other: &str) {
        self.add(field, format!("Send {field} or {other}, not both"));
    }

    /// Refuses with all of them, if there are any.
    pub(crate) fn check(&self) -> Outcome<()> {
        if self.is_empty() {
            return Ok(());
        }
        let mut errors = self.listed.clone();
        if self.more {
            let message = format!("There are more errors than these {LISTED_ERRORS}");
            errors.push(FieldError::whole(message));
        }
        Err(Reply::invalid_body(&errors).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(count: usize) -> Vec<FieldError> {
        let mut problems = Problems::default();
        for number in 0..count {
            problems.taken(&format!("field_{number}"));
            problems.taken("field_0");
        }
        assert_eq!(problems.are_enough(), count > LISTED_ERRORS);
        problems
            .check()
            .err()
            .map_or_else(Vec::new, |it| it.errors())
    }

    #[test]
    fn no_more_errors_are_reported_than_the_limit() {
        for count in [0, 1, LISTED_ERRORS] {
            assert_eq!(reported(count).len(), count);
        }
        for count in [LISTED_ERRORS + 1, 10_000] {
            let errors = reported(count);
            assert_eq!(errors.len(), LISTED_ERRORS + 1);
            let last = &errors[LISTED_ERRORS];
            assert_eq!(last.field, None);
            assert!(last.message.contains("more errors"), "{last:?}");
        }
    }
}
