//! Reasons for which openings are closed, as v1 shows and changes them.

use crate::domain::close_reasons::CLOSE_REASON;
use crate::faces::list::List;
use crate::faces::v1::plain;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::Presentation;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&CLOSE_REASON_PRESENTATION],
    operations: &[("list_close_reasons", Handler::Read(list))],
};

static CLOSE_REASON_PRESENTATION: Presentation = plain::presentation(&CLOSE_REASON);

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&CLOSE_REASON))
}
