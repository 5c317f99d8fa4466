//! Notes on jobs.

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::{Actor, ClientId, Owner, Scope, Visibility};
use crate::domain::jobs::{JOB, Job};
use crate::domain::patch::replace;
use crate::domain::users::{USER, User};
use crate::refusal::{Outcome, Problems, Why};
use crate::store::{Edit, Kind};

/// A new organization has none.
pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&JOB_NOTE],
    seed: |_| Ok(()),
};

pub(crate) static JOB_NOTE: Kind = Kind {
    table: "job_note",
    first_id: 5_530_001,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

/// What is known about a note.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct JobNote {
    pub(crate) job_id: i64,
    pub(crate) user_id: i64,
    pub(crate) body: String,
    /// `admin_only_visible` or `privately_visible`.
    pub(crate) visibility: String,
}

/// The properties of new and of present notes alike; those that are left out stay as they are.
#[derive(Default, Deserialize)]
pub(crate) struct Fields {
    job_id: Option<ClientId>,
    user_id: Option<ClientId>,
    body: Option<String>,
    visibility: Option<String>,
}

/// Adds a note, and says under which id.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, fields: Fields) -> Outcome<i64> {
    actor.require_site_admin()?;
    let note = fields.apply(edit, actor, JobNote::default())?;
    edit.insert(&JOB_NOTE, &note)
}

/// Changes a note.
pub(crate) fn change(edit: &mut Edit<'_>, actor: &Actor, id: i64, fields: Fields) -> Outcome<()> {
    actor.require_site_admin()?;
    let note = edit.get(&JOB_NOTE, id)?;
    let note = fields.apply(edit, actor, note)?;
    edit.save(&JOB_NOTE, id, &note)
}

/// Removes a note.
pub(crate) fn delete(edit: &mut Edit<'_>, actor: &Actor, id: i64) -> Outcome<()> {
    actor.require_site_admin()?;
    edit.delete(&JOB_NOTE, id)
}

impl Fields {
    fn apply(self, edit: &Edit<'_>, actor: &Actor, mut note: JobNote) -> Outcome<JobNote> {
        let mut problems = Problems::default();
        if let Some(id) = self.job_id {
            match id.find::<Job>(edit, actor, &JOB)? {
                Some((id, _)) => note.job_id = id,
                None => problems.unknown("job_id", "A job"),
            }
        }
        if let Some(id) = self.user_id {
            match id.find::<User>(edit, actor, &USER)? {
                Some((id, _)) => note.user_id = id,
                None => problems.unknown("user_id", "A user"),
            }
        }
        replace(&mut note.body, self.body);
        replace(&mut note.visibility, self.visibility);
        if note.body.trim().is_empty() {
            problems.add("body", Why::Blank);
        }
        problems.check()?;
        Ok(note)
    }
}
