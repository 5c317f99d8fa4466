//! Jobs in payloads.

use std::rc::Rc;

use super::Context;
use super::values::{custom_fields, units};
use crate::clock::short_stamp;
use crate::domain::departments::DEPARTMENT;
use crate::domain::job_openings::{JOB_OPENING, JobOpening};
use crate::domain::jobs::{JOB, Job, Member};
use crate::domain::offices::OFFICE;
use crate::domain::users::{USER, User};
use crate::json::{Value, json};
use crate::refusal::Outcome;

/// A job as an application has it.
pub(super) fn document(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    let Some(it) = cx.view.shared::<Job>(&JOB, id)? else {
        return Ok(None);
    };
    let sql =
        "SELECT id FROM job_post WHERE job_id = ?1 AND state ->> 'active' ORDER BY id LIMIT 1";
    let job_post_id: Option<i64> = cx.view.value(sql, [id])?;
    let team = &it.hiring_team;
    Ok(Some(json!({
        "id": id,
        "name": it.name,
        "requisition_id": it.requisition_id,
        "notes": it.notes,
        "confidential": it.confidential,
        "job_post_id": job_post_id,
        "status": it.status,
        // Who made a job is not kept.
        "created_by_id": null,
        "created_at": short_stamp(&it.created_at),
        "opened_at": it.opened_at.as_deref().map(short_stamp),
        "closed_at": it.closed_at.as_deref().map(short_stamp),
        "url": format!("{}/configure/jobs/{id}", cx.base),
        "departments": units(cx.view, &DEPARTMENT, &it.department_ids)?,
        "offices": units(cx.view, &OFFICE, &it.office_ids)?,
        "hiring_team": {
            "hiring_managers": members(cx, &team.hiring_managers)?,
            "sourcers": members(cx, &team.sourcers)?,
            "recruiters": members(cx, &team.recruiters)?,
            "coordinators": members(cx, &team.coordinators)?,
        },
        "custom_fields": custom_fields(cx, "job", &it.custom_fields)?,
    })))
}

/// A job as its own events have it.
pub(super) fn with_openings(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    let Some(mut document) = document(cx, id)? else {
        return Ok(None);
    };
    if let Some(fields) = document.as_object_mut() {
        fields.shift_remove("url");
    }
    let openings: Vec<(i64, JobOpening)> =
        cx.view
            .states(&JOB_OPENING, "job_id = ?1 ORDER BY id", [id])?;
    let openings = openings.iter().map(|(opening_id, it)| {
        Ok(json!({
            "id": opening_id,
            "opening_id": it.opening_id,
            "custom_fields": custom_fields(cx, "opening", &it.custom_fields)?,
        }))
    });
    document["openings"] = openings.collect::<Outcome<Vec<_>>>()?.into();
    Ok(Some(document))
}

/// A job as a hire lists it.
pub(super) fn short(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    const NAMES: [&str; 9] = [
        "id",
        "name",
        "requisition_id",
        "opened_at",
        "closed_at",
        "confidential",
        "departments",
        "offices",
        "custom_fields",
    ];
    let Some(mut document) = document(cx, id)? else {
        return Ok(None);
    };
    if let Some(fields) = document.as_object_mut() {
        fields.retain(|name, _| NAMES.contains(&name.as_str()));
    }
    Ok(Some(document))
}

/// The job of a hire in its older form.
pub(super) fn hired(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    let Some(it) = short(cx, id)? else {
        return Ok(None);
    };
    Ok(Some(json!({
        "id": id,
        "name": it["name"],
        "requisition_id": it["requisition_id"],
        "departments": it["departments"],
        "offices": it["offices"],
        "open_date": it["opened_at"],
        "close_date": it["closed_at"],
        "custom_fields": it["custom_fields"],
    })))
}

fn members(cx: &Context<'_>, members: &[Member]) -> Outcome<Vec<Value>> {
    let members = members.iter().map(|member| {
        let user: Option<Rc<User>> = cx.view.shared(&USER, member.user_id)?;
        Ok(json!({
            "user_id": member.user_id,
            "employee_id": user.and_then(|user| user.employee_id.clone()),
        }))
    });
    members.collect()
}
