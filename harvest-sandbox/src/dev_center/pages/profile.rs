//! One user. The address of the page ends in the user's id.

use askama::Template;

use crate::dev_center::hiring::looking;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::users;
use crate::domain::users::directory;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "profile.html")]
struct Profile {
    frame: Frame,
    id: i64,
    user: directory::Profile,
}

/// Gives the user the permission to see salaries, or takes it away.
pub(in crate::dev_center) fn save(visit: &Visit<'_>, id: i64) -> Outcome {
    not_ones_own(visit, id)?;
    let permitted = visit.ticked("salaries");
    visit.write(|edit| users::permit_salaries(edit, id, permitted))?;
    let may = if permitted { "may" } else { "may not" };
    let path = format!("/configure/users/{id}");
    visit.done(&path, format!("Saved. This user {may} see salaries."))
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    not_ones_own(visit, id)?;
    let user = visit.read(|view| {
        let viewer = looking::actor(visit, view)?;
        directory::profile(view, &viewer, id)
    })?;
    page(&Profile {
        frame: Frame::new(visit, "User profile", Section::Users)?,
        id,
        user: user.ok_or_else(Refusal::not_found)?,
    })
}

fn not_ones_own(visit: &Visit<'_>, id: i64) -> Outcome<()> {
    if id == visit.user_id()? {
        return Err(Refusal::forbidden("You cannot view your own user profile."));
    }
    Ok(())
}
