//! Changing who hires for a job.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::domain::jobs::{HiringTeam, JOB, Job, Member, Role, Taken, hand_over};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::Problems;
use crate::store::View;

/// Members by group. A group that was not sent is `None`.
#[derive(Deserialize)]
struct Groups<T> {
    hiring_managers: Option<Vec<T>>,
    recruiters: Option<Vec<T>>,
    coordinators: Option<Vec<T>>,
    sourcers: Option<Vec<T>>,
}

/// Someone to add. The flags are there for recruiters and coordinators, says the description.
#[derive(Deserialize)]
struct Input {
    user_id: i64,
    #[serde(default)]
    responsible_for_future_candidates: bool,
    #[serde(default)]
    responsible_for_active_candidates: bool,
    #[serde(default)]
    responsible_for_inactive_candidates: bool,
}

pub(super) fn replace(cx: &mut Writing<'_, '_>) -> Outcome {
    put(cx, Vec::clear)
}

/// Present members stay; of those who are named again, the flags are set anew.
pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    put(cx, |_| ())
}

fn put(cx: &mut Writing<'_, '_>, prepare: fn(&mut Vec<Member>)) -> Outcome {
    let (id, mut job): (i64, Job) = cx.record_in_path(&JOB, "id")?;
    cx.user.require_job(cx, id)?;
    let body: Groups<Input> = cx.call.body()?;
    let mut problems = Problems::default();
    for (field, group, present) in pairs(&body, &mut job.hiring_team) {
        let Some(group) = group else { continue };
        check(cx, field, group, &mut problems)?;
        prepare(present);
        put_members(present, group);
    }
    problems.check()?;
    save(cx, id, job)?;
    for (role, group) in [
        (Role::Recruiter, &body.recruiters),
        (Role::Coordinator, &body.coordinators),
    ] {
        for input in group.iter().flatten() {
            let taken = Taken {
                active: input.responsible_for_active_candidates,
                inactive: input.responsible_for_inactive_candidates,
            };
            hand_over(cx, id, role, input.user_id, taken)?;
        }
    }
    Ok(Reply::value(&json!({"success": true})))
}

/// Adds members to a group, in the place of what it says of them already. Of a user who is named several times the last
/// entry counts, and so it does of several users who are responsible.
fn put_members(present: &mut Vec<Member>, group: &[Input]) {
    let places = group.iter().enumerate();
    let last: HashMap<i64, usize> = places.map(|(place, it)| (it.user_id, place)).collect();
    let responsible = group
        .iter()
        .rposition(|it| it.responsible_for_future_candidates);
    present.retain(|member| !last.contains_key(&member.user_id));
    for member in present.iter_mut().filter(|_| responsible.is_some()) {
        member.responsible = false;
    }
    for (place, input) in group.iter().enumerate() {
        if last.get(&input.user_id) == Some(&place) {
            present.push(Member {
                user_id: input.user_id,
                responsible: responsible == Some(place),
            });
        }
    }
}

/// Takes users out of groups. Ids of those who are not in them are ignored.
pub(super) fn remove(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut job): (i64, Job) = cx.record_in_path(&JOB, "id")?;
    cx.user.require_job(cx, id)?;
    let body: Groups<i64> = cx.call.body()?;
    for (_, group, present) in pairs(&body, &mut job.hiring_team) {
        let ids: HashSet<&i64> = group.unwrap_or_default().iter().collect();
        present.retain(|member| !ids.contains(&member.user_id));
    }
    save(cx, id, job)?;
    Ok(Reply::value(&json!({"success": true})))
}

/// What an entry says about some candidates.
type Flag = fn(&Input) -> bool;

/// A group as it was sent, and as it is kept.
type Pair<'b, 't, T> = (&'static str, Option<&'b [T]>, &'t mut Vec<Member>);

fn pairs<'b, 't, T>(body: &'b Groups<T>, team: &'t mut HiringTeam) -> [Pair<'b, 't, T>; 4] {
    [
        (
            "hiring_managers",
            body.hiring_managers.as_deref(),
            &mut team.hiring_managers,
        ),
        (
            "recruiters",
            body.recruiters.as_deref(),
            &mut team.recruiters,
        ),
        (
            "coordinators",
            body.coordinators.as_deref(),
            &mut team.coordinators,
        ),
        ("sourcers", body.sourcers.as_deref(), &mut team.sourcers),
    ]
}

/// Users are there and active, and of each group one at the most takes over each sort of candidates.
fn check(view: &View<'_>, field: &str, group: &[Input], problems: &mut Problems) -> Outcome<()> {
    for (place, input) in group.iter().enumerate() {
        let at = format!("{field}.{place}.user_id");
        let sql = "SELECT disabled FROM user WHERE id = ?1";
        match view.value(sql, [input.user_id])? {
            None => problems.unknown(&at, "A user"),
            Some(true) => problems.add(&at, "This user is disabled"),
            Some(false) => {}
        }
    }
    let flags: [(&str, Flag); 3] = [
        ("future", |it| it.responsible_for_future_candidates),
        ("active", |it| it.responsible_for_active_candidates),
        ("inactive", |it| it.responsible_for_inactive_candidates),
    ];
    for (candidates, flag) in flags {
        if group.iter().filter(|input| flag(input)).count() > 1 {
            let message = format!("Only one user can be responsible for {candidates} candidates");
            problems.add(field, message);
        }
    }
    Ok(())
}

fn save(cx: &mut Writing<'_, '_>, id: i64, mut job: Job) -> Outcome<()> {
    job.updated_at = cx.stamp();
    cx.save(&JOB, id, &job)
}
