//! Members of hiring teams, as records of their own: hiring managers, and owners of other sorts.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::jobs::{
    self, Groups, JOB, JOB_HIRING_MANAGER, JOB_OWNER, NewMember, TeamMember, member_of,
};
use crate::faces::Writing;
use crate::faces::v3::deleted::Deleted;
use crate::faces::v3::list::{Meaning, Means};
use crate::faces::v3::presentation::dated;
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Kind, Row, View};

pub(super) const MEANINGS: &[Meaning] = &[
    ("user_ids", Means::Column("user_id")),
    ("job_ids", Means::Column("job_id")),
    ("type", Means::Column("type")),
];

pub(super) fn hiring_manager(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: TeamMember = row.state()?;
    let shown = json!({"user_id": it.user_id, "job_id": it.job_id});
    dated(view, &JOB_HIRING_MANAGER, row, shown)
}

pub(super) fn owner(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: TeamMember = row.state()?;
    let shown = json!({
        "job_id": it.job_id,
        "user_id": it.user_id,
        "type": it.r#type,
        "responsible": it.responsible,
    });
    dated(view, &JOB_OWNER, row, shown)
}

#[derive(Deserialize)]
struct Create {
    job_id: ClientId,
    user_id: i64,
    /// Of owners.
    r#type: Option<String>,
    /// The candidates for whom the user is responsible from now on: `future`, `active`, `inactive` or `all`.
    candidate_responsibility: Option<String>,
}

pub(super) fn add_hiring_manager(cx: &mut Writing<'_, '_>) -> Outcome {
    add(cx, &JOB_HIRING_MANAGER)
}

pub(super) fn add_owner(cx: &mut Writing<'_, '_>) -> Outcome {
    add(cx, &JOB_OWNER)
}

fn add(cx: &mut Writing<'_, '_>, kind: &'static Kind) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    body.job_id.named(cx, &actor, &JOB, "job_id", "A job")?;
    let of = body.r#type.as_deref().unwrap_or("hiring_manager");
    let candidates = body.candidate_responsibility.unwrap_or_default();
    let takes = |some: &str| candidates == some || candidates == "all";
    let member = vec![NewMember {
        user_id: body.user_id,
        is_responsible_for_future: takes("future"),
        is_responsible_for_active: takes("active"),
        is_responsible_for_inactive: takes("inactive"),
    }];
    jobs::add_members(cx, &actor, body.job_id, &group(of, member)).map_err(|refusal| {
        let places = ["hiring_managers", "recruiters", "coordinators", "sourcers"];
        let paths = places.map(|group| format!("{group}.0.user_id"));
        let names: Vec<(&str, &str)> = paths.iter().map(|it| (it.as_str(), "user_id")).collect();
        refusal.renamed(&names)
    })?;
    let id = member_of(cx, kind, body.job_id, body.user_id, of)?;
    cx.created(kind, id)
}

pub(super) fn remove_hiring_manager(cx: &mut Writing<'_, '_>) -> Outcome {
    remove(cx, &JOB_HIRING_MANAGER, "Job hiring manager")
}

pub(super) fn remove_owner(cx: &mut Writing<'_, '_>) -> Outcome {
    remove(cx, &JOB_OWNER, "Job owner")
}

fn remove(cx: &mut Writing<'_, '_>, kind: &'static Kind, what: &str) -> Outcome {
    let (id, member): (i64, TeamMember) = cx.record_in_path(kind, "id")?;
    let deleted = Deleted::of(cx, kind, id)?;
    let actor = cx.user.clone();
    let job = ClientId::new(member.job_id);
    let groups = group(&member.r#type, vec![member.user_id]);
    jobs::remove_members(cx, &actor, job, &groups)?;
    Ok(deleted.answer(what))
}

/// A group of a hiring team, by the sort of its members.
fn group<T>(of: &str, members: Vec<T>) -> Groups<T> {
    let mut groups = Groups {
        hiring_managers: None,
        recruiters: None,
        coordinators: None,
        sourcers: None,
    };
    let place = match of {
        "recruiter" => &mut groups.recruiters,
        "coordinator" => &mut groups.coordinators,
        "sourcer" => &mut groups.sourcers,
        _ => &mut groups.hiring_managers,
    };
    *place = Some(members);
    groups
}
