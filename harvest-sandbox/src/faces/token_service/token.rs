//! Issuing tokens.

use chrono::SecondsFormat;

use super::error::TokenError;
use super::not_stored;
use crate::domain::oauth::{Granted, Integration, exchange_code, for_integration, refresh};
use crate::http::Incoming;
use crate::http::form::Form;
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::store::Store;

/// What is asked for, with what it is asked for.
enum Grant<'a> {
    ClientCredentials {
        user: Option<&'a str>,
        scope: Option<&'a str>,
    },
    AuthorizationCode {
        code: &'a str,
        redirect_uri: &'a str,
    },
    RefreshToken {
        token: &'a str,
        scope: Option<&'a str>,
    },
}

/// The token that an integration asks for, and the user whom it acts for.
pub(super) fn answer(
    store: &Store,
    integration: &Integration,
    request: &Incoming,
) -> Outcome<Result<(Reply, i64), TokenError>> {
    let (form, query) = match read(request) {
        Ok(read) => read,
        Err(error) => return Ok(Err(error)),
    };
    let grant = match Grant::read(&form, &query) {
        Ok(grant) => grant,
        Err(error) => return Ok(Err(error)),
    };
    let granted = store.write(|edit| match grant {
        Grant::ClientCredentials { user, scope } => for_integration(edit, integration, user, scope),
        Grant::AuthorizationCode { code, redirect_uri } => {
            exchange_code(edit, integration, code, redirect_uri)
        }
        Grant::RefreshToken { token, scope } => refresh(edit, integration, token, scope),
    })?;
    Ok(granted
        .map(|granted| (shown(&granted), granted.user_id))
        .map_err(TokenError::from))
}

fn read(request: &Incoming) -> Result<(Form, Form), TokenError> {
    let form = Form::read(request)?;
    let query = Form::of(Query::parse(&request.query))?;
    Ok((form, query))
}

impl<'a> Grant<'a> {
    /// Reads a form. Of the query, `grant_type` is taken alone, which is where one published library sends it: secrets are
    /// not for URLs.
    fn read(form: &'a Form, query: &'a Form) -> Result<Self, TokenError> {
        let needed = |name: &'static str, missing: &'static str| {
            form.one(name)?
                .ok_or_else(|| TokenError::invalid_request(missing))
        };
        let grant_type = match form.one("grant_type")? {
            Some(named) => named,
            None => query
                .one("grant_type")?
                .ok_or_else(|| TokenError::invalid_request("grant_type is missing"))?,
        };
        let scope = form.one("scope")?;
        let user = form.one("sub")?;
        if user.is_some() && grant_type != "client_credentials" {
            let words = "sub goes with client_credentials only: a consent is of one user";
            return Err(TokenError::invalid_request(words));
        }
        match grant_type {
            "client_credentials" => Ok(Self::ClientCredentials { user, scope }),
            "authorization_code" => Ok(Self::AuthorizationCode {
                code: needed("code", "code is missing")?,
                redirect_uri: needed("redirect_uri", "redirect_uri is missing")?,
            }),
            "refresh_token" => Ok(Self::RefreshToken {
                token: needed("refresh_token", "refresh_token is missing")?,
                scope,
            }),
            _ => Err(TokenError::UNSUPPORTED_GRANT),
        }
    }
}

fn shown(granted: &Granted) -> Reply {
    let expires = granted.expires.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut body = json!({
        "token_type": "Bearer",
        "access_token": granted.access_token.as_str(),
        "expires_at": expires,
    });
    if let Some(token) = &granted.refresh_token {
        body["refresh_token"] = json!(token.as_str());
    }
    not_stored(Reply::value(&body))
}
