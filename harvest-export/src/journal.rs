//! Journal of a run: pages and events, written in the order in which they can be lost.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use harvest_runtime::chrono::Duration;

use crate::attachments;
#[cfg(feature = "parquet")]
use crate::columnar;
use crate::divisions::Divisions;
use crate::error::ExportError;
use crate::folder::{self, Folder};
use crate::hash::{ContentHash, Hashed};
use crate::ids::Ids;
use crate::keys;
use crate::ledger::{Event, Ledger, Part, Receipt};
use crate::manifest;
use crate::privacy::Redaction;
use crate::row::Row;
use crate::run::Export;
use crate::state::{Progress, State};
use crate::stream::Stream;
use crate::window::{self, Span};

/// How much of the time before is read again: records that were committed late have an earlier time.
const OVERLAP: Duration = Duration::minutes(10);

/// How much of a page is written at once: it stays in the cache of a processor while it is put together, hashed and
/// written.
const PIECE: usize = 64 * 1024;

/// Records of a page, on their way to a file.
pub(crate) struct Page<'a> {
    /// The page as it came.
    pub body: &'a [u8],
    pub rows: Vec<&'a Row>,
    pub request_id: Option<String>,
    /// The page that follows.
    pub next: Option<String>,
}

/// The ledger, with what it amounts to and the files that it is about.
pub(crate) struct Journal {
    pub(crate) folder: Folder,
    pub(crate) ledger: Ledger,
    pub(crate) state: State,
    pub(crate) rows: u64,
    /// Since the last record.
    pub(crate) divisions: Divisions,
}

impl Journal {
    /// Of a folder, which no other process writes to until this value ends.
    pub(crate) fn open(path: &Path) -> Result<Self, ExportError> {
        let folder = Folder::open(path)?;
        let (ledger, events) = Ledger::open(folder.path())?;
        Ok(Self {
            folder,
            ledger,
            state: State::of(events),
            rows: 0,
            divisions: Divisions::default(),
        })
    }

    pub(crate) fn record(&mut self, event: Event) -> Result<(), ExportError> {
        self.ledger.append(&event)?;
        self.state.apply(event);
        Ok(())
    }

    /// Makes sure that the folder has an export of this version, from this host, with the same left out, or nothing that
    /// one would overwrite.
    pub(crate) fn claim(
        &mut self,
        export: &Export<'_>,
        streams: &[Stream],
    ) -> Result<(), ExportError> {
        let wanted = export.origin();
        match &self.state.origin {
            None => {
                let files = [
                    manifest::MANIFEST,
                    manifest::DELETED,
                    attachments::FOLDER,
                    attachments::INDEX,
                ];
                let names: Vec<_> = streams
                    .iter()
                    .map(|it| it.name.as_str())
                    .chain(files)
                    .collect();
                self.folder.is_free_for(&names)?;
                self.record(Event::Export(wanted))
            }
            Some(found) if *found == wanted => Ok(()),
            Some(found) => Err(ExportError::OtherExport {
                found: found.to_string(),
                wanted: wanted.to_string(),
            }),
        }
    }

    /// Writes what the export holds, for people and programs.
    pub(crate) fn finish(&self) -> Result<(), ExportError> {
        let index = attachments::index(&self.state, self.folder.path())?;
        let files = [
            (
                manifest::MANIFEST,
                manifest::manifest(&self.state, self.ledger.link()),
            ),
            (manifest::DELETED, manifest::deleted(&self.state)),
            (attachments::INDEX, index),
        ];
        for (name, text) in files {
            if let Some(text) = text {
                self.folder.write(name, text.as_bytes())?;
            }
        }
        Ok(())
    }

    /// Removes what a process that ended left of a table.
    #[cfg(feature = "parquet")]
    pub(crate) fn remove_tables(&self, table: &str) -> Result<(), ExportError> {
        let tables = self.state.columnar.iter().flat_map(|it| it.tables.values());
        let known = tables.filter(|it| it.table == table);
        let known: BTreeSet<_> = known.map(|it| it.file.as_str()).collect();
        let is_ours = |name: &str| columnar::is_file(table, name);
        self.folder
            .remove(&columnar::folder(table), is_ours, &known)
    }

    pub(crate) fn remove_others(&self, stream: &Stream) -> Result<(), ExportError> {
        let windows = self.state.of_stream(&stream.name);
        let receipts = windows.flat_map(|(_, window)| &window.receipts);
        let known: BTreeSet<_> = receipts.map(|receipt| receipt.file.as_str()).collect();
        self.folder.remove_others(&stream.name, &known)
    }

