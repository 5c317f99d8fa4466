//! One user. The address of the page ends in the user's id.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
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

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    if id == visit.user_id()? {
        return Err(Refusal::forbidden("You cannot view your own user profile."));
    }
    let user = visit.read(|view| directory::profile(view, id))?;
    page(&Profile {
        frame: Frame::new(visit, "User profile", Section::Users)?,
        id,
        user: user.ok_or_else(Refusal::not_found)?,
    })
}
