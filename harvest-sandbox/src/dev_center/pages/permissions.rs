//! The endpoint permissions of a key.

use std::collections::HashSet;

use askama::Template;

use crate::dev_center::catalogue::Catalogue;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::{Visit, redirect};
use crate::domain::access::{ApiKey, Keys};
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "permissions.html")]
struct Permissions<'a> {
    frame: Frame,
    key: &'a ApiKey,
    catalogue: &'a Catalogue,
    chosen: HashSet<String>,
    /// How many permissions there are.
    all: usize,
}

/// A key that is there, or 404.
pub(super) fn key(visit: &Visit<'_>, id: i64) -> Outcome<ApiKey> {
    visit
        .read(|view| Keys::get(view, id))?
        .ok_or_else(Refusal::not_found)
}

pub(in crate::dev_center) fn form(visit: &Visit<'_>, id: i64) -> Outcome {
    let key = key(visit, id)?;
    let chosen = visit.read(|view| Keys::permissions(view, id))?;
    let catalogue = visit.site.catalogue();
    page(&Permissions {
        frame: Frame::new(visit, "Endpoint permissions", Section::DevCenter)?,
        key: &key,
        chosen: chosen.into_iter().collect(),
        all: catalogue.permissions().count(),
        catalogue,
    })
}

pub(in crate::dev_center) fn save(visit: &Visit<'_>, id: i64) -> Outcome {
    let key = key(visit, id)?;
    if key.revoked_at.is_some() {
        visit.site.sessions.notify(
            &visit.visitor.token,
            "This key was revoked; its permissions stay as they were.",
        );
        return redirect("/configure/dev_center/credentials");
    }
    let asked: HashSet<&str> = visit.form.all("permission").collect();
    let known = visit.site.catalogue().permissions();
    let permitted = known.filter(|it| it.names().any(|name| asked.contains(name)));
    let permitted: Vec<&str> = permitted.map(|it| it.name.as_str()).collect();
    let count = permitted.len();
    visit.write(|edit| Keys::permit(edit, id, permitted))?;
    let permissions = if count == 1 {
        "permission"
    } else {
        "permissions"
    };
    visit.done(
        "/configure/dev_center/credentials",
        format!(
            "Saved: {} has {count} endpoint {permissions}.",
            key.description
        ),
    )
}
