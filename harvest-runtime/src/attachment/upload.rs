//! A file to be attached.

use std::fmt;
use std::fs::File;
use std::future::poll_fn;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::pin::{Pin, pin};

use base64::engine::general_purpose::STANDARD;
use base64::write::EncoderStringWriter;
use tokio::io::{AsyncRead, ReadBuf};

use super::{DEFAULT_MAX_BYTES, Failure, content_type};
use crate::Error;

const CHUNK: usize = 16 * 1024;

type Encoder = EncoderStringWriter<'static, base64::engine::GeneralPurpose, String>;

/// A file to be attached, read and written in Base64; or a URL from which the service fetches it.
///
/// Generated models that hold a file are made from it: `CandidateAttachmentCreate::from_upload(upload, kind)`. That checks the
/// content type against those that the service takes, before anything is sent.
///
/// ```
/// use harvest_runtime::attachment::{Upload, UploadOptions};
///
/// let letter = Upload::from_bytes("letter.txt", "Dear reader")?;
/// // Without an extension that says what it is.
/// let notes = UploadOptions::new().content_type("text/plain").from_bytes("notes", "…")?;
/// let reference = Upload::from_url("reference.pdf", "https://files.example.com/reference.pdf");
/// # Ok::<(), harvest_runtime::Error>(())
/// ```
///
/// Names of files tend to hold names of people, so `Debug` prints neither the name nor what is in it.
#[derive(Clone)]
pub struct Upload {
    filename: String,
    source: Source,
    content_type: Option<String>,
}

#[derive(Clone)]
enum Source {
    /// In Base64.
    Content(String),
    Url(String),
}

impl Upload {
    /// A file of these bytes. See [`UploadOptions::from_bytes`].
    pub fn from_bytes(filename: impl Into<String>, bytes: impl AsRef<[u8]>) -> Result<Self, Error> {
        UploadOptions::new().from_bytes(filename, bytes)
    }

    /// What the reader gives until its end. See [`UploadOptions::from_reader`].
    pub fn from_reader(filename: impl Into<String>, reader: impl Read) -> Result<Self, Error> {
        UploadOptions::new().from_reader(filename, reader)
    }

    /// What the reader gives until its end. See [`UploadOptions::from_async_reader`].
    pub async fn from_async_reader(
        filename: impl Into<String>,
        reader: impl AsyncRead,
    ) -> Result<Self, Error> {
        UploadOptions::new()
            .from_async_reader(filename, reader)
            .await
    }

    /// The file at this path, under the name that it has there. See [`UploadOptions::from_path`].
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        UploadOptions::new().from_path(path)
    }

    /// The file at this path, under the name that it has there, read without blocking. See
    /// [`UploadOptions::from_async_path`].
    pub async fn from_async_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        UploadOptions::new().from_async_path(path).await
    }

    /// A file that the service fetches, from a URL that needs no signing in. No content type is needed; if one
    /// is sent along ([`with_content_type`](Self::with_content_type)), it is checked.
    pub fn from_url(filename: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            filename: filename.into(),
            source: Source::Url(url.into()),
            content_type: None,
        }
    }

    /// The content type, in place of what the extension of the name says.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The parts of a request that hold it, for a service that takes these content types. Generated code calls it.
    ///
    /// # Errors
    ///
    /// [`Error::is_upload`], naming the types, if the file is of another, or if its name does not tell.
    pub fn into_parts(self, allowed: &'static [&'static str]) -> Result<FileParts, Error> {
        let given = self.content_type.as_deref();
        let is_sent = matches!(self.source, Source::Content(_));
        let content_type = (is_sent || given.is_some())
            .then(|| content_type::choose(&self.filename, given, allowed))
            .transpose()?;
        Ok(FileParts {
            content_type,
            ..self.into_untyped_parts()
        })
    }

    /// The parts of a request that hold it, for a service that goes by the name of the file. Generated code calls it.
    pub fn into_untyped_parts(self) -> FileParts {
        let (content, url) = match self.source {
            Source::Content(content) => (Some(content), None),
            Source::Url(url) => (None, Some(url)),
        };
        FileParts {
            filename: self.filename,
            content,
            url,
            content_type: None,
        }
    }
}

/// Prints whether it is sent or fetched by the service, and how long it is in Base64.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut upload = f.debug_struct("Upload");
        match &self.source {
            Source::Content(content) => upload.field("base64_bytes", &content.len()),
            Source::Url(_) => upload.field("by_url", &true),
        };
        upload.finish_non_exhaustive()
    }
}

/// What a request says of a file: either `content` with `content_type`, or `url`.
#[non_exhaustive]
pub struct FileParts {
    /// What it is to be called.
    pub filename: String,
    /// The file itself, in Base64.
    pub content: Option<String>,
    /// Where the service fetches it.
    pub url: Option<String>,
    /// One of those that the service takes.
    pub content_type: Option<&'static str>,
}

crate::redacted_debug! { FileParts { content_type } }

