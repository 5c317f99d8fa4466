//! Access: addresses, keys and their permissions, acting users and their roles.

mod actor;
mod addresses;
mod audience;
mod client_id;
mod credential;
pub(crate) mod demo_key;
mod keys;
mod permissions;
mod throttle;
mod visibility;

pub(crate) use addresses::{Addresses, Network};
pub(crate) use audience::Audience;
pub(crate) use client_id::ClientId;
pub(crate) use credential::Credential;
#[cfg(feature = "dev-center")]
pub(crate) use keys::ApiKey;
pub(crate) use keys::{Keys, check_key, fresh, hash, last_four};
pub(crate) use permissions::Permissions;
pub(crate) use throttle::Throttle;
pub(crate) use visibility::{Limit, bound, on_hidden_jobs};

pub(crate) use crate::store::{Actor, Hop, Owner, Scope, Visibility};
