//! The end of an integration.

use askama::Template;

use super::secret::integration;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::oauth::{Integration, Integrations};
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "revoke_integration.html")]
struct Revoke {
    frame: Frame,
    integration: Integration,
}

pub(in crate::dev_center) fn confirm(visit: &Visit<'_>, id: i64) -> Outcome {
    page(&Revoke {
        frame: Frame::new(visit, "Revoke credential", Section::DevCenter)?,
        integration: integration(visit, id)?,
    })
}

pub(in crate::dev_center) fn revoke(visit: &Visit<'_>, id: i64) -> Outcome {
    let integration = integration(visit, id)?;
    visit.write(|edit| Integrations::revoke(edit, id))?;
    visit.done(
        "/configure/dev_center/credentials",
        format!(
            "Revoked: {} opens nothing any more.",
            integration.description
        ),
    )
}
