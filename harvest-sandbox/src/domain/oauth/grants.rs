//! Grants: what tokens are issued for.

use std::collections::{BTreeSet, HashSet};

use super::integrations::{AUTHORIZATIONS, Integration, IntegrationKind, Integrations};
use super::tokens::{self, Authorization, Kept, Sort};
use crate::clock::Moment;
use crate::domain::users::acting_user;
use crate::refusal::{Outcome, Refusal};
use crate::store::{Edit, View};

/// Tokens that were issued. No `Debug`, since they are secrets.
pub(crate) struct Granted {
    pub(crate) access_token: String,
    /// Of the access token.
    pub(crate) expires: Moment,
    /// None for an integration that can request the next token without a user.
    pub(crate) refresh_token: Option<String>,
    /// The user whom the token acts for.
    pub(crate) user_id: i64,
}

/// Why no token is issued, by the errors of RFC 6749.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrantError {
    /// A code or refresh token that is unknown, expired, used or another's; a user who is not there or not active.
    InvalidGrant,
    /// A scope that the integration does not have.
    InvalidScope,
    /// A grant that is not for this sort of integration.
    UnauthorizedClient,
}

/// What a grant comes to. What is written stays written for an error, too.
type Grant<T> = Outcome<Result<T, GrantError>>;

/// Issues a token to a custom integration: for the user that it names, or for its service user.
pub(crate) fn for_integration(
    edit: &Edit<'_>,
    integration: &Integration,
    user: Option<&str>,
    scope: Option<&str>,
) -> Grant<Granted> {
    let (IntegrationKind::Custom, Some(service_user)) =
        (integration.kind, integration.service_user_id)
    else {
        return Ok(Err(GrantError::UnauthorizedClient));
    };
    let user_id = match user {
        Some(text) => match active_user(edit, text)? {
            Some(user_id) => user_id,
            None => return Ok(Err(GrantError::InvalidGrant)),
        },
        None => service_user,
    };
    let scopes = match asked_of(edit, integration, scope)? {
        Ok(scopes) => scopes,
        Err(error) => return Ok(Err(error)),
    };
    let authorization = authorize(edit, integration, user_id, scopes)?;
    granted(edit, &authorization, None, false).map(Ok)
}

/// Exchanges a code for tokens, once. A second use ends the tokens of the first.
pub(crate) fn exchange_code(
    edit: &Edit<'_>,
    integration: &Integration,
    code: &str,
    redirect_uri: &str,
) -> Grant<Granted> {
    if integration.kind != IntegrationKind::Partner {
        return Ok(Err(GrantError::UnauthorizedClient));
    }
    let sent_to = |kept: &Kept| kept.redirect_uri.as_deref() == Some(redirect_uri);
    let Some(kept) = once(edit, Sort::Code, integration, code)?.filter(sent_to) else {
        return Ok(Err(GrantError::InvalidGrant));
    };
    tokens::use_up(edit, &kept)?;
    granted(edit, &kept.authorization, None, true).map(Ok)
}

/// Exchanges a refresh token for new tokens, once. A second use ends all tokens of the consent: one of two who hold the
/// refresh token is not the partner.
pub(crate) fn refresh(
    edit: &Edit<'_>,
    integration: &Integration,
    token: &str,
    scope: Option<&str>,
) -> Grant<Granted> {
    if integration.kind != IntegrationKind::Partner {
        return Ok(Err(GrantError::UnauthorizedClient));
    }
    let Some(kept) = once(edit, Sort::Refresh, integration, token)? else {
        return Ok(Err(GrantError::InvalidGrant));
    };
    let has = tokens::scopes_of(edit, &kept.authorization)?;
    let narrowed = match subset(scope, &has) {
        Ok(narrowed) => narrowed,
        Err(error) => return Ok(Err(error)),
    };
    tokens::use_up(edit, &kept)?;
    granted(edit, &kept.authorization, narrowed, true).map(Ok)
}

/// A code or refresh token of an integration that was not used before, and whose user is active.
fn once(
    edit: &Edit<'_>,
    sort: Sort,
    integration: &Integration,
    token: &str,
) -> Outcome<Option<Kept>> {
    let kept = tokens::kept(edit, sort, token)?;
    let Some(kept) = kept.filter(|it| it.authorization.integration_id == integration.id) else {
        return Ok(None);
    };
    if kept.is_used {
        tokens::end(edit, &kept.authorization)?;
        return Ok(None);
    }
    Ok(tokens::acts(edit, &kept.authorization)?.then_some(kept))
}

/// An authorization from now on.
pub(super) fn authorize(
    edit: &Edit<'_>,
    integration: &Integration,
    user_id: i64,
    scopes: Option<String>,
) -> Outcome<Authorization> {
    Ok(Authorization {
        integration_id: integration.id,
        user_id,
        number: edit.next_number(AUTHORIZATIONS, 1)?,
        scopes,
    })
}

fn granted(
    edit: &Edit<'_>,
    authorization: &Authorization,
    narrowed: Option<String>,
    is_continued: bool,
) -> Outcome<Granted> {
    let of_access = Authorization {
        scopes: narrowed.or_else(|| authorization.scopes.clone()),
        ..authorization.clone()
    };
    let (access_token, expires) = tokens::issue(edit, Sort::Access, &of_access, None)?;
    let refresh_token = if is_continued {
        Some(tokens::issue(edit, Sort::Refresh, authorization, None)?.0)
    } else {
        None
    };
    Ok(Granted {
        access_token,
        expires,
        refresh_token,
        user_id: authorization.user_id,
    })
}

/// The scopes that were asked for, if the integration has all of them; none stands for all.
pub(super) fn asked_of(
    view: &View<'_>,
    integration: &Integration,
    scope: Option<&str>,
) -> Grant<Option<String>> {
    Ok(subset(scope, &Integrations::scopes(view, integration.id)?))
}

fn subset(scope: Option<&str>, has: &[String]) -> Result<Option<String>, GrantError> {
    // Each once: a token keeps no more than there are scopes.
    let asked: BTreeSet<&str> = scope.unwrap_or_default().split_whitespace().collect();
    if asked.is_empty() {
        return Ok(None);
    }
    let has: HashSet<&str> = has.iter().map(String::as_str).collect();
    if asked.iter().all(|scope| has.contains(scope)) {
        Ok(Some(asked.into_iter().collect::<Vec<_>>().join(" ")))
    } else {
        Err(GrantError::InvalidScope)
    }
}

/// The user with this id, if active and no service user.
pub(super) fn active_user(view: &View<'_>, text: &str) -> Outcome<Option<i64>> {
    let Ok(id) = text.parse() else {
        return Ok(None);
    };
    match acting_user(view, Some(id)) {
        Ok(user) => Ok(Some(user.id)),
        Err(Refusal::Denied(_)) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}
