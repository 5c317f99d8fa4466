//! Reset to the seed.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::http::refusal::Outcome;
use crate::refusal::broken;

#[derive(Template)]
#[template(path = "reset.html")]
struct Reset {
    frame: Frame,
}

pub(in crate::dev_center) fn confirm(visit: &Visit<'_>) -> Outcome {
    page(&Reset {
        frame: Frame::new(visit, "Reset to the seed", Section::DevCenter)?,
    })
}

pub(in crate::dev_center) fn reset(visit: &Visit<'_>) -> Outcome {
    visit.control.reset().map_err(broken)?;
    visit.done(
        "/configure/dev_center",
        "The organization is again what it was at first.",
    )
}
