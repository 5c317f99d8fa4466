//! Roles that users can have on jobs, as v1 shows and changes them.

use crate::domain::user_roles::USER_ROLE;
use crate::faces::list::List;
use crate::faces::v1::plain;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::Presentation;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&USER_ROLE_PRESENTATION],
    operations: &[("list_user_roles", Handler::Read(list))],
};

static USER_ROLE_PRESENTATION: Presentation = plain::presentation(&USER_ROLE);

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&USER_ROLE))
}
