//! Adding and changing departments.

use super::{DEPARTMENT, Department};
use crate::domain::access::Actor;
use crate::domain::patch::Change;
use crate::domain::tree::{self, ParentRef, check_external_id, check_name};
use crate::refusal::{Outcome, Problems};
use crate::store::Edit;

/// A department to add.
pub(crate) struct New {
    pub(crate) name: String,
    pub(crate) external_id: Option<String>,
    pub(crate) parent: ParentRef,
}

/// Changes of a department.
#[derive(Default)]
pub(crate) struct Changes {
    pub(crate) name: Option<String>,
    pub(crate) external_id: Change<String>,
    pub(crate) parent: ParentRef,
}

/// Adds a department, and says under which id.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, new: New) -> Outcome<i64> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    check_name::<Department>(edit, None, &new.name, &mut problems)?;
    check_external_id::<Department>(edit, None, new.external_id.as_deref(), &mut problems)?;
    let above = new.parent.find::<Department>(edit, None, &mut problems)?;
    let department = Department {
        name: new.name,
        parent_id: above.value().copied(),
        external_id: new.external_id,
    };
    problems.check()?;
    tree::add(edit, &department)
}

/// Changes a department.
pub(crate) fn change(edit: &mut Edit<'_>, actor: &Actor, id: i64, changes: Changes) -> Outcome<()> {
    let mut department: Department = edit.get(&DEPARTMENT, id)?;
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    if let Some(name) = changes.name {
        check_name::<Department>(edit, Some(id), &name, &mut problems)?;
        department.name = name;
    }
    changes.external_id.apply(&mut department.external_id);
    let external_id = department.external_id.as_deref();
    check_external_id::<Department>(edit, Some(id), external_id, &mut problems)?;
    let above = changes
        .parent
        .find::<Department>(edit, Some(id), &mut problems)?;
    above.apply(&mut department.parent_id);
    problems.check()?;
    tree::save(edit, id, &department)
}
