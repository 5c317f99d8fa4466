//! The list of jobs.

use askama::Template;

use super::call::calls;
use super::frame::{self, Hiring};
use super::listing::{Listed, Listing, seen};
use super::names::names;
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::access::Actor;
use crate::domain::applications::APPLICATION;
use crate::domain::departments::DEPARTMENT;
use crate::domain::job_openings;
use crate::domain::jobs::{JOB, Job};
use crate::domain::offices::OFFICE;
use crate::http::query::encode;
use crate::http::refusal::Outcome;
use crate::store::View;

const STATUSES: &[&str] = &["open", "closed", "draft"];
/// Applications are counted so far.
pub(super) const MOST_COUNTED: usize = 1_000;

#[derive(Template)]
#[template(path = "hiring/jobs.html")]
struct Jobs<'a> {
    frame: Frame,
    hiring: Hiring,
    search: &'a str,
    status: &'a str,
    statuses: &'static [&'static str],
    lines: Vec<Line>,
    older: Option<i64>,
    is_later: bool,
}

struct Line {
    id: i64,
    job: Job,
    departments: String,
    offices: String,
    open: usize,
    openings: usize,
    active: String,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let search = visit.query.last("search").unwrap_or_default().trim();
    let status = visit.query.last("status").unwrap_or_default();
    frame::show(visit, "Jobs", Section::Jobs, |view, frame, mut hiring| {
        let mut listing = Listing::of(&JOB);
        if !search.is_empty() {
            let sql = "instr(lower(state ->> 'name'), lower(:value)) > 0 OR requisition_id = :value
                       OR CAST(id AS TEXT) = :value";
            listing.only(sql, search.to_owned());
        }
        let known = listing.one_of("status", STATUSES, status);
        let Listed {
            lines,
            older,
            is_later,
        } = listing.page(view, &hiring.viewer, visit.number("before"), |id, job| {
            Line::of(view, &hiring.viewer, id, job)
        })?;
        let query = known.map(|it| format!("?status={it}")).unwrap_or_default();
        hiring.calls = calls(
            visit,
            [format!("/v1/jobs{query}"), format!("/v3/jobs{query}")],
        );
        Ok(Jobs {
            frame,
            hiring,
            search,
            status,
            statuses: STATUSES,
            lines,
            older,
            is_later,
        })
    })
}

impl Jobs<'_> {
    fn at(&self, before: Option<i64>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let all = [
            ("search", self.search),
            ("status", self.status),
            ("before", &before),
        ];
        let given = all.into_iter().filter(|(_, value)| !value.is_empty());
        format!("/configure/jobs?{}", encode(given))
    }
}

impl Line {
    fn of(view: &View<'_>, viewer: &Actor, id: i64, job: Job) -> Outcome<Self> {
        let (open, openings) = job_openings::counted(view, id)?;
        let of_job = "id IN (SELECT application_id FROM application_job WHERE job_id = ?2) \
                      AND status = 'active'";
        Ok(Self {
            departments: names(view, &DEPARTMENT, &job.department_ids)?.join(", "),
            offices: names(view, &OFFICE, &job.office_ids)?.join(", "),
            active: counted(view, viewer, of_job, id)?,
            open,
            openings,
            id,
            job,
        })
    }
}

/// The number of applications that may be seen and meet a condition about `?2`, as a text: beyond a thousand they are not
/// counted.
pub(super) fn counted(
    view: &View<'_>,
    viewer: &Actor,
    condition: &str,
    value: i64,
) -> Outcome<String> {
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM application WHERE ?1 IS NOT NULL AND {condition} \
         AND {} LIMIT {})",
        seen(viewer, &APPLICATION, true),
        MOST_COUNTED + 1
    );
    let count: usize = view.value(&sql, (viewer.id, value))?.unwrap_or_default();
    Ok(if count > MOST_COUNTED {
        "over 1,000".to_owned()
    } else {
        count.to_string()
    })
}
