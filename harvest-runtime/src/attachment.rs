//! Files: sending them along, and fetching those that records name.
//!
//! Which models hold files, and by which properties, is in the API description; generated models implement
//! [`SignedFile`] or are made from an [`Upload`].
//!
//! - [`Upload`]: a file to be attached, from bytes, a reader or a path, or by a URL from which the service fetches it.
//! - [`Download`]: a file that a record names by a signed URL, fetched without credentials, within bounds.
//!
//! A signed URL opens the file to everyone who has it, for as long as it is valid. It is in no error, `Debug` or trace.

mod body;
mod content_type;
mod download;
mod error;
mod fetch;
mod pause_budget;
mod place;
mod sink;
mod upload;

pub use self::body::FileStream;
pub use self::download::{Download, Downloaded};
pub use self::pause_budget::PauseBudget;
pub use self::upload::{FileParts, Upload, UploadOptions};
use crate::error::transfer::Failure;

/// How large a file may be unless set otherwise, in bytes: 100 MiB. The service documents no limit of its own.
pub const DEFAULT_MAX_BYTES: u64 = 100 * 1024 * 1024;

/// Something that names a file by a signed URL: an attachment of a record, or the URL itself.
///
/// ```
/// use harvest_runtime::attachment::SignedFile;
///
/// assert_eq!("https://files.example.com/cv.pdf?signature=71d0".url(), Some("https://files.example.com/cv.pdf?signature=71d0"));
/// ```
pub trait SignedFile {
    /// Where the file is, if the record says so.
    fn url(&self) -> Option<&str>;

    /// What the file is called, if the record says so. **It was chosen by a client: do not use it as a path.**
    fn filename(&self) -> Option<&str> {
        None
    }
}

impl SignedFile for str {
    fn url(&self) -> Option<&str> {
        Some(self)
    }
}

impl SignedFile for String {
    fn url(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: SignedFile + ?Sized> SignedFile for &T {
    fn url(&self) -> Option<&str> {
        (**self).url()
    }

    fn filename(&self) -> Option<&str> {
        (**self).filename()
    }
}

/// Of a record that may no longer have the file.
impl<T: SignedFile> SignedFile for Option<T> {
    fn url(&self) -> Option<&str> {
        self.as_ref()?.url()
    }

    fn filename(&self) -> Option<&str> {
        self.as_ref()?.filename()
    }
}
