//! The API calls that read what a page shows.

/// A call of one version.
pub(super) struct Call {
    pub(super) version: &'static str,
    /// With the query.
    pub(super) path: String,
    tag: &'static str,
    operation: &'static str,
}

impl Call {
    pub(super) fn v1(tag: &'static str, operation: &'static str, path: String) -> Self {
        Self {
            version: "v1",
            path,
            tag,
            operation,
        }
    }

    pub(super) fn v3(tag: &'static str, operation: &'static str, path: String) -> Self {
        Self {
            version: "v3",
            path,
            tag,
            operation,
        }
    }

    /// Where it is described, and can be tried.
    pub(super) fn reference(&self) -> String {
        let Self {
            version,
            tag,
            operation,
            ..
        } = self;
        format!("/configure/dev_center/reference?version={version}#/{tag}/{operation}")
    }
}
