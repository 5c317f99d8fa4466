//! A job: who is in which stage, as a board.

use askama::Template;

use super::call::calls;
use super::frame::{self, Hiring};
use super::jobs::counted;
use super::listing::seen;
use super::names::{name, names, user};
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::access::Actor;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::departments::DEPARTMENT;
use crate::domain::job_openings::{JOB_OPENING, JobOpening};
use crate::domain::job_stages::{self, JOB_STAGE};
use crate::domain::jobs::{JOB, Job, Member};
use crate::domain::offices::OFFICE;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;
use crate::store::View;

/// Cards in a column: those beyond are in the list of candidates.
const MOST_CARDS: usize = 20;
/// Openings on the page.
const MOST_OPENINGS: usize = 50;
/// Columns of the board, and members of a role.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "hiring/job.html")]
struct Page {
    frame: Frame,
    hiring: Hiring,
    id: i64,
    job: Job,
    departments: String,
    offices: String,
    stages: Vec<Stage>,
    /// Those who are in no stage any more: what they are, and how many.
    gone: Vec<(&'static str, String)>,
    team: Vec<(&'static str, String)>,
    openings: Vec<Opening>,
}

struct Opening {
    opening: JobOpening,
    /// The name of the candidate who filled it.
    filled_by: Option<String>,
}

/// A column of the board.
struct Stage {
    id: i64,
    name: String,
    count: String,
    cards: Vec<Card>,
    has_more: bool,
}

struct Card {
    candidate_id: i64,
    name: String,
    title: Option<String>,
    since: String,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    frame::show(visit, "Job", Section::Jobs, |view, frame, mut hiring| {
        let row = hiring.viewer.row(view, &JOB, id)?;
        let job: Job = row.ok_or_else(Refusal::not_found)?.state()?;
        let viewer = &hiring.viewer;
        let stages = job_stages::of_job(view, id)?.into_iter().take(MOST);
        let stages = stages.map(|id| Stage::of(view, viewer, id));
        let stages = stages.collect::<Outcome<_>>()?;
        let gone = [("hired", "Hired"), ("rejected", "Rejected")];
        let gone = gone.into_iter().map(|(status, _)| {
            let condition = format!(
                "id IN (SELECT application_id FROM application_job WHERE job_id = ?2) \
                 AND status = '{status}'"
            );
            Ok((status, counted(view, viewer, &condition, id)?))
        });
        let gone = gone.collect::<Outcome<_>>()?;
        hiring.calls = calls(visit, paths(id));
        Ok(Page {
            id,
            departments: names(view, &DEPARTMENT, &job.department_ids)?.join(", "),
            offices: names(view, &OFFICE, &job.office_ids)?.join(", "),
            stages,
            gone,
            team: team(view, &job)?,
            openings: openings(view, &hiring.viewer, id)?,
            job,
            frame,
            hiring,
        })
    })
}

/// The paths of the calls that read the page.
fn paths(id: i64) -> [String; 6] {
    [
        format!("/v1/jobs/{id}"),
        format!("/v1/jobs/{id}/stages"),
        format!("/v1/applications?job_id={id}&status=active"),
        format!("/v3/jobs?ids={id}"),
        format!("/v3/job_interview_stages?job_ids={id}"),
        format!("/v3/applications?job_ids={id}"),
    ]
}

impl Stage {
    fn of(view: &View<'_>, viewer: &Actor, id: i64) -> Outcome<Self> {
        let in_stage = "stage_id = ?2 AND status = 'active'";
        let condition = format!(
            "?1 IS NOT NULL AND {in_stage} AND {} ORDER BY id DESC LIMIT {}",
            seen(viewer, &APPLICATION, true),
            MOST_CARDS + 1
        );
        let mut all = view.states::<Application>(&APPLICATION, &condition, (viewer.id, id))?;
        let has_more = all.len() > MOST_CARDS;
        all.truncate(MOST_CARDS);
        let count = if has_more {
            counted(view, viewer, in_stage, id)?
        } else {
            all.len().to_string()
        };
        let cards = all.into_iter().map(|(_, application)| {
            let candidate: Candidate = view.get(&CANDIDATE, application.candidate_id)?;
            Ok(Card {
                candidate_id: application.candidate_id,
                name: candidate.name(),
                title: candidate.title,
                since: application.last_activity_at,
            })
        });
        Ok(Self {
            id,
            name: name(view, &JOB_STAGE, Some(id))?.unwrap_or_default(),
            count,
            cards: cards.collect::<Outcome<_>>()?,
            has_more,
        })
    }
}

/// The roles of the hiring team, with the names of those who have them.
fn team(view: &View<'_>, job: &Job) -> Outcome<Vec<(&'static str, String)>> {
    let team = &job.hiring_team;
    let roles: [(&str, &[Member]); 4] = [
        ("Hiring managers", &team.hiring_managers),
        ("Recruiters", &team.recruiters),
        ("Coordinators", &team.coordinators),
        ("Sourcers", &team.sourcers),
    ];
    let filled = roles.into_iter().filter(|(_, members)| !members.is_empty());
    filled
        .map(|(role, members)| {
            let names = members.iter().take(MOST);
            let names = names.map(|it| user(view, Some(it.user_id)));
            let names: Vec<Option<String>> = names.collect::<Outcome<_>>()?;
            Ok((
                role,
                names.into_iter().flatten().collect::<Vec<_>>().join(", "),
            ))
        })
        .collect()
}

fn openings(view: &View<'_>, viewer: &Actor, job_id: i64) -> Outcome<Vec<Opening>> {
    let condition = format!("job_id = ?1 ORDER BY status DESC, id LIMIT {MOST_OPENINGS}");
    let all = view.states::<JobOpening>(&JOB_OPENING, &condition, [job_id])?;
    all.into_iter()
        .map(|(_, opening)| {
            let filled = match opening.application_id {
                Some(id) => viewer.row(view, &APPLICATION, id)?,
                None => None,
            };
            let filled = filled.map(|row| row.state::<Application>()).transpose()?;
            let filled_by = filled.map(|it| view.get::<Candidate>(&CANDIDATE, it.candidate_id));
            Ok(Opening {
                filled_by: filled_by.transpose()?.map(|it| it.name()),
                opening,
            })
        })
        .collect()
}
