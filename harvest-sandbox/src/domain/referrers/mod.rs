//! Referrers: those to whom candidates can be credited, with an id of their own. Each user is one.

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::domain::parts;
use crate::domain::parts::Owner;
use crate::refusal::Outcome;
use crate::store::{Edit, Kind, View};

/// They come with their users.
pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&REFERRER],
    seed: |_| Ok(()),
};

pub(crate) static REFERRER: Kind = Kind {
    table: "referrer",
    first_id: 2_140_001,
    visibility: Visibility::EVERYONE,
};

/// What is known about a referrer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Referrer {
    pub(crate) user_id: i64,
    pub(crate) name: String,
}

/// The id of a user as a referrer.
pub(crate) fn of_user(view: &View<'_>, user_id: i64) -> Outcome<Option<i64>> {
    view.value("SELECT id FROM referrer WHERE user_id = ?1", [user_id])
}

/// Keeps a user of this name as a referrer.
pub(crate) fn keep(edit: &mut Edit<'_>, user_id: i64, name: String) -> Outcome<()> {
    let id = match of_user(edit, user_id)? {
        Some(id) => id,
        None => edit.new_id(&REFERRER)?,
    };
    let owner = Owner {
        column: "user_id",
        id: user_id,
    };
    parts::keep(edit, &REFERRER, owner, [(id, Referrer { user_id, name })])
}
