//! The scopes of an integration.

use std::collections::HashSet;

use askama::Template;

use super::secret::integration;
use crate::dev_center::catalogue::Catalogue;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::oauth::{Integration, Integrations};
use crate::http::refusal::Outcome;

const CREDENTIALS: &str = "/configure/dev_center/credentials";

#[derive(Template)]
#[template(path = "scopes.html")]
struct Scopes<'a> {
    frame: Frame,
    integration: &'a Integration,
    redirect_uris: Vec<String>,
    catalogue: &'a Catalogue,
    chosen: HashSet<String>,
    /// How many scopes there are.
    all: usize,
}

pub(in crate::dev_center) fn form(visit: &Visit<'_>, id: i64) -> Outcome {
    let integration = integration(visit, id)?;
    let chosen = visit.read(|view| Integrations::scopes(view, id))?;
    let catalogue = visit.site.scopes();
    page(&Scopes {
        frame: Frame::new(visit, "Scopes", Section::DevCenter)?,
        integration: &integration,
        redirect_uris: visit.read(|view| Integrations::redirect_uris(view, id))?,
        chosen: chosen.into_iter().collect(),
        all: catalogue.permissions().count(),
        catalogue,
    })
}

pub(in crate::dev_center) fn save(visit: &Visit<'_>, id: i64) -> Outcome {
    let integration = integration(visit, id)?;
    if integration.revoked_at.is_some() {
        let notice = "This credential was revoked; its scopes stay as they were.";
        return visit.done(CREDENTIALS, notice);
    }
    let asked: HashSet<&str> = visit.form.all("scope").collect();
    let known = visit.site.scopes().permissions();
    let known = known.map(|it| it.name.as_str());
    let permitted: Vec<&str> = known.filter(|name| asked.contains(name)).collect();
    let count = permitted.len();
    visit.write(|edit| Integrations::permit(edit, id, permitted))?;
    let scopes = if count == 1 { "scope" } else { "scopes" };
    let description = integration.description;
    visit.done(
        CREDENTIALS,
        format!("Saved: {description} has {count} {scopes}."),
    )
}
