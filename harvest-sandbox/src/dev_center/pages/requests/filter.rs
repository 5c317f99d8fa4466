//! Filters of the request log.

use crate::dev_center::visit::Visit;
use crate::domain::access::{Credential, Keys};
use crate::domain::oauth::Integrations;
use crate::http::log::Line;
use crate::http::query::encode;
use crate::http::refusal::Outcome;
use crate::store::View;

/// Statuses to choose from, with words.
const STATUSES: &[(&str, &str)] = &[
    ("", "Any"),
    ("2", "2xx"),
    ("3", "3xx"),
    ("4", "4xx"),
    ("5", "5xx"),
    ("none", "None was sent"),
];
/// Keys and integrations to choose from, each.
const MOST: usize = 100;

pub(super) struct Filter {
    /// The first digit of a status, a status, or `none`.
    pub(super) status: String,
    /// A credential, or `none`.
    pub(super) key: String,
    /// A part of the path, with the method in front.
    pub(super) path: String,
}

impl Filter {
    pub(super) fn of(visit: &Visit<'_>) -> Self {
        let text = |name| visit.query.last(name).unwrap_or_default().trim().to_owned();
        Self {
            status: text("status"),
            key: text("key"),
            path: text("path"),
        }
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    pub(super) fn statuses(&self) -> &'static [(&'static str, &'static str)] {
        STATUSES
    }

    pub(super) fn passes(&self, line: &Line) -> bool {
        let status = match (self.status.as_str(), line.status) {
            ("", _) => true,
            ("none", status) => status.is_none(),
            (wanted, status) => status.is_some_and(|it| it.to_string().starts_with(wanted)),
        };
        let key = match (self.key.as_str(), line.details.credential) {
            ("", _) => true,
            ("none", credential) => credential.is_none(),
            (wanted, credential) => credential.is_some_and(|it| value(it) == wanted),
        };
        let path = format!("{} {}", line.method, line.details.path).to_lowercase();
        status && key && path.contains(&self.path.to_lowercase())
    }

    /// The query of one of its pages.
    pub(super) fn query(&self, page: usize) -> String {
        let page = page.to_string();
        let all = [
            ("status", self.status.as_str()),
            ("key", &self.key),
            ("path", &self.path),
            ("page", &page),
        ];
        encode(all.into_iter().filter(|(_, value)| !value.is_empty()))
    }
}

/// A credential in the form.
fn value(credential: Credential) -> String {
    match credential {
        Credential::Key(id) => format!("key-{id}"),
        Credential::Integration(id) => format!("integration-{id}"),
    }
}

/// The credentials to choose from, with their descriptions.
pub(super) fn keys(view: &View<'_>) -> Outcome<Vec<(String, String)>> {
    let keys = Keys::all(view)?.into_iter().take(MOST);
    let keys = keys.map(|it| (value(Credential::Key(it.id)), it.description));
    let integrations = Integrations::all(view)?.into_iter().take(MOST);
    let integrations =
        integrations.map(|it| (value(Credential::Integration(it.id)), it.description));
    Ok(keys.chain(integrations).collect())
}
