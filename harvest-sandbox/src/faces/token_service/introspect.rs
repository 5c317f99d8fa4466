//! Introspection: what a token is good for (RFC 7662).

use super::error::TokenError;
use super::not_stored;
use crate::domain::oauth::{Integration, Tokens};
use crate::http::Incoming;
use crate::http::form::Form;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::store::Store;

/// What an access token of the integration that asks is good for. A token of another one is like none.
pub(super) fn answer(
    store: &Store,
    integration: &Integration,
    request: &Incoming,
) -> Outcome<Result<Reply, TokenError>> {
    let token = Form::read(request).and_then(|form| Ok(form.one("token")?.map(str::to_owned)));
    let token = match token {
        Ok(Some(token)) => token,
        Ok(None) => return Ok(Err(TokenError::invalid_request("token is missing"))),
        Err(malformed) => return Ok(Err(malformed.into())),
    };
    let body = store.read(|view| {
        let found = Tokens::find(view, &token)?;
        let Some(token) = found.filter(|it| it.integration_id() == integration.id) else {
            return Ok(json!({"active": false}));
        };
        let (issued, expires) = token.lifetime()?;
        Ok(json!({
            "active": true,
            "token_type": "Bearer",
            "client_id": integration.client_id.as_str(),
            "sub": token.user_id().to_string(),
            "scope": token.scopes(view)?.join(" "),
            "iat": issued,
            "exp": expires,
        }))
    })?;
    Ok(Ok(not_stored(Reply::value(&body))))
}
