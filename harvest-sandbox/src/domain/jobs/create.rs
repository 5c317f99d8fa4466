//! Making a job by copying another.

use super::{Job, OrgUnits, grant};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::custom_fields::{self, Entry, Values};
use crate::domain::events::Event;
use crate::domain::{
    candidate_attributes, job_openings, job_posts, job_stages, names, user_permissions,
};
use crate::refusal::{Outcome, Problems, Refusal, Rule};
use crate::store::Edit;

/// A job to make. Paths are the names of these and of [`OrgUnits`].
pub(crate) struct NewJob {
    pub(crate) template_job_id: ClientId,
    pub(crate) number_of_openings: i64,
    pub(crate) job_post_name: Option<String>,
    /// That of the template with `Copy Of` before it, if there is none.
    pub(crate) job_name: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) requisition_id: Option<String>,
    /// What the openings are called: as many as there are openings.
    pub(crate) opening_ids: Option<Vec<String>>,
    pub(crate) custom_fields: Vec<Entry>,
    pub(crate) units: OrgUnits,
}

/// Makes a job with the stages, the job posts, the hiring team and the custom fields of another, and openings of its own.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, new: NewJob) -> Outcome<i64> {
    let mut problems = Problems::default();
    let template = Job::find_seen(edit, actor, new.template_job_id)?;
    if template.is_none() {
        problems.unknown("template_job_id", "A job");
    }
    problems.check()?;
    let (template_id, template) = template.ok_or_else(Refusal::not_found)?;
    actor.require_job(edit, template_id)?;
    let template = Job::clone(&template);
    let openings = usize::try_from(new.number_of_openings).unwrap_or_default();
    job_openings::check_room(edit, None, openings, "number_of_openings", &mut problems)?;
    if let Some(ids) = &new.opening_ids
        && ids.len() != openings
    {
        problems.add("opening_ids", Rule::OpeningNames);
    }
    for (field, name) in [
        ("job_name", &new.job_name),
        ("job_post_name", &new.job_post_name),
    ] {
        if let Some(name) = name {
            names::check(field, name, &mut problems);
        }
    }
    let now = stamp(edit.now());
    let mut job = Job {
        name: new
            .job_name
            .unwrap_or_else(|| format!("Copy Of {}", template.name)),
        notes: new.notes.or(template.notes),
        requisition_id: new.requisition_id,
        status: "open".to_owned(),
        created_at: now.clone(),
        opened_at: Some(now.clone()),
        closed_at: None,
        updated_at: now,
        is_template: false,
        copied_from_id: Some(template_id),
        ..template
    };
    let values = &mut job.custom_fields;
    custom_fields::apply(edit, "job", &new.custom_fields, values, "", &mut problems)?;
    new.units.apply(edit, &mut job, &mut problems)?;
    problems.check()?;
    let id = job.insert(edit)?;
    Event::JobCreated(id).record(edit);
    let mut names = new.opening_ids.unwrap_or_default().into_iter();
    for _ in 0..openings {
        job_openings::add(edit, id, names.next(), Values::new())?;
    }
    let copied = job_stages::copy(edit, template_id, id)?;
    candidate_attributes::copy(edit, template_id, id, &copied)?;
    job_posts::copy(edit, template_id, id, new.job_post_name.as_deref())?;
    grant(edit, actor.id, template_id, id)?;
    user_permissions::take_effect(edit, id, &job.office_ids, &job.department_ids)?;
    Ok(id)
}
