//! The API reference, rendered from the description, with requests that can be tried.

use askama::Template;

use crate::dev_center::headers;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::viewer;
use crate::dev_center::visit::Visit;
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "reference.html")]
struct Reference {
    frame: Frame,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>) -> Outcome {
    let reply = page(&Reference {
        frame: Frame::new(visit, "API reference", Section::DevCenter)?,
    })?;
    Ok(headers::for_reference(reply))
}

pub(in crate::dev_center) fn description(visit: &Visit<'_>) -> Outcome {
    viewer::description(visit.site.description)
}
