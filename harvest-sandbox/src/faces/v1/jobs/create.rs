//! Making a job by copying another.

use serde::Deserialize;

use super::place::Place;
use crate::domain::access::ClientId;
use crate::domain::job_openings::NewOpening;
use crate::domain::jobs::{JOB, Job, grant};
use crate::domain::{custom_fields, job_openings, job_posts, job_stages, names, user_permissions};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::refusal::{Problems, Refusal};

#[derive(Deserialize)]
struct Create {
    template_job_id: ClientId,
    number_of_openings: i64,
    job_post_name: Option<String>,
    job_name: Option<String>,
    requisition_id: Option<String>,
    opening_ids: Option<Vec<String>>,
    #[serde(flatten)]
    place: Place,
}

/// The new job has the stages, the job posts, the hiring team and the custom fields of the other, and openings of its own.
pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    let field = ("template_job_id", "A job");
    let template = cx.record_in_body::<Job>(&JOB, body.template_job_id, field, &mut problems)?;
    problems.check()?;
    let (template_id, template) = template.ok_or_else(Refusal::not_found)?;
    cx.user.require_job(cx, template_id)?;
    let openings = usize::try_from(body.number_of_openings).unwrap_or_default();
    job_openings::check_room(cx, None, openings, "number_of_openings", &mut problems)?;
    if let Some(ids) = &body.opening_ids
        && ids.len() != openings
    {
        problems.add("opening_ids", "Must be as many as number_of_openings");
    }
    for (field, name) in [
        ("job_name", &body.job_name),
        ("job_post_name", &body.job_post_name),
    ] {
        if let Some(name) = name {
            names::check(field, name, &mut problems);
        }
    }
    let now = cx.stamp();
    let mut job = Job {
        name: body
            .job_name
            .unwrap_or_else(|| format!("Copy Of {}", template.name)),
        requisition_id: body.requisition_id,
        status: "open".to_owned(),
        created_at: now.clone(),
        opened_at: Some(now.clone()),
        closed_at: None,
        updated_at: now,
        is_template: false,
        copied_from_id: Some(template_id),
        ..template
    };
    body.place.apply(cx, &mut job, &mut problems)?;
    problems.check()?;
    let id = cx.insert(&JOB, &job)?;
    let mut names = body.opening_ids.unwrap_or_default().into_iter();
    for _ in 0..openings {
        let opening = NewOpening {
            opening_id: names.next(),
            custom_fields: custom_fields::Values::new(),
        };
        job_openings::add(cx, id, opening)?;
    }
    job_stages::copy(cx, template_id, id)?;
    job_posts::copy(cx, template_id, id, body.job_post_name.as_deref())?;
    let user_id = cx.user.id;
    grant(cx, user_id, template_id, id, &job)?;
    user_permissions::take_effect(cx, id, &job.office_ids, &job.department_ids)?;
    cx.created(&JOB, id)
}
