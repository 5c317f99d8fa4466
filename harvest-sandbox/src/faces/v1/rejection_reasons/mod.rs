//! Rejection reasons, as v1 shows and changes them.

use crate::domain::rejection_reasons::REJECTION_REASON;
use crate::faces::list::List;
use crate::faces::v1::plain;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::Presentation;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&REJECTION_REASON_PRESENTATION],
    operations: &[("list_rejection_reasons", Handler::Read(list))],
};

static REJECTION_REASON_PRESENTATION: Presentation = plain::presentation(&REJECTION_REASON);

/// Reasons that every organization has begin below this id, those of this one above.
const OWN: i64 = 51_843;

fn list(cx: &Reading<'_>) -> Outcome {
    let list = List::of(&REJECTION_REASON);
    if cx.call.flag("include_defaults") {
        cx.list(list)
    } else {
        cx.list(list.within("id >= ?", OWN))
    }
}
