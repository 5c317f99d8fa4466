//! Requests that hire.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::applications::{self, APPLICATION};
use crate::domain::job_openings::Fill;
use crate::faces::Writing;
use crate::http::refusal::Outcome;

#[derive(Deserialize)]
struct Hire {
    /// A day.
    start_date: Option<String>,
    opening_id: Option<ClientId>,
    close_reason_id: Option<i64>,
}

pub(super) fn hire(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Hire = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let command = applications::Hire {
        start_date: body.start_date,
        fill: Fill {
            opening_id: body.opening_id,
            close_reason_id: body.close_reason_id,
        },
    };
    let hired = applications::hire(cx, &actor, id, command);
    let names = [
        ("opening", "opening_id"),
        ("close_reason", "close_reason_id"),
    ];
    let id = hired.map_err(|it| it.renamed(&names))?;
    cx.changed(&APPLICATION, id)
}
