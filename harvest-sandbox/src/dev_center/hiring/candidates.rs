//! The list of candidates.

use askama::Template;

use super::call::calls;
use super::frame::{self, Hiring};
use super::listing::{Listed, Listing, seen};
use super::names::{name, names};
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::job_stages::JOB_STAGE;
use crate::domain::jobs::JOB;
use crate::domain::tags::TAG;
use crate::domain::users::directory::Choice;
use crate::http::query::encode;
use crate::http::refusal::Outcome;
use crate::store::View;

const PATH: &str = "/configure/candidates";
/// Statuses of applications.
const STATUSES: &[&str] = &["active", "rejected", "hired", "converted"];
/// Choices of a filter.
const MOST_CHOICES: usize = 200;

#[derive(Template)]
#[template(path = "hiring/candidates.html")]
struct Candidates<'a> {
    frame: Frame,
    hiring: Hiring,
    filter: Filter<'a>,
    lines: Vec<Line>,
    older: Option<i64>,
    is_later: bool,
    jobs: Vec<Choice>,
    tags: Vec<Choice>,
    statuses: &'static [&'static str],
    /// The stage that is chosen, which no field of the form has.
    stage: Option<String>,
}

/// The filters of the list.
struct Filter<'a> {
    search: &'a str,
    status: &'a str,
    job_id: Option<i64>,
    stage_id: Option<i64>,
    tag_id: Option<i64>,
}

struct Line {
    id: i64,
    candidate: Candidate,
    /// The latest application that may be seen: the job or jobs, and how far it is.
    applied: Option<(String, String)>,
    tags: Vec<String>,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let filter = Filter::of(visit);
    frame::show(
        visit,
        "Candidates",
        Section::Candidates,
        |view, frame, mut hiring| {
            let listing = filter.listing(&hiring);
            let before = visit.number("before");
            let Listed {
                lines,
                older,
                is_later,
            } = listing.page(view, &hiring.viewer, before, |id, candidate| {
                Line::of(view, &hiring, id, candidate)
            })?;
            hiring.calls = calls(visit, filter.paths());
            Ok(Candidates {
                lines,
                older,
                is_later,
                jobs: choices(view, &hiring)?,
                tags: tags(view)?,
                statuses: STATUSES,
                stage: match filter.stage_id {
                    Some(id) if hiring.viewer.sees_record(view, &JOB_STAGE, id)? => {
                        name(view, &JOB_STAGE, Some(id))?
                    }
                    _ => None,
                },
                frame,
                hiring,
                filter,
            })
        },
    )
}

impl<'a> Filter<'a> {
    fn of(visit: &'a Visit<'_>) -> Self {
        Self {
            search: visit.query.last("search").unwrap_or_default().trim(),
            status: visit.query.last("status").unwrap_or_default(),
            job_id: visit.number("job_id"),
            stage_id: visit.number("stage_id"),
            tag_id: visit.number("tag_id"),
        }
    }

    fn listing(&self, hiring: &Hiring) -> Listing {
        let mut listing = Listing::of(&CANDIDATE);
        if !self.search.is_empty() {
            let sql = "instr(lower(state ->> 'first_name' || ' ' || (state ->> 'last_name')),
                        lower(:value)) > 0
                 OR EXISTS (SELECT 1 FROM candidate_email WHERE candidate_id = candidate.id
                            AND instr(lower(address), lower(:value)) > 0)
                 OR CAST(candidate.id AS TEXT) = :value";
            listing.only(sql, self.search.to_owned());
        }
        if let Some(tag_id) = self.tag_id {
            let sql = "id IN (SELECT candidate_id FROM candidate_tag WHERE tag_id = :value)";
            listing.only(sql, tag_id);
        }
        // What an application that may not be seen says finds nothing.
        let open = seen(&hiring.viewer, &APPLICATION, true);
        let having = |condition: &str| {
            format!(
                "EXISTS (SELECT 1 FROM application WHERE candidate_id = candidate.id
                         AND {condition} AND {open})"
            )
        };
        let of_job = "(SELECT job_id FROM application_job WHERE application_id = application.id)";
        let status = STATUSES.iter().find(|it| **it == self.status);
        if let Some(stage_id) = self.stage_id {
            listing.only(&having("stage_id = :value AND status = 'active'"), stage_id);
        } else if let (Some(job_id), Some(status)) = (self.job_id, status) {
            let condition = format!(":value IN {of_job} AND status = '{status}'");
            listing.only(&having(&condition), job_id);
        } else if let Some(job_id) = self.job_id {
            listing.only(&having(&format!(":value IN {of_job}")), job_id);
        } else if let Some(status) = status {
            listing.only(&having("status = :value"), (*status).to_owned());
        }
        listing
    }

    /// The paths of the calls that read the page.
    fn paths(&self) -> [String; 2] {
        match self.job_id {
            Some(job_id) => [
                format!("/v1/candidates?job_id={job_id}"),
                format!("/v3/applications?job_ids={job_id}"),
            ],
            None => ["/v1/candidates".to_owned(), "/v3/candidates".to_owned()],
        }
    }
}

