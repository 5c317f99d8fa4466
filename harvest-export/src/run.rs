//! A run of an export: windows are read one by one, each page is written before its receipt.

use std::collections::HashSet;
use std::path::PathBuf;

use harvest_runtime::chrono::Utc;
use harvest_runtime::reqwest::Url;
use harvest_runtime::{Core, Error, List, Response};

use crate::catalog::Catalog;
use crate::error::ExportError;
use crate::folder::Folder;
use crate::journal::Journal;
use crate::ledger::{Event, Ledger};
use crate::probe::Access;
use crate::row::Row;
use crate::state::State;
use crate::stream::{Stream, choose, streams, unknown};
use crate::window::{self, Span};

/// How often a window is read from its begin before the run gives up.
const MOST_RESTARTS: u32 = 5;
/// How often a numbered list is read until it has no new record.
const MOST_PASSES: u32 = 10;
/// How many more parts a window is divided into than it has pages.
const MORE_PARTS: (usize, usize) = (5, 4);

/// What is exported, and where to.
pub struct Export<'a> {
    /// The client.
    pub core: &'a Core,
    /// The operations of its version.
    pub catalog: &'a Catalog,
    /// The folder.
    pub folder: PathBuf,
    /// The streams; all if there are none.
    pub streams: Vec<String>,
    /// The moment since which changes are read first, in RFC 3339. None: everything.
    pub since: Option<String>,
}

/// What a run says while it goes on.
#[derive(Debug)]
#[non_exhaustive]
pub enum Progressed<'a> {
    /// A page was written.
    Page {
        /// Its stream.
        stream: &'a str,
        /// How many records it has.
        rows: u64,
    },
    /// The service refuses a stream to this credential, or does not offer it.
    Refused {
        /// The stream.
        stream: &'a str,
        /// What it takes, or lacks: `takes harvest:offers:list`.
        reason: &'a str,
    },
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// The moment up to which changes were read.
    pub until: String,
    /// The records that this run wrote.
    pub rows: u64,
    /// The streams that the service refuses to this credential, or does not offer.
    pub refused: Vec<String>,
}

