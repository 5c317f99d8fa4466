//! The API reference, rendered from the description, with requests that can be tried.

use std::sync::PoisonError;

use askama::Template;
use bytes::Bytes;
use harvest_spec::Document;

use crate::dev_center::headers;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::viewer;
use crate::dev_center::visit::Visit;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

#[derive(Template)]
#[template(path = "reference.html")]
struct Reference {
    frame: Frame,
    /// The version that is shown, and all that can be.
    version: &'static str,
    versions: Vec<&'static str>,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>) -> Outcome {
    let reply = page(&Reference {
        frame: Frame::new(visit, "API reference", Section::DevCenter)?,
        version: chosen(visit).version,
        versions: served(visit).map(|it| it.version).collect(),
    })?;
    Ok(headers::for_reference(reply))
}

pub(in crate::dev_center) fn description(visit: &Visit<'_>) -> Outcome {
    let Document { version, json } = chosen(visit);
    // Looked at before the records are read: what is written meanwhile makes the text out of date.
    let change = visit.state.store.changes.latest();
    let kept = visit.site.references.lock();
    // It is made once at a time, for all who ask for it meanwhile.
    let mut kept = kept.unwrap_or_else(PoisonError::into_inner);
    if let Some((of, text)) = kept.get(version)
        && *of == change
    {
        return Ok(Reply::shared_json(text.clone()));
    }
    let mut description = viewer::description(json)?;
    if let Some(trials) = visit.state.trials(version) {
        visit.read(|view| trials.fill(view, &mut description))?;
    }
    let text = Bytes::from(description.to_string().into_boxed_str().into_boxed_bytes());
    kept.insert(version, (change, text.clone()));
    Ok(Reply::shared_json(text))
}

/// The descriptions that are served.
fn served(visit: &Visit<'_>) -> impl Iterator<Item = &'static Document> {
    let all = harvest_spec::DOCUMENTS.iter();
    all.filter(|document| visit.site.descriptions.contains(&document.json))
}

/// The description of the version that the address names, or that of the sandbox.
fn chosen(visit: &Visit<'_>) -> Document {
    let wanted = visit.query.last("version").unwrap_or_default();
    let own = visit.site.description;
    let mut all = served(visit);
    let found = all.find(|document| document.version == wanted);
    let found = found.or_else(|| served(visit).find(|document| document.json == own));
    found.copied().unwrap_or(Document {
        version: "",
        json: own,
    })
}
