//! Who may come in, and what they may do: addresses, keys and their permissions, acting users and their roles.

mod actor;
mod addresses;
mod credentials;
pub(crate) mod demo_key;
mod keys;
mod sight;
mod slowdown;

pub(crate) use actor::{Actor, acting_user, first_site_admin};
pub(crate) use addresses::{Addresses, Network};
pub(crate) use credentials::{Access, Key, Scheme, check_key, same};
pub(crate) use keys::{ApiKey, Keys, fresh};
pub(crate) use sight::{Audience, Scope, Sight};
pub(crate) use slowdown::Slowdown;

/// The tables of keys and addresses.
pub(crate) const SCHEMA: &str = include_str!("schema.sql");
