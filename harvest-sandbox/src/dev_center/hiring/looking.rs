//! The user as whom a visitor looks at the organization.

use crate::dev_center::visit::Visit;
use crate::domain::access::Actor;
use crate::domain::users::acting_user;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;
use crate::store::View;

/// The page that follows if the form names none.
const START: &str = "/configure/candidates";

/// The user as whom the visitor looks: the chosen one, as long as that one is active, or the visitor.
pub(in crate::dev_center) fn actor(visit: &Visit<'_>, view: &View<'_>) -> Outcome<Actor> {
    let chosen = visit.site.sessions.view_as(&visit.visitor.token);
    if chosen.is_some()
        && let Ok(actor) = acting_user(view, chosen)
    {
        return Ok(actor);
    }
    acting_user(view, Some(visit.user_id()?))
}

/// Takes the choice.
pub(in crate::dev_center) fn choose(visit: &Visit<'_>) -> Outcome {
    let id: i64 = visit.field("user_id").parse().unwrap_or_default();
    let known = visit.read(|view| acting_user(view, Some(id)));
    if known.is_err() {
        return Err(Refusal::forbidden("There is no such active user."));
    }
    let own = visit.user_id()? == id;
    let sessions = &visit.site.sessions;
    sessions.set_view_as(&visit.visitor.token, (!own).then_some(id));
    let back = visit.field("back");
    // An address of these pages, and no other that a form could be made to hold.
    let is_own = back.starts_with("/configure/") && !back.contains(char::is_control);
    let back = if is_own { back } else { START };
    let notice = if own {
        "You look as yourself again."
    } else {
        "You see what this user sees."
    };
    visit.done(back, notice)
}
