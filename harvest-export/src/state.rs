//! State of an export: what its ledger amounts to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::attachments::{FileReceipt, Missing, Place};
use crate::columnar::{CommitReceipt, TableReceipt};
use crate::hash::ContentHash;
use crate::ledger::{Event, Origin, Part, Receipt};
use crate::window::Span;

/// A stream and the number of a window in it.
pub(crate) type Key = (String, u32);

/// What the ledger amounts to.
#[derive(Default)]
pub(crate) struct State {
    pub origin: Option<Origin>,
    pub runs: Vec<Run>,
    pub windows: BTreeMap<Key, Window>,
    /// Streams that a run was refused, with the reason.
    pub refused: BTreeMap<(String, u32), String>,
    /// What a run found to be gone of a stream.
    pub deleted: BTreeMap<Key, Deleted>,
    /// Files, by their keys.
    pub files: BTreeMap<String, FileReceipt>,
    /// Files that could not be had, by their keys.
    pub missing: BTreeMap<String, Missing>,
    /// The last run that fetched files.
    pub attachments: Option<Mirrored>,
    /// The Parquet files, if there are any.
    pub columnar: Option<Columnar>,
    /// The path of each content.
    contents: BTreeMap<String, String>,
}

/// A run that fetched files.
pub(crate) struct Mirrored {
    pub run: u32,
    pub places: Vec<Place>,
    pub is_done: bool,
}

impl Mirrored {
    /// The streams whose records name files.
    pub(crate) fn streams(&self) -> BTreeSet<&str> {
        self.places.iter().map(|it| it.stream.as_str()).collect()
    }
}

/// The Parquet files of an export.
#[derive(Default)]
pub(crate) struct Columnar {
    /// Identifies the description that the files were made by. A proof takes them as they are.
    #[cfg_attr(
        not(feature = "parquet"),
        expect(dead_code, reason = "nothing is written")
    )]
    pub form: String,
    /// By table and run.
    pub tables: BTreeMap<Key, TableReceipt>,
    /// Whether each table has a Delta log.
    pub has_logs: bool,
    /// Commits to the logs, by table and version.
    pub commits: BTreeMap<Key, CommitReceipt>,
    /// Length and hash of the views.
    pub views: Option<(u64, ContentHash)>,
}

impl Columnar {
    /// The files of a table, in the order of the runs.
    pub(crate) fn tables_of<'a>(&'a self, table: &str) -> impl Iterator<Item = &'a TableReceipt> {
        let all = self.tables.range(of_name(table));
        all.map(|(_, receipt)| receipt)
    }

    /// The commits to the log of a table, in their order.
    pub(crate) fn commits_of<'a>(&'a self, table: &str) -> impl Iterator<Item = &'a CommitReceipt> {
        let all = self.commits.range(of_name(table));
        all.map(|(_, receipt)| receipt)
    }
}

/// All keys of a name.
fn of_name(name: &str) -> RangeInclusive<Key> {
    (name.to_owned(), 0)..=(name.to_owned(), u32::MAX)
}

/// Records that are not listed any more.
pub(crate) struct Deleted {
    pub ids: Vec<i64>,
}

/// A run.
pub(crate) struct Run {
    pub number: u32,
    pub until: String,
    pub description: String,
    pub streams: Vec<String>,
    pub not_covered: Vec<String>,
    pub left_out: Vec<String>,
}

/// A window.
pub(crate) struct Window {
    pub run: u32,
    pub parent: Option<u32>,
    pub span: Span,
    pub progress: Progress,
    /// Of its pages, in their order.
    pub receipts: Vec<Receipt>,
}

impl Window {
    fn new(run: u32, parent: Option<u32>, span: Span) -> Self {
        Self {
            run,
            parent,
            span,
            progress: Progress::Open,
            receipts: Vec::new(),
        }
    }

    /// Whether the list was read as a whole, without a lower bound.
    pub(crate) fn is_whole(&self) -> bool {
        self.parent.is_none() && self.span.from.is_none()
    }
}

/// How far a window was read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Open,
    Divided,
    Closed { pages: u32, rows: u64 },
}

impl State {
    pub(crate) fn of(events: Vec<Event>) -> Self {
        let mut state = Self::default();
        for event in events {
            state.apply(event);
        }
        state
    }

