//! API Credential Management: the keys and the OAuth credentials that there are.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::access::{ApiKey, Keys};
use crate::domain::oauth::{Integration, Integrations};
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "credentials.html")]
struct Credentials {
    frame: Frame,
    keys: Vec<Line>,
    /// How many endpoint permissions there are.
    all: usize,
    integrations: Vec<IntegrationLine>,
    /// How many scopes there are.
    all_scopes: usize,
}

struct IntegrationLine {
    integration: Integration,
    scopes: usize,
}

struct Line {
    key: ApiKey,
    permissions: usize,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let keys = visit.read(|view| {
        let keys = Keys::all(view)?.into_iter().map(|key| {
            let permissions = Keys::permissions(view, key.id)?.len();
            Ok(Line { key, permissions })
        });
        keys.collect::<Outcome<Vec<_>>>()
    })?;
    let integrations = visit.read(|view| {
        let all = Integrations::all(view)?.into_iter().map(|integration| {
            let scopes = Integrations::scopes(view, integration.id)?.len();
            Ok(IntegrationLine {
                integration,
                scopes,
            })
        });
        all.collect::<Outcome<Vec<_>>>()
    })?;
    page(&Credentials {
        frame: Frame::new(visit, "API Credential Management", Section::DevCenter)?,
        keys,
        all: visit.site.catalogue().permissions().count(),
        integrations,
        all_scopes: visit.site.scopes().permissions().count(),
    })
}
