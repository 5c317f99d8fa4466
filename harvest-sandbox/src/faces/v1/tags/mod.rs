//! Tags of candidates, as v1 shows and changes them.

mod candidate;
mod write;

use crate::domain::tags::TAG;
use crate::faces::list::List;
use crate::faces::v1::plain;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::Presentation;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&TAG_PRESENTATION],
    operations: &[
        ("list_candidate_tags", Handler::Read(list)),
        ("create_candidate_tag", Handler::Write(write::create)),
        ("delete_candidate_tag", Handler::Write(write::delete)),
        ("list_tags_of_candidate", Handler::Read(candidate::list)),
        ("add_tag_to_candidate", Handler::Write(candidate::add)),
        (
            "remove_tag_from_candidate",
            Handler::Write(candidate::remove),
        ),
    ],
};

static TAG_PRESENTATION: Presentation = plain::presentation(&TAG);

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&TAG))
}
