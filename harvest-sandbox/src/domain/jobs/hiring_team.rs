//! Changing who hires for a job.

use std::collections::{HashMap, HashSet};

use super::{HiringTeam, Job, Member, Role, Taken, reassign};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::records::user::{USER, User};
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::{Edit, View};

/// Members by group. A group that is not spoken of is `None`. Paths are the names of these, with places in them.
#[derive(Clone, Debug)]
pub(crate) struct Groups<T> {
    pub(crate) hiring_managers: Option<Vec<T>>,
    pub(crate) recruiters: Option<Vec<T>>,
    pub(crate) coordinators: Option<Vec<T>>,
    pub(crate) sourcers: Option<Vec<T>>,
}

/// Someone to add, and for which candidates that user is responsible from now on.
#[derive(Clone, Debug)]
pub(crate) struct NewMember {
    pub(crate) user_id: i64,
    pub(crate) is_responsible_for_future: bool,
    pub(crate) is_responsible_for_active: bool,
    pub(crate) is_responsible_for_inactive: bool,
}

/// Puts others in the place of the present members of groups.
pub(crate) fn replace_members(
    edit: &mut Edit<'_>,
    actor: &Actor,
    job: ClientId,
    groups: &Groups<NewMember>,
) -> Outcome<()> {
    put(edit, actor, job, groups, Vec::clear)
}

/// Adds members. Present ones stay; of those who are named again, what they are responsible for is replaced.
pub(crate) fn add_members(
    edit: &mut Edit<'_>,
    actor: &Actor,
    job: ClientId,
    groups: &Groups<NewMember>,
) -> Outcome<()> {
    put(edit, actor, job, groups, |_| ())
}

fn put(
    edit: &mut Edit<'_>,
    actor: &Actor,
    job: ClientId,
    groups: &Groups<NewMember>,
    prepare: fn(&mut Vec<Member>),
) -> Outcome<()> {
    let (id, job) = Job::seen(edit, actor, job)?;
    let mut job = Job::clone(&job);
    actor.require_job(edit, id)?;
    let mut problems = Problems::default();
    for (field, group, present) in pairs(groups, &mut job.hiring_team) {
        let Some(group) = group else { continue };
        check(edit, field, group, &mut problems)?;
        prepare(present);
        put_members(present, group);
    }
    problems.check()?;
    save(edit, id, job)?;
    for (role, group) in [
        (Role::Recruiter, &groups.recruiters),
        (Role::Coordinator, &groups.coordinators),
    ] {
        for new in group.iter().flatten() {
            let taken = Taken {
                active: new.is_responsible_for_active,
                inactive: new.is_responsible_for_inactive,
            };
            reassign(edit, id, role, new.user_id, taken)?;
        }
    }
    Ok(())
}

/// Adds members to a group, in the place of what it says of them already. Of a user who is named several times the last
/// entry counts, and so it does of several users who are responsible.
fn put_members(present: &mut Vec<Member>, group: &[NewMember]) {
    let places = group.iter().enumerate();
    let last: HashMap<i64, usize> = places.map(|(place, it)| (it.user_id, place)).collect();
    let responsible = group.iter().rposition(|it| it.is_responsible_for_future);
    present.retain(|member| !last.contains_key(&member.user_id));
    for member in present.iter_mut().filter(|_| responsible.is_some()) {
        member.responsible = false;
    }
    for (place, new) in group.iter().enumerate() {
        if last.get(&new.user_id) == Some(&place) {
            present.push(Member {
                user_id: new.user_id,
                responsible: responsible == Some(place),
            });
        }
    }
}

/// Takes users out of groups. Ids of those who are not in them are ignored.
pub(crate) fn remove_members(
    edit: &mut Edit<'_>,
    actor: &Actor,
    job: ClientId,
    groups: &Groups<i64>,
) -> Outcome<()> {
    let (id, job) = Job::seen(edit, actor, job)?;
    let mut job = Job::clone(&job);
    actor.require_job(edit, id)?;
    for (_, group, present) in pairs(groups, &mut job.hiring_team) {
        let ids: HashSet<&i64> = group.unwrap_or_default().iter().collect();
        present.retain(|member| !ids.contains(&member.user_id));
    }
    save(edit, id, job)
}

/// What is said of someone about some candidates.
type Flag = fn(&NewMember) -> bool;

/// A group as it is spoken of, and as it is kept.
type Pair<'g, 't, T> = (&'static str, Option<&'g [T]>, &'t mut Vec<Member>);

fn pairs<'g, 't, T>(groups: &'g Groups<T>, team: &'t mut HiringTeam) -> [Pair<'g, 't, T>; 4] {
    [
        (
            "hiring_managers",
            groups.hiring_managers.as_deref(),
            &mut team.hiring_managers,
        ),
        (
            "recruiters",
            groups.recruiters.as_deref(),
            &mut team.recruiters,
        ),
        (
            "coordinators",
            groups.coordinators.as_deref(),
            &mut team.coordinators,
        ),
        ("sourcers", groups.sourcers.as_deref(), &mut team.sourcers),
    ]
}

/// Users are there and active, and of each group one at the most takes over each sort of candidates.
fn check(
    view: &View<'_>,
    field: &str,
    group: &[NewMember],
    problems: &mut Problems,
) -> Outcome<()> {
    for (place, new) in group.iter().enumerate() {
        let at = format!("{field}.{place}.user_id");
        match view.shared::<User>(&USER, new.user_id)? {
            None => problems.unknown(&at, "A user"),
            Some(user) if user.disabled => problems.add(&at, Rule::DisabledUser),
            Some(_) => {}
        }
    }
    let flags: [(&'static str, Flag); 3] = [
        ("future", |it| it.is_responsible_for_future),
        ("active", |it| it.is_responsible_for_active),
        ("inactive", |it| it.is_responsible_for_inactive),
    ];
    for (candidates, flag) in flags {
        if group.iter().filter(|new| flag(new)).count() > 1 {
            problems.add(field, Rule::TwoResponsible(candidates));
        }
    }
    Ok(())
}

fn save(edit: &mut Edit<'_>, id: i64, mut job: Job) -> Outcome<()> {
    job.updated_at = stamp(edit.now());
    job.save(edit, id)
}
