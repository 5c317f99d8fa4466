//! The IP allowlist of the organization.

use askama::Template;
use axum::http::StatusCode;

use crate::dev_center::layout::{Frame, Section, page_with};
use crate::dev_center::visit::Visit;
use crate::domain::access::Addresses;
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "addresses.html")]
struct Page {
    frame: Frame,
    /// One a line.
    ranges: String,
    /// Where the visitor is.
    own: String,
    problems: Vec<String>,
    /// The list would shut the visitor out.
    locks_out: bool,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let ranges = visit.read(Addresses::ranges)?.join("\n");
    show(visit, StatusCode::OK, ranges, Vec::new(), false)
}

pub(in crate::dev_center) fn save(visit: &Visit<'_>) -> Outcome {
    let text = visit.field("ranges");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (ranges, problems) = match Addresses::read(lines) {
        Ok(ranges) => (ranges, Vec::new()),
        Err(problems) => (Vec::new(), problems),
    };
    // An allowlist admits only senders whose address is certain.
    let own = visit.request.sender.address().ok();
    let is_in = own.is_some_and(|own| ranges.iter().any(|range| range.contains(own)));
    let locks_out = !ranges.is_empty() && !is_in;
    if !problems.is_empty() || (locks_out && !visit.ticked("lock_me_out")) {
        let ask = problems.is_empty() && locks_out;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(visit, status, text.to_owned(), problems, ask);
    }
    visit.write(|edit| Addresses::replace(edit, &ranges))?;
    let notice = match ranges.len() {
        0 => "Saved: requests are taken from everywhere.".to_owned(),
        1 => "Saved: requests are taken from one address or range only.".to_owned(),
        more => format!("Saved: requests are taken from {more} addresses and ranges only."),
    };
    visit.done("/configure/dev_center/ip_allowlist", notice)
}

fn show(
    visit: &Visit<'_>,
    status: StatusCode,
    ranges: String,
    problems: Vec<String>,
    locks_out: bool,
) -> Outcome {
    page_with(
        status,
        &Page {
            frame: Frame::new(visit, "IP allowlist", Section::DevCenter)?,
            ranges,
            own: visit.request.sender.nearest().to_string(),
            problems,
            locks_out,
        },
    )
}