    /// Plans what a run reads of a stream.
    pub(crate) fn open_root(
        &mut self,
        stream: &Stream,
        run: u32,
        since: Option<&str>,
    ) -> Result<u32, ExportError> {
        let until = self.state.runs.last().map(|run| run.until.clone());
        let reached = self.state.reached(&stream.name);
        let from = match reached {
            _ if stream.filter.is_none() => None,
            Some(reached) => window::before(reached, OVERLAP),
            None => since.map(str::to_owned),
        };
        let number = self.state.next_window(&stream.name);
        self.record(Event::Window {
            stream: stream.name.clone(),
            window: number,
            run,
            span: Span {
                from,
                to: until.unwrap_or_default(),
            },
        })?;
        Ok(number)
    }

    /// The span of a window, where to go on, and what it has so far of a list with numbered pages: these have moved since, so
    /// that they are read from the begin, for what is not there yet.
    pub(crate) fn begin_window(
        &mut self,
        stream: &Stream,
        number: u32,
    ) -> Result<(Span, Option<String>, Ids), ExportError> {
        let key = (stream.name.clone(), number);
        let Some(window) = self.state.windows.get(&key) else {
            return Err(ExportError::Ledger { line: 0 });
        };
        let span = window.span.clone();
        let next = window
            .receipts
            .last()
            .and_then(|receipt| receipt.next.clone());
        if next.is_some() || window.receipts.is_empty() {
            return Ok((span, next, Ids::default()));
        }
        let known = if stream.is_numbered() {
            keys::of_window(self.folder.path(), window)
        } else {
            None
        };
        if known.is_none() {
            self.restart(stream, number)?;
        }
        Ok((span, None, known.unwrap_or_default()))
    }

    pub(crate) fn divide(
        &mut self,
        stream: &Stream,
        number: u32,
        parts: Vec<Span>,
        ids: impl Iterator<Item = i64>,
    ) -> Result<(), ExportError> {
        if !self.divisions.count(ids) {
            return Err(ExportError::Unsound {
                stream: stream.name.clone(),
                problem: "each part of the list is said to have further pages, however short its \
                          time is; try again later",
            });
        }
        let numbers = self.state.next_window(&stream.name)..;
        let parts = numbers.zip(parts);
        self.record(Event::Split {
            stream: stream.name.clone(),
            window: number,
            parts: parts.map(|(window, span)| Part { window, span }).collect(),
        })
    }

    pub(crate) fn restart(&mut self, stream: &Stream, number: u32) -> Result<(), ExportError> {
        self.record(Event::Restart {
            stream: stream.name.clone(),
            window: number,
        })?;
        self.remove_others(stream)
    }

    /// Writes records of a page, and then their receipt.
    pub(crate) fn page(
        &mut self,
        stream: &Stream,
        number: u32,
        page: Page<'_>,
        redaction: Option<&Redaction<'_>>,
    ) -> Result<u64, ExportError> {
        let rows = &page.rows;
        let window = self.state.windows.get(&(stream.name.clone(), number));
        let last = window.and_then(|window| window.receipts.last());
        let place = last.map_or(1, |receipt| receipt.page + 1);
        let ids = || rows.iter().filter_map(|row| row.id);
        let file = folder::page(&stream.name, number, place);
        let write = |to: &mut File| write_lines(&page, redaction, to);
        let (hash, bytes) = self.folder.write_by(&file, write)?;
        self.rows += rows.len() as u64;
        self.divisions.read(ids());
        self.record(Event::Page(Receipt {
            stream: stream.name.clone(),
            window: number,
            page: place,
            file,
            rows: rows.len() as u64,
            bytes,
            hash,
            min_id: ids().min(),
            max_id: ids().max(),
            request_id: page.request_id,
            next: page.next,
        }))?;
        Ok(page.rows.len() as u64)
    }

    pub(crate) fn close(&mut self, stream: &Stream, number: u32) -> Result<(), ExportError> {
        let window = self.state.windows.get(&(stream.name.clone(), number));
        let receipts = window.map_or(&[][..], |window| window.receipts.as_slice());
        let pages = receipts.last().map_or(0, |receipt| receipt.page);
        let rows = receipts.iter().map(|receipt| receipt.rows).sum();
        assert!(window.is_none_or(|it| it.progress == Progress::Open));
        self.record(Event::Close {
            stream: stream.name.clone(),
            window: number,
            pages,
            rows,
        })
    }
}

/// Writes a line for each record of a page. The hash of all, and the length.
fn write_lines(
    page: &Page<'_>,
    redaction: Option<&Redaction<'_>>,
    to: &mut File,
) -> io::Result<(ContentHash, u64)> {
    let mut to = Hashed::new(to);
    let mut piece = Vec::with_capacity(2 * PIECE);
    for row in &page.rows {
        row.write_line(page.body, redaction, &mut piece);
        if piece.len() >= PIECE {
            to.write_all(&piece)?;
            piece.clear();
        }
    }
    to.write_all(&piece)?;
    Ok(to.finish())
}