/// How a file is read that is to be attached, where it differs from the usual.
#[derive(Clone, Default)]
#[must_use = "options do nothing until a file is read with them"]
pub struct UploadOptions {
    filename: Option<String>,
    content_type: Option<String>,
    max_bytes: Option<u64>,
}

impl UploadOptions {
    /// Changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the file is to be called, in place of the name that it has.
    pub fn filename(mut self, filename: impl Into<String>) -> Self {
        self.filename = Some(filename.into());
        self
    }

    /// The content type, in place of what the extension of the name says.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// How many bytes it may have, before Base64. [`DEFAULT_MAX_BYTES`] if not set.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = Some(bytes);
        self
    }

    /// A file of these bytes.
    ///
    /// # Errors
    ///
    /// [`Error::is_too_large`] if there are too many.
    pub fn from_bytes(
        self,
        filename: impl Into<String>,
        bytes: impl AsRef<[u8]>,
    ) -> Result<Upload, Error> {
        self.from_reader(filename, bytes.as_ref())
    }

    /// What the reader gives until its end. It is not read beyond what the file may have.
    ///
    /// # Errors
    ///
    /// [`Error::is_upload`] if it fails; [`Error::is_too_large`] if it gives too much.
    pub fn from_reader(
        self,
        filename: impl Into<String>,
        reader: impl Read,
    ) -> Result<Upload, Error> {
        let mut encoder = encoder();
        // One more than there may be, to see that there is more.
        let mut reader = reader.take(self.limit().saturating_add(1));
        let read =
            io::copy(&mut reader, &mut encoder).map_err(|error| Failure::unreadable(&error))?;
        self.check(read)?;
        Ok(self.upload(filename.into(), encoder))
    }

    /// What the reader gives until its end. It is not read beyond what the file may have.
    ///
    /// # Errors
    ///
    /// As [`from_reader`](Self::from_reader).
    pub async fn from_async_reader(
        self,
        filename: impl Into<String>,
        reader: impl AsyncRead,
    ) -> Result<Upload, Error> {
        let mut reader = pin!(reader);
        let mut encoder = encoder();
        let mut chunk = vec![0; CHUNK];
        let mut read = 0;
        loop {
            let filled = read_some(reader.as_mut(), &mut chunk)
                .await
                .map_err(|error| Failure::unreadable(&error))?;
            if filled == 0 {
                return Ok(self.upload(filename.into(), encoder));
            }
            read += filled as u64;
            self.check(read)?;
            encoder
                .write_all(&chunk[..filled])
                .map_err(|error| Failure::unreadable(&error))?;
        }
    }

    /// The file at this path, under the name that it has there.
    ///
    /// Reading blocks the thread; [`from_async_path`](Self::from_async_path) does not.
    ///
    /// # Errors
    ///
    /// [`Error::is_upload`] if it cannot be read, or its name is not Unicode; [`Error::is_too_large`].
    pub fn from_path(self, path: impl AsRef<Path>) -> Result<Upload, Error> {
        let filename = self.name_of(path.as_ref())?;
        let file = File::open(path).map_err(|error| Failure::unreadable(&error))?;
        self.from_reader(filename, file)
    }

    /// The file at this path, under the name that it has there, read without blocking.
    ///
    /// # Errors
    ///
    /// As [`from_path`](Self::from_path).
    pub async fn from_async_path(self, path: impl AsRef<Path>) -> Result<Upload, Error> {
        let filename = self.name_of(path.as_ref())?;
        let file = tokio::fs::File::open(path)
            .await
            .map_err(|error| Failure::unreadable(&error))?;
        self.from_async_reader(filename, file).await
    }

    fn name_of(&self, path: &Path) -> Result<String, Failure> {
        match (&self.filename, path.file_name()) {
            (Some(given), _) => Ok(given.clone()),
            (None, Some(name)) => Ok(name.to_str().ok_or(Failure::Nameless)?.to_owned()),
            (None, None) => Err(Failure::Nameless),
        }
    }

    fn limit(&self) -> u64 {
        self.max_bytes.unwrap_or(DEFAULT_MAX_BYTES)
    }

    fn check(&self, read: u64) -> Result<(), Failure> {
        let limit = self.limit();
        if read > limit {
            return Err(Failure::TooLargeToSend { limit });
        }
        Ok(())
    }

    fn upload(self, filename: String, encoder: Encoder) -> Upload {
        Upload {
            filename: self.filename.unwrap_or(filename),
            source: Source::Content(encoder.into_inner()),
            content_type: self.content_type,
        }
    }
}

/// Prints the bound and the content type, not the name.
impl fmt::Debug for UploadOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadOptions")
            .field("max_bytes", &self.limit())
            .finish_non_exhaustive()
    }
}

fn encoder() -> Encoder {
    EncoderStringWriter::new(&STANDARD)
}

async fn read_some<R: AsyncRead>(mut reader: Pin<&mut R>, chunk: &mut [u8]) -> io::Result<usize> {
    poll_fn(|context| {
        let mut buffer = ReadBuf::new(chunk);
        reader
            .as_mut()
            .poll_read(context, &mut buffer)
            .map_ok(|()| buffer.filled().len())
    })
    .await
}
