//! Fetching a file that a record names.

use std::fmt;
use std::path::Path;

use bytes::Bytes;
use reqwest::Url;
use tracing::Instrument as _;

use super::body::Bounds;
use super::sink::{Partial, Sink};
use super::{DEFAULT_MAX_BYTES, Failure, FileStream, PauseBudget, SignedFile, fetch, place};
use crate::attempt_loop::AttemptLoop;
use crate::deadline::within;
use crate::options::ATTEMPT_TIMEOUT;
use crate::{CallOptions, Core, Error, printable, trace};
use futures_core::future::BoxFuture;

type Refetch<'a> = Box<dyn FnOnce() -> BoxFuture<'a, Result<Option<String>, Error>> + Send + 'a>;

/// The download of a file that a record names by a signed URL, before it is begun.
///
/// The request goes to whatever host the URL names, and holds neither the credential nor an acting user. The URL has to
/// be https (or on this machine, if the API is there, too); redirects are followed under the same rule, five at most. It
/// does not count against the rate limit of the API. (What an [`http_client`](crate::ClientBuilder::http_client) of your
/// own adds to every request goes along; leave credentials off it.)
///
/// A download that breaks is begun again, as [`retry`](crate::retry) says, from its first byte. Of [`CallOptions`],
/// `attempt_timeout` is how long the server may send nothing, and `timeout` is for all of it. Without that, an attempt ends
/// when [`max_bytes`](Self::max_bytes) would have come at 16 KiB a second: no wait is unbounded.
///
/// A signed URL is valid for some days. [`refetch`](Self::refetch) reads the record again when it is out of date.
///
/// ```
/// use harvest_runtime::attachment::{Downloaded, SignedFile};
/// use harvest_runtime::{Core, Error};
///
/// async fn save(core: &Core, file: &impl SignedFile) -> Result<Downloaded, Error> {
///     core.download(file).max_bytes(5 * 1024 * 1024).to_file("cv.pdf").await
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

/// A file that was written.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Downloaded {
    /// How many bytes it has.
    pub bytes: u64,
    /// What the server calls its type.
    pub content_type: Option<String>,
}

/// Prints the type without its parameters, which may name the file, and the length.
impl fmt::Debug for Downloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type = self.content_type.as_deref().map(printable::media_type);
        f.debug_struct("Downloaded")
            .field("bytes", &self.bytes)
            .field("content_type", &content_type)
            .finish()
    }
}

