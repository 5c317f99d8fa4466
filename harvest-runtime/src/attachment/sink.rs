//! Destinations of a download.

use std::io::{self, ErrorKind, SeekFrom};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::task::spawn_blocking;

use super::{Failure, FileStream};
use crate::Error;

/// Where the bytes of a file go.
pub(super) enum Sink {
    Memory(Vec<u8>),
    File(Partial),
    /// To the caller, who takes them off the stream.
    Caller(Option<FileStream>),
}

impl Sink {
    /// Takes a whole file, and says how many bytes it had. What an earlier attempt left is dropped.
    pub(super) async fn take(&mut self, mut stream: FileStream) -> Result<u64, Error> {
        match self {
            Self::Memory(bytes) => bytes.clear(),
            Self::File(partial) => partial.restart().await?,
            Self::Caller(slot) => {
                *slot = Some(stream);
                return Ok(0);
            }
        }
        while let Some(piece) = stream.next().await {
            self.put(&piece?).await?;
        }
        Ok(stream.bytes_read())
    }

    async fn put(&mut self, piece: &Bytes) -> Result<(), Failure> {
        match self {
            Self::Memory(bytes) => bytes.extend_from_slice(piece),
            Self::File(partial) => partial.write(piece).await?,
            Self::Caller(_) => {}
        }
        Ok(())
    }
}

/// A file that is not complete yet. It lies beside its target under another name, and is removed when it is dropped.
pub(super) struct Partial {
    file: File,
    place: TempPath,
    target: PathBuf,
}

impl Partial {
    pub(super) async fn beside(target: &Path) -> Result<Self, Failure> {
        let target = target.to_owned();
        blocking(move || {
            // Reported before the file is fetched rather than after.
            if target.file_name().is_none() || target.is_dir() {
                return Err(ErrorKind::IsADirectory.into());
            }
            let folder = target
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            // Only its owner may read it, which is right for what people send with an application.
            let (file, place) = tempfile::Builder::new()
                .prefix(".")
                .suffix(".part")
                .tempfile_in(folder.unwrap_or(Path::new(".")))?
                .into_parts();
            Ok(Self {
                file: File::from_std(file),
                place,
                target,
            })
        })
        .await
    }

    async fn restart(&mut self) -> Result<(), Failure> {
        let restarted = async {
            self.file.seek(SeekFrom::Start(0)).await?;
            self.file.set_len(0).await
        };
        restarted
            .await
            .map_err(|error: io::Error| Failure::unwritable(&error))
    }

    async fn write(&mut self, piece: &[u8]) -> Result<(), Failure> {
        self.file
            .write_all(piece)
            .await
            .map_err(|error| Failure::unwritable(&error))
    }

    /// Gives it its name, in place of what had it before.
    pub(super) async fn complete(mut self) -> Result<(), Failure> {
        let stored = async {
            self.file.flush().await?;
            // Or a crash soon after could leave an empty file under the name.
            self.file.sync_all().await
        };
        stored
            .await
            .map_err(|error: io::Error| Failure::unwritable(&error))?;
        let (place, target) = (self.place, self.target);
        blocking(move || place.persist(target).map_err(|failed| failed.error)).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let done = spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(io::Error::other(error)))
        .map_err(|error| Failure::unwritable(&error))
}
