//! The state of the rate limit.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::http::limit::Usage;
use crate::http::refusal::Outcome;
use crate::refusal::broken;

#[derive(Template)]
#[template(path = "rate_limit.html")]
struct RateLimit {
    frame: Frame,
    usage: Usage,
    /// How long a window is, in seconds.
    window: f64,
    enforced: bool,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>) -> Outcome {
    let limit = visit.pipeline.limits.first();
    let limit = limit.ok_or_else(|| broken("no face has a limit"))?;
    page(&RateLimit {
        frame: Frame::new(visit, "Rate limit", Section::DevCenter)?,
        usage: limit.look(None),
        window: limit.window().as_secs_f64(),
        enforced: limit.is_enforced(),
    })
}