impl Core {
    /// A file that a record names. Nothing is sent before it has a destination.
    pub fn download<'a>(&self, file: &(impl SignedFile + ?Sized)) -> Download<'a> {
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
    /// How many bytes the file may have; [`DEFAULT_MAX_BYTES`] if not set. It is counted while they come, whatever the
    /// server says of its length.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// What other downloads wait in pauses, too: those with the same budget wait for
    /// [`max_pause`](crate::ClientBuilder::max_pause) in all, and not each of them.
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
    /// [expired](Error::is_expired) or the record named none, and the download goes on with what it gives. Its error
    /// ends the download.
    ///
    /// ```
    /// use harvest_runtime::attachment::Downloaded;
    /// use harvest_runtime::{Core, Error, Request, decode};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Record {
    ///     url: Option<String>,
    /// }
    ///
    /// async fn save(core: &Core, url: &str, record: impl Fn() -> Request + Sync) -> Result<Downloaded, Error> {
    ///     core.download(url)
    ///         .refetch(async || {
    ///             let record = record().send(decode::json::<Record>).await?;
    ///             Ok(record.into_value().url)
    ///         })
    ///         .to_file("cv.pdf")
    ///         .await
    /// }
    /// ```
    pub fn refetch<F, R, T>(mut self, record: F) -> Self
    where
        F: FnOnce() -> R + Send + 'a,
        R: Future<Output = Result<T, Error>> + Send + 'a,
        T: SignedFile,
    {
        self.refetch = Some(Box::new(move || {
            let record = record();
            Box::pin(async move { Ok(record.await?.url().map(str::to_owned)) })
        }));
        self
    }

    /// Writes the file to this path. It is there when it is complete and not before: until then it lies beside it under
    /// another name, which is removed if the download fails or its future is dropped. A file that was there before is
    /// replaced. On Unix only its owner may read it.
    ///
    /// # Errors
    ///
    /// [`Error::is_download`], and more closely [`Error::is_expired`], [`Error::is_too_large`], [`Error::is_connect`],
    /// [`Error::is_timeout`] and [`Error::status`]; and those of [`refetch`](Self::refetch).
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<Downloaded, Error> {
        let mut sink = Sink::File(Partial::beside(path.as_ref()).await?);
        let downloaded = self.run(&mut sink).await?;
        if let Sink::File(partial) = sink {
            partial.complete().await?;
        }
        Ok(downloaded)
    }

    /// The file in memory.
    ///
    /// # Errors
    ///
    /// As [`to_file`](Self::to_file).
    pub async fn bytes(self) -> Result<Bytes, Error> {
        let mut sink = Sink::Memory(Vec::new());
        self.run(&mut sink).await?;
        match sink {
            Sink::Memory(bytes) => Ok(bytes.into()),
            Sink::File(_) | Sink::Caller(_) => Ok(Bytes::new()),
        }
    }

    /// The file, piece by piece. What comes before the first piece is tried again; a stream that breaks later ends with
    /// an error.
    ///
    /// # Errors
    ///
    /// As [`to_file`](Self::to_file).
    pub async fn stream(self) -> Result<FileStream, Error> {
        let mut sink = Sink::Caller(None);
        self.run(&mut sink).await?;
        match sink {
            Sink::Caller(Some(stream)) => Ok(stream),
            // `run` succeeds when the sink took a stream.
            _ => Err(Failure::NoUrl.into()),
        }
    }

    async fn run(self, sink: &mut Sink) -> Result<Downloaded, Error> {
        let span = trace::download();
        let core = self.core.clone();
        let mut tries = AttemptLoop::new(&core, None);
        let result = self
            .attempts(&mut tries, sink)
            .instrument(span.clone())
            .await;
        let effort = tries.effort;
        let result = result.map_err(|error| match error.operation() {
            // Of reading the record again.
            Some(_) => error,
            None => error.with_effort(effort),
        });
        let bytes = result.as_ref().map(|downloaded| downloaded.bytes);
        trace::download_ended(&span, bytes, &effort, tries.begun.elapsed());
        result
    }

    async fn attempts(
        mut self,
        tries: &mut AttemptLoop<'_>,
        sink: &mut Sink,
    ) -> Result<Downloaded, Error> {
        if self.url.is_none()
            && let Some(refetch) = self.refetch.take()
        {
            self.url = read_again(refetch, tries).await?;
        }
        loop {
            let url = self.place()?;
            tries.begin();
            let error = match attempt(&self.core, &url, self.max_bytes, tries, sink).await {
                Ok(downloaded) => {
                    tries.succeeded();
                    return Ok(downloaded);
                }
                Err(error) => error,
            };
            if error.is_expired()
                && let Some(refetch) = self.refetch.take()
            {
                // Without a URL, the earlier error is the one to return.
                self.url = Some(read_again(refetch, tries).await?.ok_or(error)?);
                continue;
            }
            self.pauses.count_into(&mut tries.patience);
            let Some(wait) = tries.again_after(&error) else {
                return Err(error);
            };
            let before = tries.patience.paused();
            // No pause of the API ends it.
            let _ = tries.wait(wait, &error).await;
            let paused = tries.patience.paused();
            self.pauses.spend(paused.saturating_sub(before));
        }
    }

    fn place(&self) -> Result<Url, Failure> {
        let plain = self.core.shared().base_url.is_plain();
        place::parse(self.url.as_deref().ok_or(Failure::NoUrl)?, plain)
    }
}

/// Reads the record again, in what is left of the time of the download.
async fn read_again(
    refetch: Refetch<'_>,
    tries: &AttemptLoop<'_>,
) -> Result<Option<String>, Error> {
    let read = within(tries.patience.deadline, refetch()).await;
    read.unwrap_or_else(|| Err(Failure::Late { whole: true }.into()))
}

/// Without the download itself: the function that reads the record again need not be shared between threads, and the future
/// of a download would not be `Send`.
async fn attempt(
    core: &Core,
    url: &Url,
    max_bytes: u64,
    tries: &AttemptLoop<'_>,
    sink: &mut Sink,
) -> Result<Downloaded, Error> {
    let settings = core.settings();
    let idle = settings.attempt_timeout.unwrap_or(ATTEMPT_TIMEOUT);
    let bounds = Bounds::new(max_bytes, idle, tries.patience.deadline);
    let stream = fetch::open(core, url, bounds).await?;
    let content_type = stream.content_type().map(str::to_owned);
    let bytes = sink.take(stream).await?;
    Ok(Downloaded {
        bytes,
        content_type,
    })
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
