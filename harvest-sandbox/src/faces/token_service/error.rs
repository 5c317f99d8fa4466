//! Errors of the token service, in the form of RFC 6749.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, WWW_AUTHENTICATE};

use super::not_stored;
use crate::domain::oauth::GrantError;
use crate::http::form::Malformed;
use crate::http::reply::Reply;
use crate::json::json;

/// Why the service does not do what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TokenError {
    status: StatusCode,
    /// The constant that programs go by.
    error: &'static str,
    /// For people. It repeats nothing that was sent.
    description: &'static str,
}

impl TokenError {
    pub(super) const INVALID_CLIENT: Self = Self {
        status: StatusCode::UNAUTHORIZED,
        error: "invalid_client",
        description: "HTTP Basic has to name the client id and the secret of a credential that was \
                      not revoked",
    };

    pub(super) const UNSUPPORTED_GRANT: Self = Self::bad(
        "unsupported_grant_type",
        "grant_type is client_credentials, authorization_code or refresh_token",
    );

    /// A parameter is missing, or is there twice.
    pub(super) const fn invalid_request(description: &'static str) -> Self {
        Self::bad("invalid_request", description)
    }

    const fn bad(error: &'static str, description: &'static str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error,
            description,
        }
    }

    pub(super) fn reply(self) -> Reply {
        let body = json!({"error": self.error, "error_description": self.description});
        let reply = not_stored(Reply::json(self.status, &body));
        if self.status != StatusCode::UNAUTHORIZED {
            return reply;
        }
        let challenge = HeaderValue::from_static("Basic realm=\"Tokens\"");
        reply.with_header(WWW_AUTHENTICATE, challenge)
    }
}

impl From<GrantError> for TokenError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::InvalidGrant => Self::bad(
                "invalid_grant",
                "The code or refresh token is unknown, has expired, was used or is not of this \
                 integration; or sub is not the id of an active user",
            ),
            GrantError::InvalidScope => Self::bad(
                "invalid_scope",
                "One of the scopes was not given to this credential; Dev Center says which were",
            ),
            GrantError::UnauthorizedClient => Self::bad(
                "unauthorized_client",
                "client_credentials is for custom integrations, authorization_code and \
                 refresh_token are for partners",
            ),
        }
    }
}

impl From<Malformed> for TokenError {
    fn from(Malformed: Malformed) -> Self {
        Self::invalid_request(
            "The body is a form (application/x-www-form-urlencoded), and no parameter is sent \
             twice",
        )
    }
}
