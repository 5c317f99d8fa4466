//! The token service of the examples mode, for a document whose operations want a bearer token.
//!
//! The key is the one token that is let in, and the secret of the client that is issued it. The real service is another
//! host; here it is the same one, since a test has one address.

use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{Method, StatusCode};
use chrono::{SecondsFormat, TimeDelta, Utc};
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;

use super::users::Users;
use crate::http::form::Form;
use crate::http::reply::Reply;
use crate::http::{Incoming, basic};
use crate::json::json;

/// Where it is.
pub(crate) const PATH: &str = "/token";
/// For how long a token is said to be good. It is taken for as long as the sandbox runs.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// Issues the key as a token.
pub(crate) struct Tokens {
    key: String,
}

impl Tokens {
    pub(crate) fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
        }
    }

    /// Answers a request for a token.
    pub(crate) fn answer(&self, request: &Incoming, users: &Users) -> Reply {
        if request.method != Method::POST {
            return Reply::method_not_allowed(&[Method::POST]);
        }
        if !self.is_client(&request.headers) {
            return refusal(StatusCode::UNAUTHORIZED, "invalid_client").with_header(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"Tokens\""),
            );
        }
        if let Err(error) = grant(request, users) {
            return refusal(StatusCode::BAD_REQUEST, error);
        }
        let ends = (Utc::now() + LIFETIME).to_rfc3339_opts(SecondsFormat::Secs, true);
        not_stored(Reply::value(&json!({
            "token_type": "Bearer",
            "access_token": self.key.as_str(),
            "expires_at": ends,
        })))
    }

    /// Whether HTTP Basic names any client, with the key as its secret. RFC 6749 has both encoded as in a form.
    fn is_client(&self, headers: &HeaderMap) -> bool {
        let client = basic(headers).filter(|(client, _)| !client.is_empty());
        client.is_some_and(|(_, secret)| {
            let plain: Vec<u8> = percent_decode_str(&secret).collect();
            let key = self.key.as_bytes();
            bool::from(secret.as_bytes().ct_eq(key) | plain.ct_eq(key))
        })
    }
}

/// Whether a token can be had for what is in the form, or the word for why not.
fn grant(request: &Incoming, users: &Users) -> Result<(), &'static str> {
    let form = Form::read(request).map_err(|_| "invalid_request")?;
    let field = |name| form.one(name).map_err(|_| "invalid_request");
    match field("grant_type")? {
        None => return Err("invalid_request"),
        Some("client_credentials") => {}
        // Codes and refresh tokens begin with the consent of a user, which there is no page for.
        Some(_) => return Err("unsupported_grant_type"),
    }
    let is_known = |user: &str| user.parse().is_ok_and(|id| users.know(id));
    match field("sub")? {
        Some(user) if !is_known(user) => Err("invalid_grant"),
        _ => Ok(()),
    }
}

fn refusal(status: StatusCode, error: &str) -> Reply {
    not_stored(Reply::json(status, &json!({ "error": error })))
}

fn not_stored(reply: Reply) -> Reply {
    reply.with_header(CACHE_CONTROL, HeaderValue::from_static("no-store"))
}
