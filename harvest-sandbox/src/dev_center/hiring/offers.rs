//! Offers, each version on its own.

use askama::Template;

use super::call::calls;
use super::custom_values::{self, Shown};
use super::frame::{self, Hiring};
use super::listing::{Listed, Listing};
use super::names::name;
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::access::Actor;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::approvals;
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::jobs::JOB;
use crate::domain::offers::{OFFER, Offer};
use crate::http::query::encode;
use crate::http::refusal::Outcome;
use crate::store::View;

const STATUSES: &[&str] = &["unresolved", "accepted", "rejected", "deprecated"];

#[derive(Template)]
#[template(path = "hiring/offers.html")]
struct Offers<'a> {
    frame: Frame,
    hiring: Hiring,
    /// Without this permission there are no offers.
    sees_salaries: bool,
    status: &'a str,
    statuses: &'static [&'static str],
    lines: Vec<Line>,
    older: Option<i64>,
    is_later: bool,
}

struct Line {
    id: i64,
    offer: Offer,
    candidate_id: i64,
    candidate: String,
    job_id: Option<i64>,
    job: String,
    /// Its terms, for those who manage its job.
    values: Vec<Shown>,
    /// The flow of its own approvals, and how far that is.
    approvals: Option<(i64, String)>,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let status = visit.query.last("status").unwrap_or_default();
    frame::show(
        visit,
        "Offers",
        Section::Offers,
        |view, frame, mut hiring| {
            let mut listing = Listing::of(&OFFER);
            listing.one_of("status", STATUSES, status);
            let viewer = &hiring.viewer;
            // As v3 answers, in which users see offers independently of applications.
            let sees_salaries = viewer.sees_salaries(view)?;
            let Listed {
                lines,
                older,
                is_later,
            } = if sees_salaries {
                listing.page(view, viewer, visit.number("before"), |id, offer| {
                    Line::of(view, viewer, id, offer)
                })?
            } else {
                Listed::empty()
            };
            hiring.calls = calls(visit, ["/v1/offers".to_owned(), "/v3/offers".to_owned()]);
            Ok(Offers {
                frame,
                hiring,
                sees_salaries,
                status,
                statuses: STATUSES,
                lines,
                older,
                is_later,
            })
        },
    )
}

impl Offers<'_> {
    fn has_terms(&self) -> bool {
        self.lines.iter().any(|line| !line.values.is_empty())
    }

    fn at(&self, before: Option<i64>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let all = [("status", self.status), ("before", &before)];
        let given = all.into_iter().filter(|(_, value)| !value.is_empty());
        format!("/configure/offers?{}", encode(given))
    }
}

impl Line {
    fn of(view: &View<'_>, viewer: &Actor, id: i64, offer: Offer) -> Outcome<Self> {
        let application: Application = view.get(&APPLICATION, offer.application_id)?;
        let candidate: Candidate = view.get(&CANDIDATE, application.candidate_id)?;
        let job_id = application.job_id();
        let manages = match job_id {
            Some(job_id) => viewer.manages(view, job_id)?,
            None => viewer.site_admin,
        };
        let values = if manages {
            custom_values::of(view, "offer", &offer.custom_fields)?
        } else {
            Vec::new()
        };
        let approvals = approvals::of_offer(view, id)?;
        Ok(Self {
            id,
            candidate_id: application.candidate_id,
            candidate: candidate.name(),
            job: name(view, &JOB, job_id)?.unwrap_or_default(),
            job_id,
            values,
            approvals: approvals.map(|(id, flow)| (id, flow.approval_status)),
            offer,
        })
    }
}
