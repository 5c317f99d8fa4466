//! Texts of JSON.

use std::borrow::Cow;

/// The text that a JSON text is, if it is one.
pub(crate) fn of(json: &str) -> Option<Cow<'_, str>> {
    let within = json.strip_prefix('"')?.strip_suffix('"')?;
    if within.contains('\\') {
        return serde_json::from_str(json).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(within))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_escapes_and_without() {
        assert_eq!(of(r#""aé""#).as_deref(), Some("aé"));
        assert_eq!(of(r#""a\u00e9\n""#).as_deref(), Some("aé\n"));
        assert_eq!(of(r#""\ud800""#), None);
        assert_eq!(of("7"), None);
    }
}
