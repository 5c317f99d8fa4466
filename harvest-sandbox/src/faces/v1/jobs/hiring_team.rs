//! Requests that change who hires for a job.

use serde::Deserialize;

use crate::domain::access::{Actor, ClientId};
use crate::domain::jobs::{self, NewMember};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::store::Edit;

/// Members by group.
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

impl Input {
    fn read(self) -> NewMember {
        NewMember {
            user_id: self.user_id,
            is_responsible_for_future: self.responsible_for_future_candidates,
            is_responsible_for_active: self.responsible_for_active_candidates,
            is_responsible_for_inactive: self.responsible_for_inactive_candidates,
        }
    }
}

impl<T> Groups<T> {
    fn read<U>(self, read: fn(T) -> U) -> jobs::Groups<U> {
        let all = |group: Option<Vec<T>>| group.map(|it| it.into_iter().map(read).collect());
        jobs::Groups {
            hiring_managers: all(self.hiring_managers),
            recruiters: all(self.recruiters),
            coordinators: all(self.coordinators),
            sourcers: all(self.sourcers),
        }
    }
}

type Put = fn(&mut Edit<'_>, &Actor, ClientId, &jobs::Groups<NewMember>) -> Outcome<()>;

pub(super) fn replace(cx: &mut Writing<'_, '_>) -> Outcome {
    put(cx, jobs::replace_members)
}

pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    put(cx, jobs::add_members)
}

fn put(cx: &mut Writing<'_, '_>, put: Put) -> Outcome {
    let body: Groups<Input> = cx.call.body()?;
    let (actor, job) = (cx.user.clone(), cx.call.id("id")?);
    put(cx, &actor, job, &body.read(Input::read))?;
    Ok(Reply::value(&json!({"success": true})))
}

pub(super) fn remove(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Groups<i64> = cx.call.body()?;
    let (actor, job) = (cx.user.clone(), cx.call.id("id")?);
    jobs::remove_members(cx, &actor, job, &body.read(|id| id))?;
    Ok(Reply::value(&json!({"success": true})))
}
