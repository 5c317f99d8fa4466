//! Prospect pools and their stages, as v1 shows and changes them.

use crate::domain::prospect_pools::PROSPECT_POOL;
use crate::faces::list::List;
use crate::faces::v1::plain;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::Presentation;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&PROSPECT_POOL_PRESENTATION],
    operations: &[
        ("list_prospect_pools", Handler::Read(list)),
        ("get_prospect_pool", Handler::Read(get)),
    ],
};

static PROSPECT_POOL_PRESENTATION: Presentation = plain::presentation(&PROSPECT_POOL);

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&PROSPECT_POOL))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&PROSPECT_POOL, "id")
}
