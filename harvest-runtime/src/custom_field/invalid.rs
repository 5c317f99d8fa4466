//! The error of a custom field change that is refused before it is sent.

use std::borrow::Cow;
use std::fmt;

use crate::Error;

/// A change of a custom field that the service would refuse, or ignore: which field, what is wrong, and what would be
/// right. Never the value.
///
/// It turns into an [`Error`] that [is an invalid request](Error::is_invalid_request), for `?`.
#[derive(Clone, PartialEq, Eq)]
pub struct InvalidCustomField(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    field: String,
    problem: Cow<'static, str>,
    remedy: Cow<'static, str>,
}

impl InvalidCustomField {
    /// The problem and the remedy come from the definition and the rules, and hold nothing of the value.
    pub(super) fn new(
        field: String,
        problem: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Details {
            field,
            problem: problem.into(),
            remedy: remedy.into(),
        }))
    }

    /// The field's immutable key; or its id, where it was named by that and the key is unknown.
    pub fn field(&self) -> &str {
        &self.0.field
    }
}

impl fmt::Display for InvalidCustomField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details {
            field,
            problem,
            remedy,
        } = &*self.0;
        write!(f, "custom field {field}: {problem}; {remedy}")
    }
}

impl fmt::Debug for InvalidCustomField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvalidCustomField({self})")
    }
}

impl std::error::Error for InvalidCustomField {}

impl From<InvalidCustomField> for Error {
    fn from(invalid: InvalidCustomField) -> Self {
        Self::invalid_value(invalid.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_an_invalid_request() {
        let invalid = InvalidCustomField::new("pay".to_owned(), "it has no currency", "add one");
        assert_eq!(invalid.field(), "pay");
        assert_eq!(
            format!("{invalid:?}"),
            "InvalidCustomField(custom field pay: it has no currency; add one)"
        );
        let error = Error::from(invalid);
        assert!(error.is_invalid_request());
        assert!(error.operation().is_none() && error.status().is_none());
        assert_eq!(
            error.to_string(),
            "not sent: custom field pay: it has no currency; add one"
        );
    }
}
