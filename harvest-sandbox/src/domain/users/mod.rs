//! Users: the people of the organization, and the integrations that act like one.

mod acting;
mod activation;
mod change;
#[cfg(feature = "dev-center")]
pub(crate) mod directory;
mod email;
mod linked;
mod salaries;
mod seed;
mod state;
mod write;

pub(crate) use crate::domain::records::user::{Email, ListedEmail, USER, User};
pub(crate) use crate::domain::records::user_key::UserKey;
pub(crate) use acting::{acting_user, first_site_admin, is_service_user, subject};
pub(crate) use activation::{demote, leave, switch, take_permissions};
pub(crate) use change::{Fields, change, create};
pub(crate) use email::{Added, add_email};
pub(crate) use linked::{link, linked_candidates, linked_users, unlink};
pub(crate) use salaries::permit_salaries;
pub(crate) use write::check_email;

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&USER, &USER_EMAIL],
    seed: seed::seed,
};

/// The addresses of all users: those that the users have, each as a record.
pub(crate) static USER_EMAIL: Kind = Kind {
    table: "user_email",
    first_id: 898_401,
    visibility: Visibility::EVERYONE,
};
