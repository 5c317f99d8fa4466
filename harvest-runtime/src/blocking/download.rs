//! Fetching a file that a record names, on this thread.

use std::fmt;
use std::io::{self, Read};
use std::path::Path;

use super::Waiter;
use crate::attachment::{self, DEFAULT_MAX_BYTES, Downloaded, FileStream, PauseBudget, SignedFile};
use crate::{Bytes, CallOptions, Core, Error};

type Refetch<'a> = Box<dyn FnOnce() -> Result<Option<String>, Error> + 'a>;

/// The download of a file that a record names by a signed URL, before it is begun: what
/// [`attachment::Download`](crate::attachment::Download) is where calls are awaited, and all that it says holds here.
///
/// ```
/// use harvest_runtime::attachment::{Downloaded, SignedFile};
/// use harvest_runtime::{Core, Error};
///
/// fn save(core: &Core, file: &impl SignedFile) -> Result<Downloaded, Error> {
///     core.download_blocking(file).max_bytes(5 * 1024 * 1024).to_file("cv.pdf")
/// }
/// ```
#[must_use = "a download does nothing until it has a destination"]
pub struct Download<'a> {
    core: Core,
    url: Option<String>,
    max_bytes: u64,
    pauses: PauseBudget,
    refetch: Option<Refetch<'a>>,
}

impl Core {
    /// [`download`](Self::download), on this thread.
    pub fn download_blocking<'a>(&self, file: &(impl SignedFile + ?Sized)) -> Download<'a> {
        Download {
            core: self.clone(),
            url: file.url().map(str::to_owned),
            max_bytes: DEFAULT_MAX_BYTES,
            pauses: PauseBudget::new(),
            refetch: None,
        }
    }
}

impl<'a> Download<'a> {
    /// How many bytes the file may have; [`DEFAULT_MAX_BYTES`] if not set.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// What other downloads wait in pauses, too.
    pub fn pauses(mut self, budget: &PauseBudget) -> Self {
        self.pauses = budget.clone();
        self
    }

    /// Other times and retries than the client's.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.core = self.core.with_options(options);
        self
    }

    /// A function that reads the record again, with a fresh URL. It is asked once, when the URL turns out to have
    /// [expired](Error::is_expired) or the record named none; the download then begins again, with times of its own. Its
    /// error ends the download.
    pub fn refetch<T: SignedFile>(
        mut self,
        record: impl FnOnce() -> Result<T, Error> + 'a,
    ) -> Self {
        self.refetch = Some(Box::new(move || Ok(record()?.url().map(str::to_owned))));
        self
    }

    /// Writes the file to this path, where it is when it is complete and not before.
    ///
    /// # Errors
    ///
    /// As [`attachment::Download::to_file`]; and [`Error::is_invalid_request`] where it must not block.
    pub fn to_file(self, path: impl AsRef<Path>) -> Result<Downloaded, Error> {
        let path = path.as_ref();
        self.run(|download| download.to_file(path))
    }

    /// The file in memory.
    ///
    /// # Errors
    ///
    /// As [`to_file`](Self::to_file).
    pub fn bytes(self) -> Result<Bytes, Error> {
        self.run(attachment::Download::bytes)
    }

    /// The file as something to read from. A reader that breaks is not restarted automatically.
    ///
    /// # Errors
    ///
    /// As [`to_file`](Self::to_file).
    pub fn reader(self) -> Result<FileReader, Error> {
        let waiter = self.waiter();
        let stream = self.run(attachment::Download::stream)?;
        Ok(FileReader {
            stream,
            waiter,
            piece: Bytes::new(),
        })
    }

    /// The record is read between two downloads and not within one: a call that blocks cannot be made while another
    /// one is waited for.
    fn run<T, F>(
        mut self,
        download: impl Fn(attachment::Download<'static>) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let waiter = self.waiter();
        if self.url.is_none()
            && let Some(refetch) = self.refetch.take()
        {
            self.url = refetch()?;
        }
        loop {
            let file = self.url.as_deref();
            let begun = self.core.download(&file);
            let begun = begun.max_bytes(self.max_bytes).pauses(&self.pauses);
            let error = match waiter.wait(download(begun))? {
                Err(error) if error.is_expired() => error,
                result => return result,
            };
            let Some(refetch) = self.refetch.take() else {
                return Err(error);
            };
            // Without a URL, the earlier error is the one to return.
            self.url = Some(refetch()?.ok_or(error)?);
        }
    }

    fn waiter(&self) -> Waiter {
        Waiter {
            core: self.core.clone(),
            operation: None,
        }
    }
}

/// Prints the bound, and not the URL.
impl fmt::Debug for Download<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("max_bytes", &self.max_bytes)
            .field("refetch", &self.refetch.is_some())
            .finish_non_exhaustive()
    }
}

/// The bytes of a file on their way, to be read: what [`Download::reader`] returns.
///
/// Its end without an error means that the file is complete, as far as the server said how long it is. An error holds an
/// [`Error`].
pub struct FileReader {
    stream: FileStream,
    waiter: Waiter,
    /// What came and was not read yet.
    piece: Bytes,
}

impl FileReader {
    /// What the server calls the file's type.
    pub fn content_type(&self) -> Option<&str> {
        self.stream.content_type()
    }

    /// How many bytes the file has, if the server says so.
    pub fn content_length(&self) -> Option<u64> {
        self.stream.content_length()
    }
}

impl Read for FileReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            let next = self.waiter.wait(self.stream.next());
            match next.map_err(io::Error::other)? {
                Some(piece) => self.piece = piece.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let count = into.len().min(self.piece.len());
        into[..count].copy_from_slice(&self.piece.split_to(count));
        Ok(count)
    }
}

/// Prints how far it came.
impl fmt::Debug for FileReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stream.fmt(f)
    }
}
