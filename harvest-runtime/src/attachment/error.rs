//! Predicates of an [`Error`] about files.

use super::Failure;
use crate::Error;

impl Error {
    /// A file cannot be sent as it is. Nothing was sent.
    ///
    /// # Troubleshooting
    ///
    /// The text of the error says whether it cannot be read, [is too large](Self::is_too_large), or is of a type that the
    /// service does not take; then it names those that it does. For a file that cannot be read, see the
    /// [source](std::error::Error::source).
    pub fn is_upload(&self) -> bool {
        self.file().is_some_and(Failure::is_upload)
    }

    /// A file could not be fetched. Under the name that it was to have, nothing has changed.
    ///
    /// # Troubleshooting
    ///
    /// What may pass was tried again, as with any call. If the link [has expired](Self::is_expired), read the record
    /// again. If the file cannot be written, see the [source](std::error::Error::source).
    pub fn is_download(&self) -> bool {
        self.file().is_some_and(|failure| !failure.is_upload())
    }

    /// The link to a file is no longer valid, or the file is gone: the server that holds it answered 400, 401, 403, 404 or
    /// 410, as storage services do.
    ///
    /// # Troubleshooting
    ///
    /// Links live for some days. Read the record again, and fetch the file by its fresh link;
    /// [`Download::refetch`](crate::attachment::Download::refetch) does it. If it was done already, the file is gone.
    pub fn is_expired(&self) -> bool {
        self.file().is_some_and(Failure::is_expired)
    }

    /// A file is larger than was allowed for.
    ///
    /// # Troubleshooting
    ///
    /// Raise [`UploadOptions::max_bytes`](crate::attachment::UploadOptions::max_bytes) or
    /// [`Download::max_bytes`](crate::attachment::Download::max_bytes), if you want it all the same.
    pub fn is_too_large(&self) -> bool {
        self.file().is_some_and(Failure::is_too_large)
    }
}
