//! The client id of an integration, and the one time that its secret is shown.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::access::Credential;
use crate::domain::oauth::{Integration, Integrations};
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "secret.html")]
struct Secret {
    frame: Frame,
    integration: Integration,
    /// None if it was shown before.
    secret: Option<String>,
}

/// An integration that is there, or 404.
pub(super) fn integration(visit: &Visit<'_>, id: i64) -> Outcome<Integration> {
    visit
        .read(|view| Integrations::get(view, id))?
        .ok_or_else(Refusal::not_found)
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    let integration = integration(visit, id)?;
    let secret = if visit.is_head() {
        None
    } else {
        let sessions = &visit.site.sessions;
        sessions.take_secret(&visit.visitor.token, Credential::Integration(id))
    };
    page(&Secret {
        frame: Frame::new(visit, "Copy your client secret", Section::DevCenter)?,
        integration,
        secret,
    })
}
