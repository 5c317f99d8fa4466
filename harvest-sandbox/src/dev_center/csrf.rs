//! That a form was one of ours.
//!
//! A form carries a token that only a page of the same session can know. Browsers also say which site a request comes
//! from; one that says another site is refused whatever its token.

use axum::http::HeaderMap;
use axum::http::header::ORIGIN;

use crate::access::same;
use crate::query::Query;
use crate::refusal::{Outcome, Refusal};

/// The name of the hidden field.
const FIELD: &str = "csrf_token";

/// Refuses a form that was not made for this session, or was sent from elsewhere.
pub(super) fn check(expected: &str, form: &Query, headers: &HeaderMap, host: &str) -> Outcome<()> {
    if !comes_from(headers, host) {
        return Err(Refusal::forbidden(
            "This form was sent from another site. Nothing was changed.",
        ));
    }
    let token = form.last(FIELD).unwrap_or_default();
    if same(token.as_bytes(), expected.as_bytes()) {
        Ok(())
    } else {
        Err(Refusal::forbidden(
            "This form is too old, or was not made here. Nothing was changed: go back, reload the page, and send it \
             again.",
        ))
    }
}

/// Whether what the browser says about the sender, if it says anything, is that it was a page of this host.
fn comes_from(headers: &HeaderMap, host: &str) -> bool {
    let same_site = headers
        .get("sec-fetch-site")
        .is_none_or(|site| site == "same-origin" || site == "none");
    let same_origin = headers.get(ORIGIN).is_none_or(|origin| {
        let origin = origin.to_str().unwrap_or_default();
        origin
            .split_once("://")
            .is_some_and(|(_, of)| of.eq_ignore_ascii_case(host))
    });
    same_site && same_origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_and_origin_have_to_be_right() {
        let form = |text: &str| Query::parse(text);
        let (right, host) = ("0f3c", "127.0.0.1:8765");
        let none = HeaderMap::new();
        assert!(check(right, &form("csrf_token=0f3c"), &none, host).is_ok());
        for wrong in [
            "",
            "csrf_token=",
            "csrf_token=0f3",
            "csrf_token=0f3d",
            "csrf=0f3c",
        ] {
            assert!(check(right, &form(wrong), &none, host).is_err(), "{wrong}");
        }
        for (name, value, passes) in [
            ("origin", "http://127.0.0.1:8765", true),
            ("origin", "https://127.0.0.1:8765", true),
            ("origin", "http://127.0.0.1:9999", false),
            ("origin", "http://example.com", false),
            ("origin", "null", false),
            ("sec-fetch-site", "same-origin", true),
            ("sec-fetch-site", "same-site", false),
            ("sec-fetch-site", "cross-site", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            let passed = check(right, &form("csrf_token=0f3c"), &headers, host).is_ok();
            assert_eq!(passed, passes, "{name}: {value}");
        }
    }
}
