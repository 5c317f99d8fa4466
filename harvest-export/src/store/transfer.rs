//! Transfer of files: to a store if they are what their receipts say, and from it, in parts of bounded size.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use bytes::Bytes;
use futures_util::StreamExt;
use object_store::{MultipartUpload, ObjectStoreExt, PutMode, PutPayload};

use super::failure::is_absent;
use super::lease::Lease;
use super::receipts::Expected;
use super::refusal::Bound;
use super::request::as_one;
use super::{Store, WRITTEN_BY_OTHERS};
use crate::error::ExportError;
use crate::hash::Hasher;
use crate::private;

/// The size of a part, and of the largest object that is put as a whole.
pub(super) const PART: u64 = 8 * 1024 * 1024;
/// The most parts of an object, which is less than the least limit of a service.
const MOST_PARTS: u64 = 9_000;
/// How often reading an object is begun again when it breaks off.
const MOST_TRIES: u32 = 3;
/// What to do about an object that is not what it was when it was begun.
const REPLACED: &str = "it was replaced while it was read; try again";

impl Store {
    /// Puts a file, if it is what is expected. False: it is something else, and was not put. One that is not small takes a
    /// lease, which has to last while its parts are sent.
    pub(super) async fn put_file(
        &self,
        name: &str,
        path: &Path,
        expected: Option<&Expected>,
        lease: Option<&mut Lease>,
    ) -> Result<bool, ExportError> {
        let failed = |error| ExportError::file(path, error);
        let mut file = match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && expected.is_some() => {
                return Ok(false);
            }
            file => file.map_err(failed)?,
        };
        let length = file.metadata().map_err(failed)?.len();
        if expected.is_some_and(|it| it.bytes != length) {
            return Ok(false);
        }
        let mut hash = expected.map(|it| it.hash.hasher());
        if length <= PART {
            let bytes = part(&mut file, PART).map_err(failed)?;
            if let Some(hash) = &mut hash {
                hash.update(&bytes);
            }
            if !is_expected(expected, hash) {
                return Ok(false);
            }
            self.put(name, bytes, PutMode::Overwrite).await?;
            return Ok(true);
        }
        let size = PART.max(length.div_ceil(MOST_PARTS));
        let key = self.key(name)?;
        let mut upload = self.one(name, self.objects.put_multipart(&key)).await?;
        let sent = self
            .parts(
                (name, path),
                &mut *upload,
                (file, size),
                hash.as_mut(),
                lease,
            )
            .await;
        let sent = sent.map(|()| is_expected(expected, hash));
        if let Ok(true) = sent {
            self.one(name, upload.complete()).await?;
        } else {
            // What is left of it costs money, but no data; a rule of the bucket can remove it.
            let _ = as_one(upload.abort()).await;
        }
        sent
    }

    /// One request about an object.
    async fn one<T>(
        &self,
        name: &str,
        request: impl Future<Output = object_store::Result<T>>,
    ) -> Result<T, ExportError> {
        as_one(async { request.await.map_err(|error| self.failed(name, &error)) }).await
    }

    async fn parts(
        &self,
        (name, path): (&str, &Path),
        upload: &mut dyn MultipartUpload,
        (mut file, size): (File, u64),
        mut hash: Option<&mut Hasher>,
        mut lease: Option<&mut Lease>,
    ) -> Result<(), ExportError> {
        loop {
            if let Some(lease) = &mut lease {
                lease.hold(self).await?;
            }
            let bytes = part(&mut file, size).map_err(|error| ExportError::file(path, error))?;
            if bytes.is_empty() {
                return Ok(());
            }
            if let Some(hash) = &mut hash {
                hash.update(&bytes);
            }
            let sent = upload.put_part(PutPayload::from(bytes));
            self.one(name, sent).await?;
        }
    }

    /// Reads an object of this size into a file that is not there yet.
    pub(super) async fn get_file(
        &self,
        name: &str,
        path: &Path,
        bytes: u64,
    ) -> Result<(), ExportError> {
        self.try_to_read(name, path, Length::Is(bytes)).await?;
        Ok(())
    }

    /// The same of an object of up to so many bytes. False: there is none, and the file is empty.
    pub(super) async fn get_file_up_to(
        &self,
        name: &str,
        path: &Path,
        most: u64,
    ) -> Result<bool, ExportError> {
        self.try_to_read(name, path, Length::IsUpTo(most)).await
    }

    async fn try_to_read(
        &self,
        name: &str,
        path: &Path,
        length: Length,
    ) -> Result<bool, ExportError> {
        let all_tries = async {
            let mut tries = 0;
            loop {
                tries += 1;
                match self.read_into(name, path, length).await {
                    Err(ExportError::Store { .. }) if tries < MOST_TRIES => {
                        fs::remove_file(path).map_err(|error| ExportError::file(path, error))?;
                    }
                    outcome => return outcome,
                }
            }
        };
        as_one(all_tries).await
    }

    async fn read_into(
        &self,
        name: &str,
        path: &Path,
        length: Length,
    ) -> Result<bool, ExportError> {
        let failed = |error| ExportError::file(path, error);
        let mut file = private::create(path).map_err(failed)?;
        let bound = match length {
            Length::Is(bytes) => Bound::new(bytes, REPLACED),
            Length::IsUpTo(most) => Bound::new(most, WRITTEN_BY_OTHERS),
        };
        let key = self.key(name)?;
        let answer = match self.objects.get_opts(&key, bound.options()).await {
            Err(error) if matches!(length, Length::IsUpTo(_)) && is_absent(&error) => {
                return Ok(false);
            }
            answer => answer.map_err(|error| self.failed(name, &error))?,
        };
        let bytes = match length {
            Length::Is(bytes) => bytes,
            Length::IsUpTo(most) => answer.meta.size.min(most),
        };
        let mut parts = answer.into_stream();
        let mut length = 0;
        while let Some(part) = parts.next().await {
            let part = part.map_err(|error| self.failed(name, &error))?;
            length += part.len() as u64;
            if length > bytes {
                break;
            }
            file.write_all(&part).map_err(failed)?;
        }
        if length == bytes {
            return Ok(true);
        }
        Err(self.problem(
            name,
            "was replaced while it was read, or broke off; try again",
        ))
    }
}

/// How many bytes an object has.
#[derive(Clone, Copy)]
enum Length {
    Is(u64),
    /// As many as the store says, and no more than so many.
    IsUpTo(u64),
}

fn is_expected(expected: Option<&Expected>, hash: Option<Hasher>) -> bool {
    expected.map(|it| &it.hash) == hash.map(Hasher::finish).as_ref()
}

/// The next bytes of a file, as many as there are up to a number.
fn part(file: &mut File, most: u64) -> std::io::Result<Bytes> {
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    Ok(Bytes::from(bytes))
}
