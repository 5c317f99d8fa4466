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
mod lease;
mod mirror;
mod receipts;
mod transfer;
mod working;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use harvest_runtime::chrono::{DateTime, Utc};
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutPayload, UpdateVersion};

use self::address::Address;
use self::connector::Answers;
use self::failure::failed;
pub use self::mirror::{Mirror, Needs};
use crate::error::ExportError;

/// The most bytes of an object that is read as a whole.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;
/// The most objects below a prefix.
const MOST_OBJECTS: usize = 10_000_000;

/// A place in an object store.
#[derive(Clone)]
pub struct Store {
    objects: Arc<dyn ObjectStore>,
    address: Address,
    answers: Answers,
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
    /// # Errors
    ///
    /// If the address is none, or has a credential in it; and if the settings cannot be used.
    pub fn open(address: &str) -> Result<Self, ExportError> {
        let address = Address::read(address)?;
        let answers = Answers::default();
        let objects = connector::objects(&address, &answers)?;
        Ok(Self {
            objects,
            address,
            answers,
        })
    }

    /// A store that is at hand, under an address that is only shown.
    ///
    /// # Errors
    ///
    /// If the address is none.
    pub fn of(objects: Arc<dyn ObjectStore>, address: &str) -> Result<Self, ExportError> {
        Ok(Self {
            objects,
            address: Address::read(address)?,
            answers: Answers::default(),
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
        failed(&self.address, name, error, self.answers.last().as_deref())
    }

    /// An object of bounded size. None: there is none.
    async fn get(&self, name: &str, most: u64) -> Result<Option<Found>, ExportError> {
        let key = self.key(name)?;
        let answer = match self.objects.get(&key).await {
            // A bucket that is not there is no object that is not there.
            Err(object_store::Error::NotFound { .. }) if !self.answers.is_of_bucket() => {
                return Ok(None);
            }
            answer => answer.map_err(|error| self.failed(name, &error))?,
        };
        if answer.meta.size > most {
            return Err(self.problem(name, "is larger than what an export writes there"));
        }
        let version = UpdateVersion {
            e_tag: answer.meta.e_tag.clone(),
            version: answer.meta.version.clone(),
        };
        let modified = answer.meta.last_modified;
        let bytes = answer.bytes().await;
        Ok(Some(Found {
            bytes: bytes.map_err(|error| self.failed(name, &error))?,
            version,
            modified,
        }))
    }

    /// Writes an object as a whole, if the condition holds.
    async fn put(&self, name: &str, bytes: Bytes, mode: PutMode) -> Result<Put, ExportError> {
        let key = self.key(name)?;
        let payload = PutPayload::from(bytes);
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
    }

    /// The names below the prefix, with the sizes.
    async fn list(&self) -> Result<BTreeMap<String, u64>, ExportError> {
        let prefix = Key::parse(&self.address.prefix);
        let prefix = prefix.map_err(|_| self.problem("", "no object can have this prefix"))?;
        let within = (!self.address.prefix.is_empty()).then_some(&prefix);
        let mut all = self.objects.list(within);
        let mut names = BTreeMap::new();
        while let Some(about) = all.next().await {
            let about = about.map_err(|error| self.failed("", &error))?;
            let name = about.location.as_ref();
            let name = name.strip_prefix(self.address.prefix.as_str());
            let name = name.unwrap_or_default().trim_start_matches('/');
            names.insert(name.to_owned(), about.size);
            if names.len() > MOST_OBJECTS {
                return Err(self.problem("", "has more objects than an export has files"));
            }
        }
        Ok(names)
    }

    async fn remove(&self, name: &str) -> Result<(), ExportError> {
        match self.objects.delete(&self.key(name)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.failed(name, &error)),
        }
    }
}

/// The address, without anything of the environment.
impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.address.of("")).finish()
    }
}
