//! Roles that users can have on jobs. They can only be read.

use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::domain::{Resource, plain};
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&USER_ROLE],
    seed,
};

pub(crate) static USER_ROLE: Kind = Kind {
    table: "user_role",
    first_id: 6_117,
    visibility: Visibility::EVERYONE,
};

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let roles = [
        ("interviewer", "Interviewer"),
        ("job_admin", "Job admin: standard"),
        ("job_admin", "Recruiting coordinator"),
    ];
    let states = roles.map(|(of, name)| json!({"type": of, "name": name}));
    plain::seed(seed, &USER_ROLE, states)
}
