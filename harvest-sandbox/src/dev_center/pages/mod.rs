//! The pages, one a file, each beside the template of the same name.

pub(super) mod addresses;
pub(super) mod authorize;
pub(super) mod controls;
pub(super) mod credentials;
pub(super) mod delivery;
pub(super) mod home;
pub(super) mod new_key;
pub(super) mod new_user;
pub(super) mod permissions;
pub(super) mod profile;
pub(super) mod rate_limit;
pub(super) mod reference;
pub(super) mod requests;
pub(super) mod reset;
pub(super) mod revoke;
pub(super) mod revoke_integration;
pub(super) mod scopes;
pub(super) mod secret;
pub(super) mod sign_in;
pub(super) mod users;
pub(super) mod webhooks;
pub(super) mod welcome;
