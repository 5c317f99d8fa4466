//! Mirror of a working folder in a store: what an export finishes in the folder is put while it goes on.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::future::{Either, join_all, select};
use object_store::{PutMode, UpdateVersion};

use super::commits::Commits;
use super::lease::{self, Lease};
use super::receipts::{Expected, SUMMARIES, expected, is_ours, note};
use super::transfer::PART;
use super::working::{EXPORT, remove_derived, writer};
use super::{MOST_BYTES, Put, Store};
use crate::columnar;
use crate::error::ExportError;
use crate::folder::Folder;
use crate::ledger::{self, Event, FILE, Tail};
use crate::state::State;

/// How often the ledger is looked at.
const TICK: Duration = Duration::from_secs(1);
/// How many files are put at once.
const AT_ONCE: usize = 4;
/// The part of the ledger that is new before it is put again, and the time after which it is in any case: it is put as a
/// whole, and grows.
const NEW_PART: u64 = 4;
const LONGEST: Duration = Duration::from_secs(60);
/// How often the ledger is put in place of one that is a begin of it.
const MOST_TRIES: u32 = 3;

/// What a run needs of earlier ones in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The ledger. It suffices to read what is new.
    Ledger,
    /// The pages and the tables, too: to look for deletions or attachments, and to make tables or a database.
    Files,
}

/// A working folder whose export is put into a store.
pub struct Mirror {
    store: Store,
    /// Locked as long as this value is there.
    _work: Folder,
    folder: PathBuf,
    lease: Lease,
    tail: Tail,
    /// Files that have a receipt and are not put yet.
    pending: BTreeMap<String, Expected>,
    commits: Commits,
    /// The ledger of the store: its version, its length, and when it was put.
    version: Option<UpdateVersion>,
    length: u64,
    put: Option<Instant>,
}

impl Mirror {
    /// Takes the lease of a store, and makes the export in a working folder the one that the store has, unless it goes on
    /// from that. What a run needs is fetched, as far as it is not there.
    ///
    /// # Errors
    ///
    /// If another process writes to the store or the folder, the store has something else, or one of them fails.
    pub async fn begin(
        store: Store,
        work: &Path,
        needs: Needs,
        takes_over: bool,
    ) -> Result<Self, ExportError> {
        let work = Folder::open(work)?;
        let lease = Lease::take(&store, &writer(&work)?, takes_over).await?;
        let folder = work.create(EXPORT)?;
        let found = store.get(FILE, MOST_BYTES).await?;
        let ours = ledger::whole(&folder)?;
        let (theirs, version) = match found {
            Some(found) => (found.bytes, Some(found.version)),
            None if ours.is_empty() => {
                is_free(&store).await?;
                (Bytes::new(), None)
            }
            None => (Bytes::new(), None),
        };
        let tail = Tail::behind(&folder, &theirs)?;
        if tail.length != theirs.len() as u64 {
            return Err(store.problem(FILE, "is no ledger of an export, or was cut off"));
        }
        if !ours.starts_with(&theirs) {
            // Another computer went on from there. What this one had not put is read again.
            if !theirs.starts_with(&ours) {
                remove_derived(&folder)?;
            }
            Folder::open(&folder)?.write(FILE, &theirs)?;
        }
        let needed = ledger::events_of(&theirs)?;
        let mirror = Self {
            store,
            _work: work,
            folder,
            lease,
            length: tail.length,
            tail,
            pending: BTreeMap::new(),
            commits: Commits::of(&needed),
            version,
            put: None,
        };
        // The list of attachments is made of the pages.
        let lists = |event: &Event| matches!(event, Event::Attachments { .. });
        if needs == Needs::Files || needed.iter().any(lists) {
            mirror.store.fetch(&mirror.folder, needed).await?;
        }
        Ok(mirror)
    }

    /// The folder that the export works in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Does something that adds to the export, and puts what it finishes meanwhile.
    ///
    /// # Errors
    ///
    /// That of the work, or of the store, which ends the work as a crash would.
    pub async fn during<T>(
        &mut self,
        work: impl Future<Output = Result<T, ExportError>>,
    ) -> Result<T, ExportError> {
        let mut work = pin!(work);
        loop {
            let pause = pin!(tokio::time::sleep(TICK));
            if let Either::Left((outcome, _)) = select(work.as_mut(), pause).await {
                return outcome;
            }
            let step = pin!(self.put(false));
            match select(work.as_mut(), step).await {
                Either::Left((outcome, step)) => {
                    // What is under way is not broken off: whether it arrived would not be known.
                    step.await?;
                    return outcome;
                }
                Either::Right((done, _)) => done?,
            }
        }
    }

    /// Puts what is left, and the files that say what the export holds; removes what has no receipt; lets others write.
    ///
    /// # Errors
    ///
    /// If the store or a file fails. Another run goes on from there.
    pub async fn finish(mut self) -> Result<(), ExportError> {
        self.put(true).await?;
        for name in SUMMARIES {
            let path = self.folder.join(name);
            if path.exists() {
                self.lease.hold(&self.store).await?;
                let lease = Some(&mut self.lease);
                self.store.put_file(name, &path, None, lease).await?;
            }
        }
        self.remove_strays().await?;
        self.lease.release(&self.store).await
    }

    /// Puts what a run that stopped had read, and lets others write.
    ///
    /// # Errors
    ///
    /// If the store or a file fails.
    pub async fn leave(mut self) -> Result<(), ExportError> {
        self.put(true).await?;
        self.lease.release(&self.store).await
    }

