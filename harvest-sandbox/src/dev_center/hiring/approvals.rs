//! Approval flows: what waits for whom.

use askama::Template;

use super::call::calls;
use super::frame::{self, Hiring};
use super::listing::{Listed, Listing};
use super::names::{name, user};
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::approvals::{APPROVAL_FLOW, Flow};
use crate::domain::jobs::JOB;
use crate::http::query::encode;
use crate::http::refusal::Outcome;
use crate::store::View;

const STATUSES: &[&str] = &["pending", "approved", "rejected"];

#[derive(Template)]
#[template(path = "hiring/approvals.html")]
struct Approvals<'a> {
    frame: Frame,
    hiring: Hiring,
    status: &'a str,
    statuses: &'static [&'static str],
    lines: Vec<Line>,
    older: Option<i64>,
    is_later: bool,
}

struct Line {
    id: i64,
    flow: Flow,
    what: &'static str,
    job: String,
    requested_by: Option<String>,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let status = visit.query.last("status").unwrap_or("pending");
    frame::show(
        visit,
        "Approvals",
        Section::Approvals,
        |view, frame, mut hiring| {
            let mut listing = Listing::of(&APPROVAL_FLOW);
            listing.one_of("approval_status", STATUSES, status);
            let Listed {
                lines,
                older,
                is_later,
            } = listing.page(view, &hiring.viewer, visit.number("before"), |id, flow| {
                Line::of(view, id, flow)
            })?;
            let user_id = hiring.viewer.id;
            hiring.calls = calls(
                visit,
                [
                    format!("/v1/users/{user_id}/pending_approvals"),
                    "/v3/approval_flows".to_owned(),
                ],
            );
            Ok(Approvals {
                frame,
                hiring,
                status,
                statuses: STATUSES,
                lines,
                older,
                is_later,
            })
        },
    )
}

impl Approvals<'_> {
    fn at(&self, before: Option<i64>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let all = [("status", self.status), ("before", &before)];
        let given = all
            .into_iter()
            .filter(|(name, value)| *name == "status" || !value.is_empty());
        format!("/configure/approvals?{}", encode(given))
    }
}

impl Line {
    fn of(view: &View<'_>, id: i64, flow: Flow) -> Outcome<Self> {
        Ok(Self {
            id,
            what: what(&flow),
            job: name(view, &JOB, Some(flow.job_id))?.unwrap_or_default(),
            requested_by: user(view, flow.requested_by_user_id)?,
            flow,
        })
    }
}

/// The subject of a flow, in words.
pub(super) fn what(flow: &Flow) -> &'static str {
    match (flow.approval_type.as_str(), flow.offer_id) {
        ("open_job", _) => "Open the job",
        ("offer_job", _) => "Make offers on the job",
        (_, Some(_)) => "Make this offer",
        _ => "Every offer on the job",
    }
}
