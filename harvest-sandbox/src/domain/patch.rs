//! Changing only what was sent.

use serde::{Deserialize, Deserializer};

/// A property of a body that may be left out (leave it as it is), null (clear it) or there (set it).
///
/// Fields of this type need `#[serde(default)]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Change<T> {
    #[default]
    Leave,
    Clear,
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            None => Self::Clear,
            Some(value) => Self::Set(value),
        })
    }
}

impl<T> Change<T> {
    /// Does it to a value that may be missing.
    pub(crate) fn apply(self, to: &mut Option<T>) {
        match self {
            Self::Leave => {}
            Self::Clear => *to = None,
            Self::Set(value) => *to = Some(value),
        }
    }

    /// The value to set, if there is one.
    pub(crate) fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Leave | Self::Clear => None,
        }
    }
}

/// Replaces a value if there is another.
pub(crate) fn replace<T>(to: &mut T, by: Option<T>) {
    if let Some(value) = by {
        *to = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Body {
        #[serde(default)]
        company: Change<String>,
    }

    #[test]
    fn left_out_null_and_there_are_three_things() {
        for (body, before, after) in [
            ("{}", Some("a"), Some("a")),
            (r#"{"company": null}"#, Some("a"), None),
            (r#"{"company": "b"}"#, Some("a"), Some("b")),
            (r#"{"company": "b"}"#, None, Some("b")),
        ] {
            let body: Body = serde_json::from_str(body).unwrap();
            let mut value = before.map(str::to_owned);
            body.company.apply(&mut value);
            assert_eq!(value.as_deref(), after);
        }
    }
}
