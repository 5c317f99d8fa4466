//! Making a job by copying another.

use serde::Deserialize;

use super::super::job_openings::{self, NewOpening};
use super::super::user_permissions::{JOB_PERMISSION, JobPermission};
use super::super::{custom_fields, job_stages};
use super::place::Place;
use super::update::check_name;
use super::{JOB, Job};
use crate::access::Actor;
use crate::handler::Writing;
use crate::refusal::{Outcome, Problems, Refusal};
use crate::store::Edit;

#[derive(Deserialize)]
struct Create {
    template_job_id: i64,
    number_of_openings: i64,
    job_name: Option<String>,
    requisition_id: Option<String>,
    opening_ids: Option<Vec<String>>,
    #[serde(flatten)]
    place: Place,
}

/// The new job has the stages, the hiring team and the custom fields of the other, and openings of its own.
pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let template_id = body.template_job_id;
    let Some(template) = cx.find::<Job>(&JOB, template_id)? else {
        let message = "A job with this id does not exist.";
        return Err(Refusal::field("template_job_id", message));
    };
    cx.user.require_job(cx, template_id)?;
    let mut problems = Problems::default();
    let openings = usize::try_from(body.number_of_openings).unwrap_or_default();
    job_openings::check_room(cx, None, openings, "number_of_openings", &mut problems)?;
    if let Some(ids) = &body.opening_ids
        && ids.len() != openings
    {
        problems.add("opening_ids", "Must be as many as number_of_openings");
    }
    if let Some(name) = &body.job_name {
        check_name("job_name", name, &mut problems);
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
    let user = cx.user.clone();
    copy_permissions(cx, &user, template_id, id)?;
    cx.created(&JOB, id)
}

/// Whoever copies a job may do to the copy what they may do to the original.
fn copy_permissions(edit: &mut Edit<'_>, user: &Actor, from: i64, to: i64) -> Outcome<()> {
    let condition = "user_id = ?1 AND job_id = ?2 ORDER BY id";
    for (_, permission) in
        edit.states::<JobPermission>(&JOB_PERMISSION, condition, (user.id, from))?
    {
        let permission = JobPermission {
            job_id: to,
            ..permission
        };
        edit.insert(&JOB_PERMISSION, &permission)?;
    }
    Ok(())
}
