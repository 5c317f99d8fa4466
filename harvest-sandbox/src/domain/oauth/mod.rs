//! OAuth: the credentials of integrations, and the tokens by which they act for users.
//!
//! An integration is custom or a partner's. A custom one requests tokens without consent, for a user that it names or for the
//! service user that was created with it. A partner acts for users who consented: a code stands for the consent, and a
//! refresh token continues it.
//!
//! Secrets, codes and tokens are random, and kept as hashes. Each request looks its token up with the integration, its
//! scopes and the user, so a revocation needs no second step to take effect. All lifetimes are of the sandbox's clock.

pub(crate) mod consent;
pub(crate) mod demo;
mod grants;
mod integrations;
mod redirect_uri;
mod service_user;
mod tokens;

pub(crate) use grants::{GrantError, Granted, exchange_code, for_integration, refresh};
pub(crate) use integrations::{
    ClientSecret, Integration, IntegrationKind, Integrations, NewIntegration,
};
pub(crate) use tokens::Tokens;
