//! Create New API Key: of Harvest, or OAuth credentials of Harvest v3; and the one time that the key is shown.

use askama::Template;

use super::permissions;
use crate::dev_center::layout::{Frame, Section, invalid, page};
use crate::dev_center::visit::{Visit, redirect};
use crate::domain::access::{Credential, Keys};
use crate::domain::oauth::{IntegrationKind, Integrations, NewIntegration};
use crate::http::refusal::{COMMON, Outcome};
use crate::refusal::Refusal;

/// The longest description, in characters.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "new_key.html")]
struct NewKey<'a> {
    frame: Frame,
    api_type: &'a str,
    description: &'a str,
    /// One a line.
    redirect_uris: &'a str,
    problem: Option<String>,
}

impl NewKey<'_> {
    /// Whether this API type is chosen.
    fn is(&self, api_type: &str) -> bool {
        self.api_type == api_type
    }
}

/// The API types of Harvest v3.
const V3_TYPES: [(&str, IntegrationKind); 2] = [
    ("harvest_v3_custom", IntegrationKind::Custom),
    ("harvest_v3_partner", IntegrationKind::Partner),
];

#[derive(Template)]
#[template(path = "key.html")]
struct Shown<'a> {
    frame: Frame,
    id: i64,
    description: &'a str,
    /// None if it was shown before.
    key: Option<String>,
}

pub(in crate::dev_center) fn form(visit: &Visit<'_>) -> Outcome {
    page(&NewKey {
        frame: frame(visit)?,
        api_type: "harvest",
        description: "",
        redirect_uris: "",
        problem: None,
    })
}

pub(in crate::dev_center) fn create(visit: &Visit<'_>) -> Outcome {
    let description = visit.field("description");
    let api_type = visit.field("api_type");
    let v3 = V3_TYPES.iter().find(|(name, _)| *name == api_type);
    if let Some((_, kind)) = v3 {
        return create_integration(visit, *kind);
    }
    let problem = if api_type != "harvest" {
        Some("Choose an API type")
    } else if description.is_empty() {
        Some("Say what the key is for, so that you know later")
    } else if description.chars().count() > LONGEST {
        Some("Say it in 200 characters or less")
    } else {
        None
    };
    if let Some(problem) = problem {
        return refuse(visit, problem.to_owned());
    }
    let (id, key) = visit.write(|edit| Keys::create(edit, description))?;
    let token = &visit.visitor.token;
    visit
        .site
        .sessions
        .keep_secret(token, Credential::Key(id), key);
    redirect(&format!("/configure/dev_center/credentials/{id}/key"))
}

fn create_integration(visit: &Visit<'_>, kind: IntegrationKind) -> Outcome {
    let uris = visit.field("redirect_uris").lines().map(str::trim);
    let uris = uris.filter(|uri| !uri.is_empty()).map(str::to_owned);
    let new = NewIntegration {
        kind,
        description: visit.field("description"),
        redirect_uris: uris.collect(),
    };
    match visit.write(|edit| Integrations::create(edit, &new)) {
        Ok((id, client)) => {
            let token = &visit.visitor.token;
            let credential = Credential::Integration(id);
            let sessions = &visit.site.sessions;
            sessions.keep_secret(token, credential, client.secret);
            redirect(&format!("/configure/dev_center/integrations/{id}/secret"))
        }
        Err(refusal @ Refusal::Invalid(_)) => {
            let mut problems: Vec<String> = refusal.by_field(COMMON).into_values().collect();
            problems.sort();
            refuse(visit, problems.join(". "))
        }
        Err(broken) => Err(broken),
    }
}

fn refuse(visit: &Visit<'_>, problem: String) -> Outcome {
    invalid(&NewKey {
        frame: frame(visit)?,
        api_type: visit.field("api_type"),
        description: visit.field("description"),
        redirect_uris: visit.field("redirect_uris"),
        problem: Some(problem),
    })
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    let known = permissions::key(visit, id)?;
    let key = if visit.is_head() {
        None
    } else {
        let sessions = &visit.site.sessions;
        sessions.take_secret(&visit.visitor.token, Credential::Key(id))
    };
    page(&Shown {
        frame: Frame::new(visit, "Copy your API key", Section::DevCenter)?,
        id,
        description: &known.description,
        key,
    })
}

fn frame(visit: &Visit<'_>) -> Outcome<Frame> {
    Frame::new(visit, "Create New API Key", Section::DevCenter)
}
