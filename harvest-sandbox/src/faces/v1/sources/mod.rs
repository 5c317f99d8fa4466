//! Sources, as v1 shows and changes them.

use crate::domain::sources::SOURCE;
use crate::faces::list::List;
use crate::faces::v1::plain;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::Presentation;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&SOURCE_PRESENTATION],
    operations: &[("list_sources", Handler::Read(list))],
};

static SOURCE_PRESENTATION: Presentation = plain::presentation(&SOURCE);

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&SOURCE))
}
