//! Roles that users can have on jobs. They can only be read.

use super::plain;
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::list::List;
use crate::organization::Seed;
use crate::refusal::Outcome;
use crate::store::{Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&USER_ROLE],
    presentations: &[&USER_ROLE_PRESENTATION],
    operations: &[("list_user_roles", Handler::Read(list))],
    seed,
};

pub(super) static USER_ROLE: Kind = Kind {
    table: "user_role",
    first_id: 6_117,
    visibility: Visibility::EVERYONE,
};

static USER_ROLE_PRESENTATION: Presentation = plain::presentation(&USER_ROLE);

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&USER_ROLE))
}

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let roles = [
        ("interviewer", "Interviewer"),
        ("job_admin", "Job admin: standard"),
        ("job_admin", "Recruiting coordinator"),
    ];
    let states = roles.map(|(of, name)| json!({"type": of, "name": name}));
    plain::seed(seed, &USER_ROLE, states)
}
