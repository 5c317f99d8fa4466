//! OAuth credentials of v3, from Rust.

use std::fmt;

use super::{ClientCredentials, DevCenter, DevCenterError};
use crate::domain::oauth::consent::{Unasked, wish};
use crate::domain::oauth::{self, IntegrationKind, Integrations};
use crate::http::refusal::COMMON;
use crate::refusal::Refusal;

/// An integration of v3 that was just made. Its secret is kept as a hash only, so this is the one time that it can be read.
#[non_exhaustive]
pub struct NewIntegration {
    /// By which it is named from now on.
    pub id: i64,
    /// What it asks for tokens with.
    pub credentials: ClientCredentials,
}

impl DevCenter<'_> {
    /// Creates a custom integration without scopes, and the service user that it acts as where it names none.
    ///
    /// ```
    /// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = harvest_sandbox::Sandbox::start().await?;
    /// let dev_center = sandbox.dev_center().expect("it keeps records");
    /// let integration = dev_center.create_custom_integration("Nightly export")?;
    /// dev_center.permit_scopes(integration.id, ["harvest:users:list"])?;
    /// println!("{}", integration.credentials.client_id);
    /// dev_center.revoke_integration(integration.id)?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn create_custom_integration(
        &self,
        description: &str,
    ) -> Result<NewIntegration, DevCenterError> {
        self.create(&oauth::NewIntegration {
            kind: IntegrationKind::Custom,
            description,
            redirect_uris: Vec::new(),
        })
    }

    /// Creates an integration of a partner without scopes. Codes are sent to one of the redirect URIs, of which there are 10
    /// at most: HTTPS, or HTTP on this computer, without a fragment.
    pub fn create_partner_integration<'u>(
        &self,
        description: &str,
        redirect_uris: impl IntoIterator<Item = &'u str>,
    ) -> Result<NewIntegration, DevCenterError> {
        self.create(&oauth::NewIntegration {
            kind: IntegrationKind::Partner,
            description,
            redirect_uris: redirect_uris.into_iter().map(str::to_owned).collect(),
        })
    }

    fn create(&self, new: &oauth::NewIntegration<'_>) -> Result<NewIntegration, DevCenterError> {
        let made = self
            .state
            .store
            .write(|edit| Integrations::create(edit, new));
        let (id, client) = made.map_err(invalid)?;
        Ok(NewIntegration {
            id,
            credentials: client.into(),
        })
    }

    /// Replaces the scopes of an integration. One that is taken away is missing at once, in tokens that were issued, too; one
    /// that is added needs a new token, or a new consent.
    ///
    /// # Errors
    ///
    /// If no operation needs such a scope. Then the integration has the scopes that it had before.
    pub fn permit_scopes<'s>(
        &self,
        integration_id: i64,
        scopes: impl IntoIterator<Item = &'s str>,
    ) -> Result<(), DevCenterError> {
        let scopes: Vec<&str> = scopes.into_iter().collect();
        let unknown = scopes.iter().find(|it| !self.state.scopes.contains(**it));
        if let Some(name) = unknown {
            let name = (*name).to_owned();
            return Err(DevCenterError::Scope { name });
        }
        let store = &self.state.store;
        Ok(store.write(|edit| Integrations::permit(edit, integration_id, scopes))?)
    }

    /// Ends an integration for good, with its tokens and its service user.
    pub fn revoke_integration(&self, integration_id: i64) -> Result<(), DevCenterError> {
        let store = &self.state.store;
        Ok(store.write(|edit| Integrations::revoke(edit, integration_id))?)
    }

    /// Consents in the place of a user, and returns the code that a browser would take to the redirect URI. It is good for
    /// one minute of the sandbox's clock. `scope` has scopes separated by spaces; none are all that the partner has.
    ///
    /// # Errors
    ///
    /// If there is no such partner, redirect URI or active user, or the partner lacks one of the scopes.
    pub fn consent(
        &self,
        client_id: &str,
        redirect_uri: &str,
        user_id: i64,
        scope: Option<&str>,
    ) -> Result<String, DevCenterError> {
        let granted =
            self.state
                .store
                .write(|edit| match wish(edit, client_id, redirect_uri, scope)? {
                    Ok(wish) => Ok(Ok(wish.grant(edit, user_id)?)),
                    Err(unasked) => Ok(Err(unasked)),
                });
        let problem = match granted.map_err(invalid)? {
            Ok(code) => return Ok(code),
            Err(Unasked::UnknownPartner) => {
                "there is no partner integration with this client id and redirect URI"
            }
            Err(Unasked::InvalidScope) => {
                "the partner integration does not have all of these scopes"
            }
        };
        Err(DevCenterError::Integration {
            problem: problem.to_owned(),
        })
    }
}

fn invalid(refusal: Refusal) -> DevCenterError {
    let mut problems: Vec<String> = refusal.by_field(COMMON).into_values().collect();
    problems.sort();
    if problems.is_empty() {
        return refusal.into();
    }
    DevCenterError::Integration {
        problem: problems.join("; "),
    }
}

impl fmt::Debug for NewIntegration {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewIntegration")
            .field("id", &self.id)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