    /// An event happened. What does not fit a window that is known is left to the proof to find.
    pub(crate) fn apply(&mut self, event: Event) {
        match event {
            Event::Export(origin) => self.origin = Some(origin),
            Event::Run {
                run,
                until,
                description,
                streams,
                not_covered,
                left_out,
            } => self.runs.push(Run {
                number: run,
                until,
                description,
                streams,
                not_covered,
                left_out,
            }),
            Event::Window {
                stream,
                window,
                run,
                span,
            } => self.plan(stream, window, Window::new(run, None, span)),
            Event::Split {
                stream,
                window,
                parts,
            } => {
                let run = self.windows.get(&(stream.clone(), window));
                let run = run.map_or(0, |window| window.run);
                for Part { window: part, span } in parts {
                    self.plan(stream.clone(), part, Window::new(run, Some(window), span));
                }
                self.at(stream, window, |it| it.progress = Progress::Divided);
            }
            Event::Restart { stream, window } => {
                self.at(stream, window, |it| it.receipts.clear());
            }
            Event::Close {
                stream,
                window,
                pages,
                rows,
            } => self.at(stream, window, |it| {
                it.progress = Progress::Closed { pages, rows };
            }),
            Event::Page(receipt) => {
                self.at(receipt.stream.clone(), receipt.window, |it| {
                    it.receipts.push(receipt);
                });
            }
            Event::Refused {
                stream,
                run,
                reason,
            } => {
                self.refused.insert((stream, run), reason);
            }
            Event::Deleted {
                stream, run, ids, ..
            } => {
                self.deleted.insert((stream, run), Deleted { ids });
            }
            Event::Attachments { run, places } => {
                self.attachments = Some(Mirrored {
                    run,
                    places,
                    is_done: false,
                });
            }
            Event::File(receipt) => {
                self.missing.remove(&receipt.key);
                self.contents
                    .insert(receipt.sha256.clone(), receipt.file.clone());
                self.files.insert(receipt.key.clone(), receipt);
            }
            Event::Missing(missing) => {
                self.missing.insert(missing.key.clone(), missing);
            }
            Event::Mirrored { run } => {
                if let Some(mirrored) = self.attachments.as_mut().filter(|it| it.run == run) {
                    mirrored.is_done = true;
                }
            }
            Event::Columnar { form, has_logs } => {
                self.columnar = Some(Columnar {
                    form,
                    has_logs,
                    ..Columnar::default()
                });
            }
            Event::Table(receipt) => {
                if let Some(columnar) = &mut self.columnar {
                    let key = (receipt.table.clone(), receipt.run);
                    columnar.tables.insert(key, receipt);
                }
            }
            Event::Commit(receipt) => {
                if let Some(columnar) = &mut self.columnar {
                    columnar.has_logs = true;
                    let key = (receipt.table.clone(), receipt.version);
                    columnar.commits.insert(key, receipt);
                }
            }
            Event::Views { bytes, hash } => {
                if let Some(columnar) = &mut self.columnar {
                    columnar.views = Some((bytes, hash));
                }
            }
        }
    }

    /// The path of a file with this content.
    pub(crate) fn file_of(&self, sha256: &str) -> Option<&str> {
        self.contents.get(sha256).map(String::as_str)
    }

    fn plan(&mut self, stream: String, number: u32, window: Window) {
        self.windows.insert((stream, number), window);
    }

    fn at(&mut self, stream: String, window: u32, change: impl FnOnce(&mut Window)) {
        if let Some(window) = self.windows.get_mut(&(stream, window)) {
            change(window);
        }
    }

    /// The windows of a stream, by their numbers.
    pub(crate) fn of_stream<'a, 's>(
        &'a self,
        stream: &'s str,
    ) -> impl Iterator<Item = (u32, &'a Window)> + use<'a, 's> {
        // Those of the others are not looked at: after a year of runs there are many.
        let all = self.windows.range((stream.to_owned(), 0)..);
        all.take_while(move |((name, _), _)| name == stream)
            .map(|((_, number), window)| (*number, window))
    }

    /// The windows of a stream that a run planned.
    pub(crate) fn windows_of<'a, 's>(
        &'a self,
        stream: &'s str,
        run: u32,
    ) -> impl Iterator<Item = (u32, &'a Window)> + use<'a, 's> {
        self.of_stream(stream).filter(move |(_, it)| it.run == run)
    }

    /// The number of a stream's next window.
    pub(crate) fn next_window(&self, stream: &str) -> u32 {
        self.of_stream(stream)
            .last()
            .map_or(1, |(number, _)| number + 1)
    }

    /// The first window of a stream that is not read to its end.
    pub(crate) fn open_window(&self, stream: &str) -> Option<u32> {
        let mut windows = self.of_stream(stream);
        windows
            .find(|(_, window)| window.progress == Progress::Open)
            .map(|(number, _)| number)
    }

    /// Whether a run has read a stream, or was refused it.
    pub(crate) fn is_done(&self, stream: &str, run: u32) -> bool {
        let is_refused = self.refused.contains_key(&(stream.to_owned(), run));
        let mut windows = self.windows_of(stream, run).map(|(_, it)| it).peekable();
        let has_any = windows.peek().is_some();
        is_refused || (has_any && windows.all(|it| it.progress != Progress::Open))
    }

    /// The end of what was planned of a stream so far.
    pub(crate) fn reached(&self, stream: &str) -> Option<&str> {
        let roots = self
            .of_stream(stream)
            .filter(|(_, window)| window.parent.is_none());
        roots.last().map(|(_, window)| window.span.to.as_str())
    }
}
