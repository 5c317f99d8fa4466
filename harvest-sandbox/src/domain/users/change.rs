//! Adding users, and changing what is known about them.

use super::{Email, USER, User, check_email};
use crate::clock::stamp;
use crate::domain::access::Actor;
use crate::domain::custom_fields::{self, Entry};
use crate::domain::departments::Department;
use crate::domain::interviewer_tags::INTERVIEWER_TAG;
use crate::domain::offices::Office;
use crate::domain::patch::replace;
use crate::domain::unique::unique;
use crate::domain::{names, tree};
use crate::refusal::{Outcome, Problems};
use crate::store::{Edit, View};

/// The properties of new and of present users alike; those that are left out stay as they are.
#[derive(Default)]
pub(crate) struct Fields {
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) job_title: Option<String>,
    pub(crate) employee_id: Option<String>,
    pub(crate) office_ids: Option<Vec<i64>>,
    pub(crate) external_office_ids: Option<Vec<String>>,
    pub(crate) department_ids: Option<Vec<i64>>,
    pub(crate) external_department_ids: Option<Vec<String>>,
    pub(crate) interviewer_tag_ids: Option<Vec<i64>>,
    pub(crate) custom_fields: Vec<Entry>,
}

/// Adds a user with an address that no other has, and says under which id.
pub(crate) fn create(
    edit: &mut Edit<'_>,
    actor: &Actor,
    email: &str,
    fields: Fields,
) -> Outcome<i64> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    check_email(edit, "email", email, &mut problems)?;
    let now = stamp(edit.now());
    let mut user = User {
        created_at: now.clone(),
        updated_at: now,
        ..User::default()
    };
    fields.apply(edit, None, &mut user, &mut problems)?;
    problems.check()?;
    // An address that the API adds counts as verified.
    user.emails.push(Email::new(edit, email, true)?);
    let id = edit.new_id(&USER)?;
    user.save(edit, id)?;
    Ok(id)
}

/// Changes a user. An address is where mail goes from then on; the others stay.
pub(crate) fn change(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: i64,
    email: Option<&str>,
    fields: Fields,
) -> Outcome<()> {
    actor.require_site_admin()?;
    let mut user = User::clone(&*User::known(edit, id)?);
    let mut problems = Problems::default();
    fields.apply(edit, Some(id), &mut user, &mut problems)?;
    if let Some(email) = email {
        let mut emails = user.emails.iter();
        let known = emails.position(|known| known.address.eq_ignore_ascii_case(email));
        if let Some(place) = known {
            user.emails[..=place].rotate_right(1);
        } else {
            check_email(edit, "email", email, &mut problems)?;
            user.emails.insert(0, Email::new(edit, email, true)?);
        }
    }
    problems.check()?;
    user.updated_at = stamp(edit.now());
    user.save(edit, id)
}

impl Fields {
    /// Changes a user as they say, or says what is wrong with them. `id` is that of the user, who may have what no other
    /// may.
    fn apply(
        self,
        view: &View<'_>,
        id: Option<i64>,
        user: &mut User,
        problems: &mut Problems,
    ) -> Outcome<()> {
        for (field, text) in [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("job_title", &self.job_title),
            ("employee_id", &self.employee_id),
        ] {
            names::check_length(field, text.as_deref().unwrap_or_default(), problems);
        }
        let texts = [
            (&mut user.first_name, self.first_name),
            (&mut user.last_name, self.last_name),
            (&mut user.job_title, self.job_title),
        ];
        for (kept, text) in texts {
            if text.is_some() {
                *kept = text;
            }
        }
        if let Some(employee_id) = self.employee_id {
            let sql = "SELECT id FROM user WHERE employee_id = ?1 AND id IS NOT ?2";
            if view.value::<i64>(sql, (&employee_id, id))?.is_some() {
                problems.taken("employee_id");
            }
            user.employee_id = Some(employee_id);
        }
        let (ids, external_ids) = (self.office_ids, self.external_office_ids);
        let offices = tree::several::<Office>(view, ids, external_ids, "", problems)?;
        replace(&mut user.office_ids, offices);
        let (ids, external_ids) = (self.department_ids, self.external_department_ids);
        let departments = tree::several::<Department>(view, ids, external_ids, "", problems)?;
        replace(&mut user.department_ids, departments);
        for (place, id) in self.interviewer_tag_ids.iter().flatten().enumerate() {
            if !view.exists(&INTERVIEWER_TAG, *id)? {
                let at = format!("interviewer_tag_ids.{place}");
                problems.unknown(&at, "An interviewer tag");
            }
        }
        replace(
            &mut user.interviewer_tag_ids,
            self.interviewer_tag_ids.map(unique),
        );
        let values = &mut user.custom_fields;
        let entries = &self.custom_fields;
        custom_fields::apply(view, "user_attribute", entries, values, "", problems)
    }
}
