//! Jobs, as they are sent.

use crate::domain::departments::Department;
use crate::domain::jobs::{HiringTeam, Job, Member};
use crate::domain::offices::Office;
use crate::domain::user_permissions;
use crate::faces::v1::{custom_fields, job_openings, summary, tree};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let job: Job = row.state()?;
    let team = &job.hiring_team;
    let custom = custom_fields::shown(view, "job", &job.custom_fields)?;
    let mut departments = tree::within_others::<Department>(view, &job.department_ids)?;
    if departments.is_empty() {
        // As observed. Lists of offices were not seen so.
        departments.push(Value::Null);
    }
    Document::of(&json!({
        "id": row.id,
        "name": job.name,
        "requisition_id": job.requisition_id,
        "notes": job.notes,
        "confidential": job.confidential,
        "status": job.status,
        "created_at": job.created_at,
        "opened_at": job.opened_at,
        "closed_at": job.closed_at,
        "updated_at": job.updated_at,
        "is_template": job.is_template,
        "copied_from_id": job.copied_from_id,
        "departments": departments,
        "offices": tree::within_others::<Office>(view, &job.office_ids)?,
        "custom_fields": custom.by_name,
        "keyed_custom_fields": custom.by_key,
        "hiring_team": {
            "hiring_managers": members(view, &team.hiring_managers, false)?,
            "recruiters": members(view, &team.recruiters, true)?,
            "coordinators": members(view, &team.coordinators, true)?,
            "sourcers": members(view, &team.sourcers, false)?,
        },
        "openings": job_openings::all_of_job(view, row.id)?,
    }))
}

fn members(view: &View<'_>, members: &[Member], responsible: bool) -> Outcome<Vec<Value>> {
    members
        .iter()
        .map(|member| {
            let mut shown = (*summary::user(view, Some(member.user_id))?).clone();
            if responsible && let Some(fields) = shown.as_object_mut() {
                fields.insert("responsible".to_owned(), member.responsible.into());
            }
            Ok(shown)
        })
        .collect()
}

/// The hiring team of a job on its own: who, and whether they still have access to the job.
pub(super) fn team(view: &View<'_>, job_id: i64, team: &HiringTeam) -> Outcome<Value> {
    let by_id = |members, responsible| by_id(view, job_id, members, responsible);
    Ok(json!({
        "hiring_managers": by_id(&team.hiring_managers, false)?,
        "recruiters": by_id(&team.recruiters, true)?,
        "coordinators": by_id(&team.coordinators, true)?,
        "sourcers": by_id(&team.sourcers, false)?,
    }))
}

fn by_id(
    view: &View<'_>,
    job_id: i64,
    members: &[Member],
    responsible: bool,
) -> Outcome<Vec<Value>> {
    members
        .iter()
        .map(|member| {
            let active = user_permissions::reaches(view, member.user_id, job_id)?;
            let mut shown = json!({"user_id": member.user_id, "active": active});
            if responsible {
                shown["responsible"] = member.responsible.into();
            }
            Ok(shown)
        })
        .collect()
}
