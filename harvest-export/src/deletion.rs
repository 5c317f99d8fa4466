//! Deletions: records that an export has, and that the service does not list any more.
//!
//! A list that is read as a whole in each run shows it by what it lacks. Of the others, all ids are walked over, and those that
//! do not come are asked for by id. A walk that breaks off is an error and proves nothing.

use std::collections::BTreeSet;

use harvest_runtime::{Error, decode};

use crate::error::ExportError;
use crate::journal::Journal;
use crate::keys;
use crate::ledger::Event;
use crate::row::Row;
use crate::run::{Export, Progressed, service};
use crate::stream::{ById, Stream};

/// How often the ids of a numbered list are walked over until no new one comes.
const MOST_WALKS: u32 = 10;
/// The part of a stream that may be gone without a word, in percent, and the number that may be in any case.
const USUAL_PERCENT: usize = 1;
const USUAL_NUMBER: usize = 20;

/// What an export does about records that were deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Deletions {
    /// Nothing: they stay.
    #[default]
    Ignore,
    /// They are looked for. More than 1% of a stream, and more than 20, are an error: a lost permission looks like that.
    Find,
    /// They are looked for, however many.
    FindAll,
}

impl Export<'_> {
    /// Looks for records of a stream that are gone, and notes them.
    pub(crate) async fn find_deleted(
        &self,
        journal: &mut Journal,
        stream: &Stream,
        run: u32,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<(), ExportError> {
        let key = (stream.name.clone(), run);
        let state = &journal.state;
        if state.refused.contains_key(&key) || state.deleted.contains_key(&key) {
            return Ok(());
        }
        let before = keys::live(state, journal.folder.path(), &stream.name, run - 1)?;
        let now = keys::live(state, journal.folder.path(), &stream.name, run)?;
        let is_whole = state
            .windows_of(&stream.name, run)
            .any(|(_, window)| window.is_whole());
        let (missing, walked) = if is_whole && stream.filter.is_none() {
            (before.difference(&now).copied().collect(), now.len())
        } else if now.is_empty() {
            (BTreeSet::new(), 0)
        } else {
            let walked = self.walk(stream).await?;
            let missing = now.difference(&walked).copied().collect();
            (missing, walked.len())
        };
        let missing = self.confirm(stream, missing).await?;
        let live = before.union(&now).count();
        let usual = (live * USUAL_PERCENT / 100).max(USUAL_NUMBER);
        if missing.len() > usual && self.deletions != Deletions::FindAll {
            return Err(ExportError::MassDeletion {
                stream: stream.name.clone(),
                missing: missing.len(),
                live,
            });
        }
        listener(Progressed::Deleted {
            stream: &stream.name,
            records: missing.len() as u64,
        });
        journal.record(Event::Deleted {
            stream: stream.name.clone(),
            run,
            ids: missing.into_iter().collect(),
            walked: walked as u64,
        })
    }

    /// The ids of all records of a list. Numbered pages shift, so they are read until no new id comes; a walk whose cursor
    /// expired begins again.
    async fn walk(&self, stream: &Stream) -> Result<BTreeSet<i64>, ExportError> {
        let mut ids = BTreeSet::new();
        'walks: for _ in 0..MOST_WALKS {
            let known = ids.len();
            let mut pages = stream.keys(self.core).pages::<Row>();
            while let Some(page) = pages.next().await {
                match page {
                    Ok(page) => ids.extend(page.iter().filter_map(|row| row.id)),
                    Err(error) if error.is_cursor_expired() => {
                        ids.clear();
                        continue 'walks;
                    }
                    Err(error) => return Err(service(stream, error)),
                }
            }
            if !stream.is_numbered() || ids.len() == known {
                return Ok(ids);
            }
        }
        Err(ExportError::Unsound {
            stream: stream.name.clone(),
            problem: "the list changes too fast to tell what was deleted; try again later",
        })
    }

    /// Those that the service does not know by id either. Where it cannot be asked, a walk by cursor has to do; numbered
    /// pages can miss a record, so that of them nothing is said.
    async fn confirm(
        &self,
        stream: &Stream,
        missing: BTreeSet<i64>,
    ) -> Result<BTreeSet<i64>, ExportError> {
        let failed = |error: Error| service(stream, error);
        let mut missing = missing;
        if missing.is_empty() {
            return Ok(missing);
        }
        match stream.by_id() {
            None if stream.is_numbered() => missing.clear(),
            None => {}
            Some(ById::List(name, most)) => {
                let ids: Vec<_> = missing.iter().copied().collect();
                let mut request = self.core.request(stream.operation);
                request.query_split(name, &ids, most);
                let mut pages = request.pages::<Row>();
                while let Some(page) = pages.next().await {
                    for id in page.map_err(failed)?.iter().filter_map(|row| row.id) {
                        missing.remove(&id);
                    }
                }
            }
            Some(ById::One(operation, name)) => {
                for id in missing.clone() {
                    let mut request = self.core.request(operation);
                    request.path(name, &id);
                    match request.send(decode::empty).await {
                        Ok(_) => {
                            missing.remove(&id);
                        }
                        Err(error) if error.is_not_found() => {}
                        // It takes another permission, which says nothing about the record.
                        Err(error) if error.is_missing_permission() || error.is_forbidden() => {
                            break;
                        }
                        Err(error) => return Err(failed(error)),
                    }
                }
            }
        }
        Ok(missing)
    }
}
