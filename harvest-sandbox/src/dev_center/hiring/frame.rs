//! The common part of the pages of the organization.

use super::call::Call;
use super::looking;
use crate::dev_center::headers;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::access::Actor;
use crate::domain::users::directory;
use crate::domain::users::directory::Choice;
use crate::http::refusal::Outcome;
use crate::store::View;
use askama::Template;

/// The part of such a page that others of Dev Center do not have.
pub(super) struct Hiring {
    /// The user as whom the visitor looks.
    pub(super) viewer: Actor,
    pub(super) viewer_name: String,
    /// Whether that is someone else.
    pub(super) is_other: bool,
    /// Users as whom one can look.
    pub(super) choices: Vec<Choice>,
    /// The address of the page.
    pub(super) address: String,
    /// Calls of the API that read what the page shows.
    pub(super) calls: Vec<Call>,
    /// The number of the latest change when the page was made.
    pub(super) at: u64,
}

/// Makes a page from the records at one point in time.
pub(super) fn show<T: Template>(
    visit: &Visit<'_>,
    title: &'static str,
    section: Section,
    make: impl FnOnce(&View<'_>, Frame, Hiring) -> Outcome<T>,
) -> Outcome {
    let frame = Frame::new(visit, title, section)?;
    let own = visit.user_id()?;
    let template = visit.read(|view| {
        let viewer = looking::actor(visit, view)?;
        let mut choices = directory::active(view)?;
        let viewer_name = directory::name(view, viewer.id)?.unwrap_or_default();
        if choices.iter().all(|it| it.id != viewer.id) {
            choices.push(Choice {
                id: viewer.id,
                name: viewer_name.clone(),
            });
        }
        let hiring = Hiring {
            is_other: viewer.id != own,
            viewer,
            viewer_name,
            choices,
            address: address(visit),
            calls: Vec::new(),
            at: visit.at,
        };
        make(view, frame, hiring)
    })?;
    Ok(headers::for_live(page(&template)?))
}

fn address(visit: &Visit<'_>) -> String {
    let request = visit.request;
    if request.query.is_empty() {
        request.path.clone()
    } else {
        format!("{}?{}", request.path, request.query)
    }
}
