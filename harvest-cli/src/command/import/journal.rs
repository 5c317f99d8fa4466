//! The journal of an import: what was done of which row. It has ids and hashes, and nothing of what the rows say.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use harvest_export::private;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::failure::{Exit, Failure};

/// The most bytes of a journal.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;
/// What a line begins with.
const BEGIN: &str = "{\"event\":\"";
/// How much of a hash is a key, in hexadecimal digits.
const KEY: usize = 32;

/// A line.
#[derive(Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event {
    /// The row is under way: if nothing follows, it is not known what came of it.
    Sent {
        row: String,
        /// Whether no candidate had an address of the row, as far as was asked.
        #[serde(default)]
        is_new: bool,
    },
    Added {
        row: String,
        candidate: i64,
        application: Option<i64>,
    },
    Attached {
        row: String,
        file: String,
    },
    /// The service has added nothing.
    Refused {
        row: String,
    },
    Done {
        row: String,
        candidate: i64,
    },
}

/// Where a row stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    New,
    Sent {
        /// Whether no candidate had an address of the row before.
        is_new: bool,
    },
    Added {
        candidate: i64,
        application: Option<i64>,
    },
    Done {
        candidate: Option<i64>,
    },
}

/// The journal.
pub(super) struct Journal {
    /// None: nothing is done.
    file: Option<File>,
    states: BTreeMap<String, State>,
    /// The row that each candidate is of.
    owners: BTreeMap<i64, String>,
    files: BTreeSet<(String, String)>,
}

/// The key of a row: what is in all its cells.
pub(super) fn key(record: &csv::StringRecord) -> String {
    let mut text = String::new();
    for cell in record {
        // Writing to a text does not fail.
        let _ = write!(text, "{}\0{cell}", cell.len());
    }
    hash(&text)
}

pub(super) fn hash(text: &str) -> String {
    let mut hash = format!("{:x}", Sha256::digest(text));
    hash.truncate(KEY);
    hash
}

impl Journal {
    /// Opens a journal, or begins it; for a dry run it is only read. A last line that a crash tore is cut off.
    pub(super) fn open(path: &Path, is_dry: bool) -> Result<Self, Failure> {
        let failed =
            |error: io::Error| Failure::usage(format!("the journal {}: {error}", path.display()));
        let mut journal = Self {
            file: None,
            states: BTreeMap::new(),
            owners: BTreeMap::new(),
            files: BTreeSet::new(),
        };
        let opened = if is_dry {
            File::open(path)
        } else {
            private::open(path)
        };
        let mut file = match opened {
            Err(error) if is_dry && error.kind() == io::ErrorKind::NotFound => return Ok(journal),
            opened => opened.map_err(failed)?,
        };
        if !is_dry {
            // Before it is read: what another import writes meanwhile would be done again.
            fs4::FileExt::try_lock(&file).map_err(|_| {
                let message = format!("another import uses {}; wait for it to end", path.display());
                Failure::usage(message)
            })?;
        }
        let mut text = String::new();
        (&mut file)
            .take(MOST_BYTES)
            .read_to_string(&mut text)
            .map_err(failed)?;
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        for (at, line) in text.get(..whole).unwrap_or_default().lines().enumerate() {
            let event = serde_json::from_str(line).map_err(|_| {
                let message = format!(
                    "line {} of the journal {} is not one; is it another file?",
                    at + 1,
                    path.display()
                );
                Failure::usage(message)
            })?;
            journal.apply(event);
        }
        let torn = text.get(whole..).unwrap_or_default();
        if !torn.starts_with(BEGIN) && !BEGIN.starts_with(torn) {
            // No crash left that, so it is not ours to cut off.
            let message = format!("{} is no journal of an import", path.display());
            return Err(Failure::usage(message));
        }
        if !is_dry {
            file.set_len(whole as u64).map_err(failed)?;
            journal.file = Some(file);
        }
        Ok(journal)
    }

    fn apply(&mut self, event: Event) {
        let (row, state) = match event {
            Event::Sent { row, is_new } => (row, State::Sent { is_new }),
            Event::Refused { row } => (row, State::New),
            Event::Added {
                row,
                candidate,
                application,
            } => {
                let state = State::Added {
                    candidate,
                    application,
                };
                (row, state)
            }
            Event::Done { row, candidate } => {
                let candidate = Some(candidate);
                (row, State::Done { candidate })
            }
            Event::Attached { row, file } => {
                self.files.insert((row, file));
                return;
            }
        };
        if let State::Added { candidate, .. }
        | State::Done {
            candidate: Some(candidate),
        } = state
        {
            self.owners.entry(candidate).or_insert_with(|| row.clone());
        }
        self.states.insert(row, state);
    }

    /// Writes an event so that it survives a crash.
    fn record(&mut self, event: Event) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            Failure::new(
                Exit::Failed,
                format!("the journal cannot be written: {error}"),
            )
        };
        if let Some(file) = &mut self.file {
            let mut line = serde_json::to_vec(&event).map_err(|error| failed(error.into()))?;
            line.push(b'\n');
            file.write_all(&line)
                .and_then(|()| file.sync_data())
                .map_err(failed)?;
        }
        self.apply(event);
        Ok(())
    }

    pub(super) fn state(&self, row: &str) -> State {
        self.states.get(row).copied().unwrap_or(State::New)
    }

    /// Whether a candidate is of another row.
    pub(super) fn is_of_another(&self, candidate: i64, row: &str) -> bool {
        self.owners
            .get(&candidate)
            .is_some_and(|owner| owner != row)
    }

    pub(super) fn has_file(&self, row: &str, file: &str) -> bool {
        self.files.contains(&(row.to_owned(), file.to_owned()))
    }

    pub(super) fn sent(&mut self, row: &str, is_new: bool) -> Result<(), Failure> {
        let row = row.to_owned();
        self.record(Event::Sent { row, is_new })
    }

    pub(super) fn refused(&mut self, row: &str) -> Result<(), Failure> {
        let row = row.to_owned();
        self.record(Event::Refused { row })
    }

    pub(super) fn added(
        &mut self,
        row: &str,
        candidate: i64,
        application: Option<i64>,
    ) -> Result<(), Failure> {
        let row = row.to_owned();
        self.record(Event::Added {
            row,
            candidate,
            application,
        })
    }

    pub(super) fn attached(&mut self, row: &str, file: &str) -> Result<(), Failure> {
        let (row, file) = (row.to_owned(), file.to_owned());
        self.record(Event::Attached { row, file })
    }

    pub(super) fn done(&mut self, row: &str, candidate: i64) -> Result<(), Failure> {
        let row = row.to_owned();
        self.record(Event::Done { row, candidate })
    }
}
