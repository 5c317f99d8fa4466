//! Object store that an export is kept in: S3 and what speaks its protocol, Google Cloud Storage, Azure Blob Storage.
//!
//! Below the prefix of the address, the keys are the paths of a folder, and the objects its files: a copy of them is the
//! export. An export works in a folder of this computer, and a [`Mirror`] puts what that folder has:
//!
//! | what | when |
//! | --- | --- |
//! | pages, tables, attachments | when the ledger has their receipts, if they are what these say |
//! | the ledger | after the files that it names, and only in place of the one that was there before |
//! | the manifest and the lists | at the end, after the ledger |
//!
//! So the ledger of a store names nothing that is not there. A process that ends goes on from its folder; another computer
//! begins with the ledger of the store, which is the truth, and reads again what was not put. Who writes holds a lease, an
//! object that is written by conditions only: the second one is refused.
//!
//! Credentials come from the environment. No error has the text of an answer: it may repeat them.

mod address;
mod commits;
mod connector;
mod copy;
mod failure;
#[cfg(test)]
mod hostile;
mod lease;
mod limits;
mod listing;
mod mirror;
mod pauses;
mod receipts;
mod refusal;
mod request;
mod sender;
mod transfer;
mod working;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use harvest_runtime::chrono::{DateTime, Utc};
use object_store::list::PaginatedListStore;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutPayload, UpdateVersion};

use self::address::Address;
use self::failure::{failed, is_absent, refused_here};
pub use self::limits::CopyLimits;
pub use self::mirror::{Mirror, Needs};
use self::pauses::Pauses;
use self::refusal::Bound;
use self::request::as_one;
use crate::error::ExportError;

/// The most bytes of an object that is read as a whole.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;
/// What to do about one that has more.
const WRITTEN_BY_OTHERS: &str =
    "an export writes less there, so another program did; export below another prefix";

/// A place in an object store.
#[derive(Clone)]
pub struct Store {
    objects: Arc<dyn ObjectStore>,
    /// Lists page by page, where the store has such.
    lists: Option<Arc<dyn PaginatedListStore>>,
    address: Address,
    pauses: Pauses,
}

/// An object that was read.
struct Found {
    bytes: Bytes,
    version: UpdateVersion,
    /// By the clock of the store.
    modified: DateTime<Utc>,
}

/// What became of an object that is written under a condition.
enum Put {
    Done(UpdateVersion),
    /// The condition does not hold.
    Taken,
}

impl Store {
    /// The place of an address, `s3://BUCKET/PREFIX`, `gs://…` or `az://CONTAINER/…`, with the settings and the credential
    /// that the environment has for its kind: `AWS_…`, `GOOGLE_…`, `AZURE_…`. Nothing is sent.
    ///
    /// A request waits in pauses that the store asks for (`Retry-After`) no longer than `max_pause` in all, however often it is
    /// tried, and five minutes at the most: it is signed once, and its lease has an end. A longer pause is
    /// [`ExportError::Paused`] at once, for all requests until it is over.
    ///
    /// # Errors
    ///
    /// If the address is none, or has a credential in it; and if the settings cannot be used.
    pub fn open(address: &str, max_pause: Duration) -> Result<Self, ExportError> {
        let address = Address::read(address)?;
        let pauses = Pauses::new(max_pause);
        let opened = connector::objects(&address, &pauses)?;
        Ok(Self {
            objects: opened.objects,
            lists: Some(opened.lists),
            address,
            pauses,
        })
    }

    /// A store that is at hand, under an address that is only shown. Objects and lists of names are bounded as those of
    /// [`open`](Self::open); what is between them and this value, such as pages without names, is its own affair.
    ///
    /// # Errors
    ///
    /// If the address is none.
    pub fn of(objects: Arc<dyn ObjectStore>, address: &str) -> Result<Self, ExportError> {
        Ok(Self {
            objects,
            lists: None,
            address: Address::read(address)?,
            pauses: Pauses::new(Duration::ZERO),
        })
    }

    fn key(&self, name: &str) -> Result<Key, ExportError> {
        let text = match self.address.prefix.as_str() {
            "" => name.to_owned(),
            prefix => format!("{prefix}/{name}"),
        };
        Key::parse(text).map_err(|_| self.problem(name, "no object can have this name"))
    }

    /// An error at an object, or at the place as a whole if the name is empty.
    fn problem(&self, name: &str, problem: &str) -> ExportError {
        ExportError::Store {
            place: self.address.of(name),
            problem: problem.to_owned(),
        }
    }

    fn failed(&self, name: &str, error: &object_store::Error) -> ExportError {
        failed(&self.address, name, error, request::answered().as_deref())
    }

    /// An object of bounded size. None: there is none.
    async fn get(&self, name: &str, most: u64) -> Result<Option<Found>, ExportError> {
        as_one(self.read(name, most)).await
    }

    async fn read(&self, name: &str, most: u64) -> Result<Option<Found>, ExportError> {
        let key = self.key(name)?;
        let bound = Bound::new(most, WRITTEN_BY_OTHERS);
        let answer = match self.objects.get_opts(&key, bound.options()).await {
            // A bucket that is not there is no object that is not there.
            Err(error) if is_absent(&error) => return Ok(None),
            answer => answer.map_err(|error| self.failed(name, &error))?,
        };
        let version = UpdateVersion {
            e_tag: answer.meta.e_tag.clone(),
            version: answer.meta.version.clone(),
        };
        let (modified, announced) = (answer.meta.last_modified, answer.meta.size);
        let bytes = bound.collect(answer.into_stream(), announced).await;
        let bytes = bytes.map_err(|error| self.failed(name, &error))?;
        Ok(Some(Found {
            bytes: bytes.map_err(|refusal| refused_here(&self.address, name, &refusal))?,
            version,
            modified,
        }))
    }

    /// Writes an object as a whole, if the condition holds.
    async fn put(&self, name: &str, bytes: Bytes, mode: PutMode) -> Result<Put, ExportError> {
        let key = self.key(name)?;
        let payload = PutPayload::from(bytes);
        as_one(async {
            match self.objects.put_opts(&key, payload, mode.into()).await {
                Ok(result) => Ok(Put::Done(UpdateVersion {
                    e_tag: result.e_tag,
                    version: result.version,
                })),
                Err(
                    object_store::Error::AlreadyExists { .. }
                    | object_store::Error::Precondition { .. },
                ) => Ok(Put::Taken),
                Err(error) => Err(self.failed(name, &error)),
            }
        })
        .await
    }

    async fn remove(&self, name: &str) -> Result<(), ExportError> {
        let key = self.key(name)?;
        as_one(async {
            match self.objects.delete(&key).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(self.failed(name, &error)),
            }
        })
        .await
    }
}

/// The address, without anything of the environment.
impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.address.of("")).finish()
    }
}
