//! Place of an export: a folder, a database with a folder beside it, or an object store with a working folder here.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(feature = "object-store")]
use etcetera::{BaseStrategy, choose_base_strategy};
#[cfg(feature = "object-store")]
use harvest_export::{CopyLimits, Mirror, Needs, Store};
use harvest_export::{DATABASE, ExportError};
#[cfg(feature = "object-store")]
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::arguments::{Export, ExportFormat};
use crate::failure::Failure;

/// Where an export works, and what becomes of it there.
pub(super) struct Place {
    pub folder: PathBuf,
    pub database: Option<PathBuf>,
    /// Ends with the value.
    _temporary: Option<TempDir>,
    #[cfg(feature = "object-store")]
    mirror: Option<Mirror>,
}

/// What is copied of an export in a store at the most.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "object-store"),
    expect(dead_code, reason = "it is the same with the feature")
)]
pub(super) struct Most {
    pub page_bytes: u64,
    pub bytes: u64,
}

impl Place {
    /// The place of an export that is about to be made. A store is taken for this process, unless nothing will be written.
    /// `max_wait` is for pauses that it asks for.
    pub(super) async fn open(
        to: &Path,
        export: &Export,
        max_wait: Duration,
    ) -> Result<Self, Failure> {
        if let Some(address) = address(to) {
            return Self::in_store(address, export, max_wait).await;
        }
        if export.work.is_some() || export.take_over {
            return Err(Failure::usage(
                "--work and --take-over are for object stores: --to s3://BUCKET/PREFIX",
            ));
        }
        let (folder, database) = places(to, &export.format);
        Ok(Self::new(folder, database, None))
    }

    /// The place of an export to prove. One in a store is copied, and the copy proven.
    pub(super) async fn copy(from: &Path, max_wait: Duration, most: Most) -> Result<Self, Failure> {
        if let Some(address) = address(from) {
            return Self::of_store(address, max_wait, most).await;
        }
        let (folder, database) = places(from, &[]);
        Ok(Self::new(folder, database, None))
    }

    fn new(folder: PathBuf, database: Option<PathBuf>, temporary: Option<TempDir>) -> Self {
        Self {
            folder,
            database,
            _temporary: temporary,
            #[cfg(feature = "object-store")]
            mirror: None,
        }
    }

    #[cfg(feature = "object-store")]
    async fn in_store(address: &str, export: &Export, max_wait: Duration) -> Result<Self, Failure> {
        let store = Store::open(address, max_wait)?;
        if export.dry_run {
            let temporary = temporary()?;
            store.copy_ledger(temporary.path()).await?;
            let folder = temporary.path().to_owned();
            return Ok(Self::new(folder, None, Some(temporary)));
        }
        let work = match &export.work {
            Some(work) => work.clone(),
            None => usual_work(address)?,
        };
        let is_more = export.format.iter().any(|it| *it != ExportFormat::Ndjson);
        let reads_pages =
            is_more || export.deletions || export.allow_mass_delete || export.attachments;
        let needs = if reads_pages {
            Needs::Files
        } else {
            Needs::Ledger
        };
        let mirror = Mirror::begin(store, &work, needs, export.take_over).await?;
        let folder = mirror.folder().to_owned();
        let has_database = export.format.contains(&ExportFormat::Sqlite);
        let database = has_database.then(|| folder.join(DATABASE));
        let mut place = Self::new(folder, database, None);
        place.mirror = Some(mirror);
        Ok(place)
    }

    #[cfg(feature = "object-store")]
    async fn of_store(address: &str, max_wait: Duration, most: Most) -> Result<Self, Failure> {
        let mut limits = CopyLimits::default();
        limits.page_bytes = most.page_bytes;
        limits.bytes = most.bytes;
        let store = Store::open(address, max_wait)?;
        let temporary = temporary()?;
        store.copy(temporary.path(), &limits).await?;
        let folder = temporary.path().to_owned();
        Ok(Self::new(folder, None, Some(temporary)))
    }

    #[cfg(not(feature = "object-store"))]
    #[expect(clippy::unused_async, reason = "it is the same with the feature")]
    async fn in_store(_: &str, _: &Export, _: Duration) -> Result<Self, Failure> {
        Err(no_stores())
    }

    #[cfg(not(feature = "object-store"))]
    #[expect(clippy::unused_async, reason = "it is the same with the feature")]
    async fn of_store(_: &str, _: Duration, _: Most) -> Result<Self, Failure> {
        Err(no_stores())
    }

    /// Does something that adds to the export. A store is given what it finishes meanwhile.
    pub(super) async fn during<T>(
        &mut self,
        work: impl Future<Output = Result<T, ExportError>>,
    ) -> Result<T, ExportError> {
        #[cfg(feature = "object-store")]
        if let Some(mirror) = &mut self.mirror {
            return mirror.during(work).await;
        }
        work.await
    }

    /// Ends an export that was made.
    #[cfg_attr(
        not(feature = "object-store"),
        expect(clippy::unused_async, reason = "it is the same with the feature")
    )]
    pub(super) async fn finish(self) -> Result<(), ExportError> {
        #[cfg(feature = "object-store")]
        if let Some(mirror) = self.mirror {
            return mirror.finish().await;
        }
        Ok(())
    }

    /// Ends one that stopped by this error, which one of the store does not hide.
    #[cfg_attr(
        not(feature = "object-store"),
        expect(clippy::unused_async, reason = "it is the same with the feature")
    )]
    pub(super) async fn leave_by(self, error: impl Into<Failure>) -> Failure {
        #[cfg(feature = "object-store")]
        if let Some(mirror) = self.mirror
            && let Err(error) = mirror.leave().await
        {
            let error = crate::failure::printable(&error.to_string());
            eprintln!("what was read last is in the working folder alone: {error}");
        }
        error.into()
    }
}

/// The text of an address, if it is no path.
fn address(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| text.contains("://"))
}

#[cfg(not(feature = "object-store"))]
fn no_stores() -> Failure {
    Failure::usage(
        "this build of harvest does not know object stores; build it with --features object-store, \
         or export to a folder and copy it",
    )
}

#[cfg(feature = "object-store")]
fn temporary() -> Result<TempDir, Failure> {
    tempfile::tempdir().map_err(|error| {
        let reason = format!(
            "no folder can be made in {}: {error}",
            std::env::temp_dir().display()
        );
        Failure::new(crate::failure::Exit::Failed, reason)
    })
}

/// The working folder of an address, among what programs keep of their state.
#[cfg(feature = "object-store")]
fn usual_work(address: &str) -> Result<PathBuf, Failure> {
    let strategy = choose_base_strategy()
        .map_err(|_| Failure::usage("there is no home folder to work in; name one by --work"))?;
    let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    let digest = Sha256::digest(address.trim_end_matches('/'));
    let digits = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
    Ok(state
        .join("harvest/exports")
        .join(digits.collect::<String>()))
}

/// The folder of the pages, and the database if there is one. The pages of a database lie beside it: they are what came, and
/// what is proven.
fn places(to: &Path, formats: &[ExportFormat]) -> (PathBuf, Option<PathBuf>) {
    let extension = to.extension().and_then(|it| it.to_str());
    if matches!(extension, Some("sqlite" | "sqlite3" | "db")) {
        let mut folder = to.as_os_str().to_owned();
        folder.push(".pages");
        return (folder.into(), Some(to.to_owned()));
    }
    let database = formats.contains(&ExportFormat::Sqlite);
    (to.to_owned(), database.then(|| to.join(DATABASE)))
}
