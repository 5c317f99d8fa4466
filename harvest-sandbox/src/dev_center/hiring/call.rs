//! The API calls that read what a page shows.

use crate::dev_center::visit::Visit;

/// A call.
pub(super) struct Call {
    /// Of the API.
    pub(super) version: String,
    /// With the query.
    pub(super) path: String,
    /// The address at which it is described, and can be tried.
    pub(super) reference: String,
}

/// The calls with these paths, which begin with the version.
pub(super) fn calls(visit: &Visit<'_>, paths: impl IntoIterator<Item = String>) -> Vec<Call> {
    let paths = paths.into_iter();
    let calls = paths.map(|path| {
        let version = path.split('/').nth(1).unwrap_or_default();
        let operation = visit.site.operations().at(&path);
        let place = operation.map(|it| format!("#/{}/{}", it.tag, it.id));
        let place = place.unwrap_or_default();
        let reference = format!("/configure/dev_center/reference?version={version}{place}");
        Call {
            version: version.to_owned(),
            reference,
            path,
        }
    });
    calls.collect()
}
