//! Adding and changing offices.

use std::rc::Rc;

use super::{OFFICE, Office};
use crate::domain::access::Actor;
use crate::domain::names;
use crate::domain::patch::Change;
use crate::domain::tree::{self, ParentRef, check_external_id, check_name};
use crate::domain::users::{USER, User};
use crate::refusal::{Outcome, Problems, Refusal, Rule, UserRule};
use crate::store::{Edit, View};

/// An office to add.
pub(crate) struct New {
    pub(crate) name: String,
    pub(crate) location: Option<String>,
    pub(crate) primary_contact_user_id: Option<i64>,
    pub(crate) external_id: Option<String>,
    pub(crate) parent: ParentRef,
}

/// Changes of an office.
#[derive(Default)]
pub(crate) struct Changes {
    pub(crate) name: Option<String>,
    pub(crate) location: Change<String>,
    pub(crate) primary_contact_user_id: Change<i64>,
    pub(crate) external_id: Change<String>,
    pub(crate) parent: ParentRef,
}

/// Adds an office, and says under which id.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, new: New) -> Outcome<i64> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    check_name::<Office>(edit, None, &new.name, &mut problems)?;
    check_external_id::<Office>(edit, None, new.external_id.as_deref(), &mut problems)?;
    let location = new.location.as_deref().unwrap_or_default();
    names::check_length("location", location, &mut problems);
    check_contact(edit, new.primary_contact_user_id, &mut problems)?;
    let above = new.parent.find::<Office>(edit, None, &mut problems)?;
    let office = Office {
        name: new.name,
        location: new.location,
        primary_contact_user_id: new.primary_contact_user_id,
        parent_id: above.value().copied(),
        external_id: new.external_id,
    };
    problems.check()?;
    tree::add(edit, &office)
}

/// Changes an office.
pub(crate) fn change(edit: &mut Edit<'_>, actor: &Actor, id: i64, changes: Changes) -> Outcome<()> {
    let office: Rc<Office> = edit.shared(&OFFICE, id)?.ok_or_else(Refusal::not_found)?;
    let mut office = Office::clone(&office);
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    if let Some(name) = changes.name {
        check_name::<Office>(edit, Some(id), &name, &mut problems)?;
        office.name = name;
    }
    changes.location.apply(&mut office.location);
    let location = office.location.as_deref().unwrap_or_default();
    names::check_length("location", location, &mut problems);
    let contact = changes.primary_contact_user_id;
    check_contact(edit, contact.value().copied(), &mut problems)?;
    contact.apply(&mut office.primary_contact_user_id);
    changes.external_id.apply(&mut office.external_id);
    let external_id = office.external_id.as_deref();
    check_external_id::<Office>(edit, Some(id), external_id, &mut problems)?;
    let above = changes
        .parent
        .find::<Office>(edit, Some(id), &mut problems)?;
    above.apply(&mut office.parent_id);
    problems.check()?;
    tree::save(edit, id, &office)
}

/// The one to ask about an office is a site admin.
fn check_contact(view: &View<'_>, id: Option<i64>, problems: &mut Problems) -> Outcome<()> {
    const FIELD: &str = "primary_contact_user_id";
    let Some(id) = id else { return Ok(()) };
    match view.shared::<User>(&USER, id)? {
        None => problems.unknown(FIELD, "A user"),
        Some(user) if !user.site_admin => {
            problems.add(FIELD, Rule::User(UserRule::NoSiteAdmin));
        }
        Some(_) => {}
    }
    Ok(())
}
