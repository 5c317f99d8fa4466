//! Attached files.

use super::names::time;
use crate::dev_center::visit::Visit;
use crate::domain::attachments::{Attachment, Source};
use crate::http::refusal::Outcome;
use crate::store::View;

/// Files on the page.
const MOST: usize = 100;

/// An attached file.
pub(super) struct File {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) at: String,
    /// The signed link to a file that the sandbox keeps. An address that a client sent is no link.
    pub(super) link: Option<String>,
    /// The address that a client sent.
    pub(super) address: Option<String>,
}

/// Attachments with their links.
pub(super) fn of<'a>(
    visit: &Visit<'_>,
    view: &View<'_>,
    attachments: impl Iterator<Item = &'a Attachment>,
) -> Outcome<Vec<File>> {
    let links = &visit.state.links;
    let files = attachments.take(MOST).map(|it| {
        let (link, address) = match &it.source {
            Source::File(id) => {
                // Relative: the page is on the same host.
                let link = links.link("", *id, &it.filename, view.now());
                (Some(link), None)
            }
            Source::Url(address) => (None, Some(address.clone())),
        };
        Ok(File {
            name: it.filename.clone(),
            kind: it.r#type.clone(),
            at: time(&it.created_at),
            link,
            address,
        })
    });
    files.collect()
}
