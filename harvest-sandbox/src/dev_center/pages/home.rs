//! Configure, and Dev Center in it.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "configure.html")]
struct Configure {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "dev_center.html")]
struct DevCenter {
    frame: Frame,
}

pub(in crate::dev_center) fn configure(visit: &Visit<'_>) -> Outcome {
    page(&Configure {
        frame: Frame::new(visit, "Configure", Section::Configure)?,
    })
}

pub(in crate::dev_center) fn dev_center(visit: &Visit<'_>) -> Outcome {
    page(&DevCenter {
        frame: Frame::new(visit, "Dev Center", Section::DevCenter)?,
    })
}
