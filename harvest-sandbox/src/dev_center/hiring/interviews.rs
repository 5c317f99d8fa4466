//! Interviews on the calendar.

use askama::Template;

use super::call::calls;
use super::frame::{self, Hiring};
use super::listing::{Listed, Listing};
use super::names::{name, time, user};
use crate::clock::stamp;
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::jobs::JOB;
use crate::domain::scheduled_interviews::{SCHEDULED_INTERVIEW, ScheduledInterview, Step};
use crate::http::query::encode;
use crate::http::refusal::Outcome;
use crate::store::View;

/// Interviewers in a line.
const MOST_INTERVIEWERS: usize = 20;

#[derive(Template)]
#[template(path = "hiring/interviews.html")]
struct Interviews<'a> {
    frame: Frame,
    hiring: Hiring,
    when: &'a str,
    lines: Vec<Line>,
    older: Option<i64>,
    is_later: bool,
}

struct Line {
    id: i64,
    at: String,
    step: String,
    candidate_id: i64,
    candidate: String,
    job: String,
    /// Names, and what they answered.
    interviewers: Vec<(String, String)>,
    status: &'static str,
    location: Option<String>,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let when = visit.query.last("when").unwrap_or_default();
    frame::show(
        visit,
        "Interviews",
        Section::Interviews,
        |view, frame, mut hiring| {
            let mut listing = Listing::by(&SCHEDULED_INTERVIEW, "starts_at");
            match when {
                "ahead" => listing.only("starts_at > :value", stamp(view.now())),
                "behind" => listing.only("starts_at <= :value", stamp(view.now())),
                _ => {}
            }
            let Listed {
                lines,
                older,
                is_later,
            } = listing.page(
                view,
                &hiring.viewer,
                visit.number("before"),
                |id, interview| Line::of(view, id, interview),
            )?;
            hiring.calls = calls(
                visit,
                [
                    "/v1/scheduled_interviews".to_owned(),
                    "/v3/interviews".to_owned(),
                ],
            );
            Ok(Interviews {
                frame,
                hiring,
                when,
                lines,
                older,
                is_later,
            })
        },
    )
}

impl Interviews<'_> {
    fn at(&self, before: Option<i64>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let all = [("when", self.when), ("before", &before)];
        let given = all.into_iter().filter(|(_, value)| !value.is_empty());
        format!("/configure/interviews?{}", encode(given))
    }
}

impl Line {
    fn of(view: &View<'_>, id: i64, interview: ScheduledInterview) -> Outcome<Self> {
        let application: Application = view.get(&APPLICATION, interview.application_id)?;
        let candidate: Candidate = view.get(&CANDIDATE, application.candidate_id)?;
        let step = Step::find(view, interview.interview_id)?;
        let interviewers = interview.interviewers.iter().take(MOST_INTERVIEWERS);
        let interviewers = interviewers.map(|it| {
            let name = user(view, Some(it.user_id))?.unwrap_or_default();
            Ok((name, it.response_status.replace('_', " ")))
        });
        let status = match interview.status(&stamp(view.now())) {
            "awaiting_feedback" => "awaiting feedback",
            status => status,
        };
        Ok(Self {
            id,
            at: time(&interview.started_at()),
            step: (*step)
                .as_ref()
                .map(|it| it.name.clone())
                .unwrap_or_default(),
            candidate_id: application.candidate_id,
            candidate: candidate.name(),
            job: name(view, &JOB, application.job_id())?.unwrap_or_default(),
            interviewers: interviewers.collect::<Outcome<_>>()?,
            status,
            location: interview.location,
        })
    }
}
