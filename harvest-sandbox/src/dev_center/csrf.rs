//! Tokens of forms, against requests that other sites forge.
//!
//! A form carries a token that belongs to the cookie of the visitor: a MAC of it, under a random key (signed
//! double-submit cookie). So nothing has to be kept for visitors who did not sign in, however many there are.
//!
//! Browsers also say which site a request comes from; one that says another site is refused before, whatever its token.

use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::domain::access::fresh;
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::refusal::{Refusal, broken};

/// The name of the hidden field.
const FIELD: &str = "csrf_token";

/// Makes the tokens, and knows them again.
pub(super) struct Forms {
    mac: Hmac<Sha256>,
}

impl Forms {
    pub(super) fn new() -> Outcome<Self> {
        let mac = Hmac::new_from_slice(fresh()?.as_bytes());
        let mac = mac.map_err(|error| broken(format!("no key for forms: {error}")))?;
        Ok(Self { mac })
    }

    /// The token of each form that a visitor with this cookie is sent.
    pub(super) fn token(&self, cookie: &str) -> String {
        let mut mac = self.mac.clone();
        mac.update(cookie.as_bytes());
        HEXLOWER.encode(&mac.finalize().into_bytes())
    }

    /// Refuses a form that was not made for the visitor with this cookie.
    pub(super) fn check(&self, cookie: &str, form: &Query) -> Outcome<()> {
        let token = form.last(FIELD).unwrap_or_default();
        let expected = self.token(cookie);
        if token.as_bytes().ct_eq(expected.as_bytes()).into() {
            return Ok(());
        }
        Err(Refusal::forbidden(
            "This form is too old, or was not made here. Nothing was changed: go back, reload the \
             page, and send it again.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_a_cookie() {
        let forms = Forms::new().unwrap();
        let passes = |cookie: &str, form: &str| forms.check(cookie, &Query::parse(form)).is_ok();
        let token = forms.token("a");
        assert!(passes("a", &format!("x=1&{FIELD}={token}")));
        assert!(!passes("b", &format!("{FIELD}={token}")));
        assert!(!passes("", &format!("{FIELD}={token}")));
        for wrong in ["", "csrf_token=", "csrf_token=0", "csrf=0"] {
            assert!(!passes("a", wrong), "{wrong}");
        }
        assert!(!passes("a", &format!("{FIELD}={}", &token[1..])));
        assert!(!passes("a", &format!("csrf={token}")));
        // Another start of the sandbox makes others.
        assert_ne!(Forms::new().unwrap().token("a"), token);
    }
}