    /// Puts the files that have receipts, and then the ledger: at the end, or if it is due.
    async fn put(&mut self, is_last: bool) -> Result<(), ExportError> {
        self.read()?;
        if self.version.is_none() && self.tail.length > 0 {
            // What follows belongs to an export then, also if this process ends.
            let bytes = self.tail.bytes()?;
            let first = bytes.split_inclusive(|byte| *byte == b'\n').next();
            self.put_ledger(first.unwrap_or_default().to_vec()).await?;
        }
        self.put_files().await?;
        let new = self.tail.length.saturating_sub(self.length);
        let is_due = is_last
            || new > self.length / NEW_PART
            || self.put.is_none_or(|it| it.elapsed() > LONGEST);
        if new > 0 && is_due {
            self.put_ledger(self.tail.bytes()?).await?;
            self.put = Some(Instant::now());
        }
        Ok(())
    }

    /// Reads what was added to the ledger.
    fn read(&mut self) -> Result<(), ExportError> {
        for event in self.tail.read()? {
            self.commits.note(&event);
            note(&mut self.pending, event);
        }
        Ok(())
    }

    async fn put_files(&mut self) -> Result<(), ExportError> {
        loop {
            self.lease.hold(&self.store).await?;
            // Commits to the logs of tables come last: what they add is there then.
            let others = |(name, _): &(&String, &Expected)| !columnar::is_commit(name);
            let next = self.pending.iter().filter(others).take(AT_ONCE);
            let next = next.map(|(name, expected)| (name.clone(), expected.clone()));
            let (small, large): (Vec<_>, Vec<_>) =
                next.partition(|(_, expected)| expected.bytes <= PART);
            if small.is_empty() && large.is_empty() {
                return self.put_commits().await;
            }
            let (store, folder) = (&self.store, &self.folder);
            let all = small.into_iter().map(|(name, expected)| async move {
                let path = folder.join(&name);
                let outcome = store.put_file(&name, &path, Some(&expected), None).await;
                (outcome, name, expected)
            });
            let mut put = join_all(all).await;
            for (name, expected) in large {
                let path = self.folder.join(&name);
                let lease = Some(&mut self.lease);
                let outcome = self.store.put_file(&name, &path, Some(&expected), lease);
                put.push((outcome.await, name, expected));
            }
            // What was read meanwhile may take the place of a file, which is no other one by accident then.
            self.read()?;
            for (outcome, name, expected) in put {
                let is_put = outcome?;
                if self.pending.get(&name) != Some(&expected) {
                    continue;
                }
                if !is_put {
                    return Err(altered(&self.folder.join(&name)));
                }
                self.pending.remove(&name);
            }
        }
    }

    /// Puts commits to the logs of tables, in their order.
    async fn put_commits(&mut self) -> Result<(), ExportError> {
        let commits = self.pending.iter();
        let commits = commits.filter(|(name, _)| columnar::is_commit(name));
        let commits = commits.map(|(name, expected)| (name.clone(), expected.clone()));
        for (name, expected) in commits.collect::<Vec<_>>() {
            self.lease.hold(&self.store).await?;
            let path = self.folder.join(&name);
            let is_put = self
                .store
                .put_commit(&name, &path, &expected, &self.commits);
            if !is_put.await? {
                return Err(altered(&path));
            }
            self.pending.remove(&name);
        }
        Ok(())
    }

    /// Puts the ledger in the place of that which was there before, and of no other.
    async fn put_ledger(&mut self, bytes: Vec<u8>) -> Result<(), ExportError> {
        let bytes = Bytes::from(bytes);
        for _ in 0..MOST_TRIES {
            self.lease.hold(&self.store).await?;
            let before = self.version.clone();
            let mode = before.map_or(PutMode::Create, PutMode::Update);
            if let Put::Done(version) = self.store.put(FILE, bytes.clone(), mode).await? {
                self.version = Some(version);
                self.length = bytes.len() as u64;
                return Ok(());
            }
            // The answer to an earlier request may have been lost: what is a begin of this ledger is ours.
            match self.store.get(FILE, MOST_BYTES).await? {
                Some(found) if bytes.starts_with(&found.bytes) => {
                    self.version = Some(found.version);
                }
                None => self.version = None,
                Some(_) => break,
            }
        }
        Err(self.store.problem(
            FILE,
            "was written by another export meanwhile; run the same command to go on from it",
        ))
    }

    /// Removes objects that an export wrote and that have no receipt: processes that ended left them.
    async fn remove_strays(&mut self) -> Result<(), ExportError> {
        let state = State::of(ledger::events(&self.folder)?);
        let known = expected(&state);
        for name in self.store.list().await?.into_keys() {
            let is_ours = is_ours(&state, &name) || self.commits.has(&name);
            if is_ours && !known.contains_key(&name) {
                self.lease.hold(&self.store).await?;
                self.store.remove(&name).await?;
            }
        }
        Ok(())
    }
}

/// The error of a file that is not what its receipt says.
fn altered(path: &Path) -> ExportError {
    let reason = "is not what was written; remove the working folder, and run the same command to \
                  go on from what the store has";
    ExportError::file(path, std::io::Error::new(ErrorKind::InvalidData, reason))
}

/// Makes sure that a prefix without an export has nothing at all.
async fn is_free(store: &Store) -> Result<(), ExportError> {
    let names = store.list().await?;
    match names.keys().find(|name| *name != lease::NAME) {
        None => Ok(()),
        Some(name) => Err(store.problem(
            name,
            "is no export's; choose a prefix below which there is nothing, or an export",
        )),
    }
}