impl Candidates<'_> {
    fn at(&self, before: Option<i64>) -> String {
        let Filter {
            job_id,
            stage_id,
            tag_id,
            ..
        } = self.filter;
        let text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let (job_id, stage_id, tag_id) = (text(job_id), text(stage_id), text(tag_id));
        let before = text(before);
        let all = [
            ("search", self.filter.search),
            ("status", self.filter.status),
            ("job_id", &job_id),
            ("stage_id", &stage_id),
            ("tag_id", &tag_id),
            ("before", &before),
        ];
        let given = all.into_iter().filter(|(_, value)| !value.is_empty());
        format!("{PATH}?{}", encode(given))
    }
}

impl Line {
    fn of(view: &View<'_>, hiring: &Hiring, id: i64, candidate: Candidate) -> Outcome<Self> {
        let condition = format!(
            "?1 IS NOT NULL AND candidate_id = ?2 AND {} ORDER BY id DESC LIMIT 1",
            seen(&hiring.viewer, &APPLICATION, true)
        );
        let latest =
            view.states::<Application>(&APPLICATION, &condition, (hiring.viewer.id, id))?;
        let applied = latest.into_iter().next().map(|(_, application)| {
            let jobs = names(view, &JOB, &application.job_ids)?.join(", ");
            let stage = name(view, &JOB_STAGE, application.stage_id)?;
            Outcome::Ok((jobs, how_far(&application, stage)))
        });
        Ok(Self {
            id,
            applied: applied.transpose()?,
            tags: names(view, &TAG, &candidate.tag_ids)?,
            candidate,
        })
    }
}

/// The progress of an application, in words.
pub(super) fn how_far(application: &Application, stage: Option<String>) -> String {
    match (application.status.as_str(), stage) {
        ("active", _) if application.prospect => "Prospect".to_owned(),
        ("active", Some(stage)) => stage,
        ("active", None) => "Active".to_owned(),
        ("rejected", Some(stage)) => format!("Rejected in {stage}"),
        ("rejected", None) => "Rejected".to_owned(),
        ("hired", _) => "Hired".to_owned(),
        _ => "Converted".to_owned(),
    }
}

/// The jobs that may be seen, latest first.
pub(super) fn choices(view: &View<'_>, hiring: &Hiring) -> Outcome<Vec<Choice>> {
    let sql = format!(
        "SELECT id, coalesce(state ->> 'name', '') FROM job WHERE ?1 IS NOT NULL AND {}
         ORDER BY id DESC LIMIT {MOST_CHOICES}",
        seen(&hiring.viewer, &JOB, true)
    );
    pairs(view, &sql, hiring.viewer.id)
}

fn tags(view: &View<'_>) -> Outcome<Vec<Choice>> {
    let sql =
        format!("SELECT id, name FROM tag WHERE ?1 IS NOT NULL ORDER BY name LIMIT {MOST_CHOICES}");
    pairs(view, &sql, 0)
}

fn pairs(view: &View<'_>, sql: &str, user_id: i64) -> Outcome<Vec<Choice>> {
    let mut statement = view.sql().prepare_cached(sql)?;
    let rows = statement.query_map([user_id], |row| {
        Ok(Choice {
            id: row.get(0)?,
            name: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
