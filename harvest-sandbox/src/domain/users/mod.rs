//! Users: the people of the organization, and the integrations that act like one.

#[cfg(feature = "dev-center")]
pub(crate) mod directory;
mod key;
mod seed;
mod state;
mod write;

pub(crate) use key::UserKey;
pub(crate) use state::{Email, User};
pub(crate) use write::check_email;

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&USER],
    seed: seed::seed,
};

pub(crate) static USER: Kind = Kind {
    table: "user",
    first_id: 4_020_117,
    visibility: Visibility::EVERYONE.only("service_account IS NULL"),
};
