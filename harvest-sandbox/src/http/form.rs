//! Forms, as bodies of requests.

use axum::http::header::CONTENT_TYPE;

use super::Incoming;
use super::query::Query;

/// Their media type.
const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The fields of a form that a program sent, each of which counts once.
pub(crate) struct Form(Query);

/// The form is no form, or a field of it is there twice.
#[derive(Debug)]
pub(crate) struct Malformed;

impl Form {
    /// Reads the body of a request. No body is an empty form.
    pub(crate) fn read(request: &Incoming) -> Result<Self, Malformed> {
        if request.body.is_empty() {
            return Ok(Self(Query::default()));
        }
        let media_type = request.headers.get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        let essence = media_type.and_then(|value| value.split(';').next());
        if !essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case(MEDIA_TYPE)) {
            return Err(Malformed);
        }
        let text = std::str::from_utf8(&request.body).map_err(|_| Malformed)?;
        Self::of(Query::parse(text))
    }

    /// The same of fields in a query.
    pub(crate) fn of(fields: Query) -> Result<Self, Malformed> {
        fields.check_count().map_err(|_| Malformed)?;
        Ok(Self(fields))
    }

    /// The value of a field; none if it is left out or empty.
    pub(crate) fn one(&self, name: &str) -> Result<Option<&str>, Malformed> {
        let mut values = self.0.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Malformed),
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
        }
    }
}
