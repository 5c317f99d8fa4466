//! The state of the rate limits.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::http::limit::{Limit, Usage};
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "rate_limit.html")]
struct RateLimit {
    frame: Frame,
    versions: Vec<Version>,
    enforced: bool,
}

/// The limit of a version.
struct Version {
    name: &'static str,
    usage: Usage,
    /// How long a window is, in seconds.
    window: f64,
    /// Whether each credential has a count of its own, so that there is none to be shown for all.
    by_credential: bool,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>) -> Outcome {
    let limits = &visit.pipeline.limits;
    let versions = visit.state.face_names().zip(limits);
    let versions = versions.map(|(name, limit)| Version {
        name,
        usage: limit.look(None),
        window: limit.window().as_secs_f64(),
        by_credential: limit.is_by_credential(),
    });
    page(&RateLimit {
        frame: Frame::new(visit, "Rate limit", Section::DevCenter)?,
        versions: versions.collect(),
        enforced: limits.iter().any(Limit::is_enforced),
    })
}
