//! The answer that a client would like, among those that are documented.

use axum::http::{HeaderMap, HeaderName};

use crate::http::reply::FieldError;

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// What `Prefer: code=404, example=name` asks for. Other preferences are left alone, as RFC 7240 wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prefer {
    pub(crate) code: Option<u16>,
    pub(crate) example: Option<String>,
}

impl Prefer {
    pub(crate) fn read(headers: &HeaderMap) -> Result<Self, FieldError> {
        let mut prefer = Self::default();
        for header in headers.get_all(PREFER) {
            let text = header.to_str().map_err(|_| error("Is not visible ASCII"))?;
            for preference in text.split([',', ';']) {
                let Some((name, value)) = preference.split_once('=') else {
                    continue;
                };
                let value = value.trim().trim_matches('"');
                match name.trim().to_ascii_lowercase().as_str() {
                    "code" => {
                        prefer.code =
                            Some(value.parse().map_err(|_| error("`code` is not a status"))?);
                    }
                    "example" => prefer.example = Some(value.to_owned()),
                    _ => {}
                }
            }
        }
        Ok(prefer)
    }

    /// Whether the client would like anything in particular.
    pub(crate) fn asks_for_something(&self) -> bool {
        *self != Self::default()
    }
}

/// What is wrong with the preference, in the words of an entry of `errors`.
pub(crate) fn error(message: impl Into<String>) -> FieldError {
    FieldError::new("Prefer", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Result<Prefer, FieldError> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(PREFER, value.parse().unwrap());
        }
        Prefer::read(&headers)
    }

    fn prefer(code: Option<u16>, example: Option<&str>) -> Prefer {
        Prefer {
            code,
            example: example.map(str::to_owned),
        }
    }

    #[test]
    fn reads_code_and_example() {
        assert_eq!(read(&[]), Ok(Prefer::default()));
        assert_eq!(read(&["code=404"]), Ok(prefer(Some(404), None)));
        let both = Ok(prefer(Some(200), Some("by_email")));
        assert_eq!(read(&["code=200, example=by_email"]), both);
        assert_eq!(read(&["Example=\"by_email\"; wait=5", "CODE = 200"]), both);
        assert_eq!(
            read(&["return=minimal, respond-async"]),
            Ok(Prefer::default())
        );
        assert_eq!(
            read(&["code=lots"]).unwrap_err().field.as_deref(),
            Some("Prefer")
        );
        assert!(read(&["é"]).is_err());
    }
}
