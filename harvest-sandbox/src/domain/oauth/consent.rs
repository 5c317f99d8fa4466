//! Consent: what a partner asks of a user, and the code that stands for the user's consent.

use super::grants::{active_user, asked_of, authorize};
use super::integrations::{Integration, IntegrationKind, Integrations};
use super::tokens::{self, Sort};
use crate::refusal::{IntegrationRule, Outcome, Refusal, Rule};
use crate::store::{Edit, View};

/// What a partner asks for.
pub(crate) struct Wish {
    pub(crate) integration: Integration,
    pub(crate) redirect_uri: String,
    /// Separated by spaces. None for all scopes of the integration.
    scopes: Option<String>,
}

/// Why a user is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unasked {
    /// There is no such partner, or no such address of it: there is nowhere to send the browser to.
    UnknownPartner,
    /// One scope at least is not the partner's. It is sent to the redirect URI.
    InvalidScope,
}

/// Reads what a partner asks for.
pub(crate) fn wish(
    view: &View<'_>,
    client_id: &str,
    redirect_uri: &str,
    scope: Option<&str>,
) -> Outcome<Result<Wish, Unasked>> {
    let found = Integrations::find(view, client_id)?;
    let Some(integration) = found.filter(|it| it.kind == IntegrationKind::Partner) else {
        return Ok(Err(Unasked::UnknownPartner));
    };
    let known = Integrations::redirect_uris(view, integration.id)?;
    if !known.iter().any(|uri| uri == redirect_uri) {
        return Ok(Err(Unasked::UnknownPartner));
    }
    let Ok(scopes) = asked_of(view, &integration, scope)? else {
        return Ok(Err(Unasked::InvalidScope));
    };
    Ok(Ok(Wish {
        integration,
        redirect_uri: redirect_uri.to_owned(),
        scopes,
    }))
}

impl Wish {
    /// The scopes that are asked for.
    pub(crate) fn scopes(&self, view: &View<'_>) -> Outcome<Vec<String>> {
        match &self.scopes {
            Some(scopes) => Ok(scopes.split(' ').map(str::to_owned).collect()),
            None => Integrations::scopes(view, self.integration.id),
        }
    }

    /// The code for the consent of a user, good for one minute.
    pub(crate) fn grant(&self, edit: &Edit<'_>, user_id: i64) -> Outcome<String> {
        let user = active_user(edit, &user_id.to_string())?;
        let missing = Rule::Integration(IntegrationRule::NoActiveUser);
        let user_id = user.ok_or_else(|| Refusal::field("user_id", missing))?;
        let authorization = authorize(edit, &self.integration, user_id, self.scopes.clone())?;
        let uri = Some(self.redirect_uri.as_str());
        Ok(tokens::issue(edit, Sort::Code, &authorization, uri)?.0)
    }
}