impl Export<'_> {
    /// Reads what is new since the run before, or goes on where it stopped.
    ///
    /// # Errors
    ///
    /// If the service or a file fails. What was written until then is kept, and the next run goes on behind it.
    pub async fn run(
        &self,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<Summary, ExportError> {
        let (all, not_covered) = streams(self.catalog);
        let chosen = choose(&all, &self.streams)?;
        let folder = Folder::open(&self.folder)?;
        let (ledger, events) = Ledger::open(folder.path())?;
        let mut journal = Journal {
            folder,
            ledger,
            state: State::of(events),
            rows: 0,
        };
        journal.claim(self)?;
        let run = self.begin(&mut journal, &chosen, &not_covered).await?;
        let names = journal.state.runs.last().map(|run| run.streams.clone());
        for name in names.unwrap_or_default() {
            let found = all.iter().find(|stream| stream.name == name);
            let stream = found.ok_or_else(|| unknown(&name, &all))?;
            self.export(&mut journal, stream, run, listener).await?;
        }
        let refused = journal.state.refused.keys().filter(|(_, of)| *of == run);
        Ok(Summary {
            until: journal
                .state
                .runs
                .last()
                .map(|run| run.until.clone())
                .unwrap_or_default(),
            rows: journal.rows,
            refused: refused.map(|(stream, _)| stream.clone()).collect(),
        })
    }

    /// The run that did not end, or a new one.
    async fn begin(
        &self,
        journal: &mut Journal,
        chosen: &[&Stream],
        not_covered: &[&'static harvest_runtime::Operation],
    ) -> Result<u32, ExportError> {
        let last = journal.state.runs.last();
        let number = last.map_or(0, |run| run.number);
        if let Some(run) = last {
            let mut streams = run.streams.iter();
            if !streams.all(|stream| journal.state.is_done(stream, run.number)) {
                return Ok(run.number);
            }
        }
        let until = self.now(chosen).await?;
        journal.record(Event::Run {
            run: number + 1,
            until,
            description: self.catalog.hash.clone(),
            streams: chosen.iter().map(|stream| stream.name.clone()).collect(),
            not_covered: not_covered.iter().map(|it| it.path.to_owned()).collect(),
        })?;
        Ok(number + 1)
    }

    /// The time by the clock of the service, which is the one that changes are written by.
    async fn now(&self, chosen: &[&Stream]) -> Result<String, ExportError> {
        for stream in chosen {
            let probe = stream.probe(self.core).await;
            let probe = probe.map_err(|error| service(stream, error))?;
            if probe.access == Access::Readable {
                return Ok(window::written(probe.date.unwrap_or_else(Utc::now)));
            }
        }
        Ok(window::written(Utc::now()))
    }

    /// Reads the windows of a stream until none is open.
    async fn export(
        &self,
        journal: &mut Journal,
        stream: &Stream,
        run: u32,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<(), ExportError> {
        if journal.state.is_done(&stream.name, run) {
            return Ok(());
        }
        journal.remove_others(stream)?;
        loop {
            let number = match journal.state.open_window(&stream.name) {
                Some(number) => number,
                None if journal.state.is_done(&stream.name, run) => return Ok(()),
                None => journal.open_root(stream, run, self.since.as_deref())?,
            };
            let Err(error) = self.read(journal, stream, number, listener).await else {
                continue;
            };
            let reason = match &error {
                ExportError::Service { source, .. } => refusal(stream, source),
                _ => None,
            };
            let Some(reason) = reason else {
                return Err(error);
            };
            listener(Progressed::Refused {
                stream: &stream.name,
                reason: &reason,
            });
            return journal.record(Event::Refused {
                stream: stream.name.clone(),
                run,
                reason,
            });
        }
    }

    /// Reads a window to its end, or divides it.
    async fn read(
        &self,
        journal: &mut Journal,
        stream: &Stream,
        number: u32,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<(), ExportError> {
        let mut restarts = 0;
        loop {
            let outcome = self.pass(journal, stream, number, listener).await?;
            match outcome {
                Pass::Ended => return journal.close(stream, number),
                Pass::Divided => return Ok(()),
                Pass::Again if restarts == MOST_RESTARTS => {
                    return Err(ExportError::Unsound {
                        stream: stream.name.clone(),
                        problem: "the list changes too fast to be read as a whole; try again later",
                    });
                }
                Pass::Again => {
                    restarts += 1;
                    journal.restart(stream, number)?;
                }
            }
        }
    }

    async fn pass(
        &self,
        journal: &mut Journal,
        stream: &Stream,
        number: u32,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<Pass, ExportError> {
        let (span, resume) = journal.begin_window(stream, number)?;
        let mut seen: HashSet<i64> = HashSet::new();
        let mut passes = 0;
        let mut resume = resume;
        loop {
            let mut pages = stream.request(self.core, &span).pages::<Row>();
            let mut is_first = resume.is_none();
            if let Some(url) = resume.take() {
                pages = pages.resume_from(url);
            }
            let (mut new, mut count) = (0, 0);
            while let Some(page) = pages.next().await {
                let page = match page {
                    Ok(page) => page,
                    Err(error) if error.is_cursor_expired() => return Ok(Pass::Again),
                    Err(error) => return Err(service(stream, error)),
                };
                count += 1;
                let next = page.links().next().map(Url::to_string);
                if stream.is_filtered(&span) && page.iter().any(|row| is_outside(row, &span)) {
                    return Err(ExportError::Unsound {
                        stream: stream.name.clone(),
                        problem: "the service does not honour the filter of updated_at",
                    });
                }
                if is_first
                    && next.is_some()
                    && stream.is_numbered()
                    && stream.filter.is_some()
                    && let Some(parts) = divide(&page, &span)
                {
                    journal.divide(stream, number, parts)?;
                    return Ok(Pass::Divided);
                }
                is_first = false;
                let fresh: Vec<_> = page
                    .iter()
                    .map(|row| row.id.is_none_or(|id| seen.insert(id)))
                    .collect();
                if !stream.is_numbered() && fresh.contains(&false) {
                    // A cursor goes from id to id; one that comes again is another walk.
                    return Ok(Pass::Again);
                }
                let rows: Vec<_> = page
                    .iter()
                    .zip(&fresh)
                    .filter(|(row, fresh)| **fresh && (passes == 0 || row.id.is_some()))
                    .map(|(row, _)| row)
                    .collect();
                new += rows.len();
                if passes == 0 || !rows.is_empty() {
                    let request_id = page.request_id().map(str::to_owned);
                    let next = next.filter(|_| !stream.is_numbered());
                    let rows = journal.page(stream, number, &rows, request_id, next)?;
                    listener(Progressed::Page {
                        stream: &stream.name,
                        rows,
                    });
                }
            }
            passes += 1;
            // Numbered pages of a list that changes can miss a record, so it is read until nothing new comes.
            let is_whole = !stream.is_numbered() || count <= 1 || (passes > 1 && new == 0);
            if is_whole {
                return Ok(Pass::Ended);
            }
            if passes == MOST_PASSES {
                return Ok(Pass::Again);
            }
        }
    }
}

/// What became of reading a window.
enum Pass {
    Ended,
    Divided,
    Again,
}

fn is_outside(row: &Row, span: &Span) -> bool {
    row.updated_at
        .as_deref()
        .is_some_and(|moment| !span.holds(moment))
}

/// Parts of a window whose first page has others behind it.
fn divide(page: &Response<List<Row>>, span: &Span) -> Option<Vec<Span>> {
    let links = page.links();
    let last = links.last().and_then(|url| {
        let mut pairs = url.query_pairs();
        let (_, value) = pairs.find(|(name, _)| name == "page")?;
        value.parse::<usize>().ok()
    });
    let (more, than) = MORE_PARTS;
    let parts = last.unwrap_or(2).saturating_mul(more).div_ceil(than);
    span.divide(
        page.iter().filter_map(|row| row.updated_at.as_deref()),
        parts,
    )
}

/// Why the service will not answer with a stream, however often it is asked.
fn refusal(stream: &Stream, error: &Error) -> Option<String> {
    Access::of(error)?.reason(stream)
}

fn service(stream: &Stream, source: Error) -> ExportError {
    ExportError::Service {
        stream: stream.name.clone(),
        source,
    }
}
