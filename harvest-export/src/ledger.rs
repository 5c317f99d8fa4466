//! Ledger of an export: what was planned, read and finished, in a file that only grows.
//!
//! It is lines of JSON and no database: there is one writer, nothing is ever changed, a torn last line is the only damage
//! that a crash can do, and a person can read it. Each line has a hash of the one before it, so that a line
//! that is gone or altered is found.

mod plain;
mod size;
#[cfg(feature = "object-store")]
mod tail;

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::attachments::{FileReceipt, Missing, Place};
use crate::columnar::{CommitReceipt, TableReceipt};
use crate::error::ExportError;
use crate::folder;
use crate::hash::{self, ContentHash};
use crate::lines::Lines;
use crate::privacy::Policy;
use crate::private;
use crate::window::Span;
use serde::{Deserialize, Serialize};
use size::{MOST_LINE, Size};
#[cfg(feature = "object-store")]
pub(crate) use tail::{Tail, events_of, whole};

/// The name of its file.
pub(crate) const FILE: &str = "ledger.ndjson";
/// How much of a hash is in the next line.
const LINK: usize = 32;
/// What a ledger begins with.
const BEGIN: &[u8] = br#"{"after":""#;

/// Something that happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Event {
    /// The folder is an export.
    Export(Origin),
    /// A run began: what changed until then is read.
    Run {
        run: u32,
        until: String,
        description: String,
        streams: Vec<String>,
        not_covered: Vec<String>,
        /// Streams that are left out for what they say about people.
        #[serde(default)]
        left_out: Vec<String>,
    },
    /// A window is to be read.
    Window {
        stream: String,
        window: u32,
        run: u32,
        span: Span,
    },
    /// A window was divided: its parts, which are windows themselves, take its place. They are in one line, so that a crash
    /// leaves all of them or none.
    Split {
        stream: String,
        window: u32,
        parts: Vec<Part>,
    },
    /// A page was written.
    Page(Receipt),
    /// What was read of a window counts no more: it is read from its begin.
    Restart { stream: String, window: u32 },
    /// A window was read to its end.
    Close {
        stream: String,
        window: u32,
        pages: u32,
        rows: u64,
    },
    /// The service refuses the list to this credential, or does not offer it.
    Refused {
        stream: String,
        run: u32,
        reason: String,
    },
    /// A walk over the whole list did not find these records, and neither did asking for them.
    Deleted {
        stream: String,
        run: u32,
        ids: Vec<i64>,
        walked: u64,
    },
    /// A run fetches the files that records name in these places.
    Attachments { run: u32, places: Vec<Place> },
    /// A file was fetched.
    File(FileReceipt),
    /// A file could not be had.
    Missing(Missing),
    /// A run has fetched what there was to fetch.
    Mirrored { run: u32 },
    /// Parquet files have this form from here on; those that have a receipt before it count no more.
    Columnar {
        form: String,
        /// Whether each table has a Delta log.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        has_logs: bool,
    },
    /// A Parquet file was written.
    Table(TableReceipt),
    /// A file was committed to the Delta log of its table.
    Commit(CommitReceipt),
    /// The views of the Parquet files were written.
    Views {
        bytes: u64,
        #[serde(flatten)]
        hash: ContentHash,
    },
}

/// What a folder is an export of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Origin {
    pub format: u32,
    pub version: String,
    pub host: String,
    #[serde(default)]
    pub policy: Policy,
}

/// A part of a window that was divided.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Part {
    pub window: u32,
    pub span: Span,
}

/// The receipt of a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Receipt {
    pub stream: String,
    pub window: u32,
    /// Counted from 1.
    pub page: u32,
    /// The path below the folder of the export.
    pub file: String,
    pub rows: u64,
    pub bytes: u64,
    #[serde(flatten)]
    pub hash: ContentHash,
    pub min_id: Option<i64>,
    pub max_id: Option<i64>,
    pub request_id: Option<String>,
    /// The page that follows.
    pub next: Option<String>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}", self.version, self.host)?;
        let without: Vec<_> = self.policy.without.iter().map(String::as_str).collect();
        if !without.is_empty() {
            write!(f, " without {}", without.join(", "))?;
        }
        if let Some(key) = &self.policy.pseudonyms {
            write!(f, " with pseudonyms of the key {key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
impl Event {
    /// The begin of a run of one stream.
    pub(crate) fn of_run(run: u32, until: &str, stream: &str) -> Self {
        Self::Run {
            run,
            until: until.to_owned(),
            description: String::new(),
            streams: vec![stream.to_owned()],
            not_covered: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Line {
    after: String,
    #[serde(flatten)]
    event: Event,
}

/// The file, open to be continued.
pub(crate) struct Ledger {
    file: File,
    link: String,
    size: Size,
}

impl Ledger {
    /// Opens or begins the ledger of a folder, and reads what is in it. A last line that a crash tore is cut off.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Vec<Event>), ExportError> {
        let path = folder.join(FILE);
        let failed = |error| ExportError::file(&path, error);
        folder::no_link(&path).map_err(failed)?;
        let mut options = private::options();
        let mut file = options
            .read(true)
            .create(true)
            .open(&path)
            .map_err(failed)?;
        let mut begin = Vec::new();
        let mut first = (&file).take(BEGIN.len() as u64);
        first.read_to_end(&mut begin).map_err(failed)?;
        file.rewind().map_err(failed)?;
        let read = read(BufReader::new(&file), &path)?;
        if read.events.is_empty() && begin != BEGIN && !BEGIN.starts_with(&begin) {
            // Not what a crash left of our first line, so it is not ours to cut off.
            return Err(ExportError::Occupied { path });
        }
        file.set_len(read.length).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let (link, size) = (read.link, read.size);
        Ok((Self { file, link, size }, read.events))
    }

    /// The hash of the last line.
    pub(crate) fn link(&self) -> &str {
        &self.link
    }

    /// Adds an event. When it is done, the event survives a crash of the machine.
    pub(crate) fn append(&mut self, event: &Event) -> Result<(), ExportError> {
        let line = Line {
            after: self.link.clone(),
            event: event.clone(),
        };
        let mut text = serde_json::to_string(&line).map_err(std::io::Error::from)?;
        self.size.add(text.as_bytes())?;
        self.link = link(text.as_bytes());
        text.push('\n');
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()?;
        Ok(())
    }
}

/// The events of a ledger, which is not changed.
pub(crate) fn events(folder: &Path) -> Result<Vec<Event>, ExportError> {
    Ok(linked(folder)?.0)
}

/// The events of a ledger, and the hash of its last line.
pub(crate) fn linked(folder: &Path) -> Result<(Vec<Event>, String), ExportError> {
    let path = folder.join(FILE);
    let file = File::open(&path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => ExportError::NoExport {
            path: folder.to_owned(),
        },
        _ => ExportError::file(&path, error),
    })?;
    let read = read(BufReader::new(file), &path)?;
    Ok((read.events, read.link))
}

struct Reading {
    events: Vec<Event>,
    link: String,
    size: Size,
    /// Up to the last whole line.
    length: u64,
}

fn read(file: impl BufRead, path: &Path) -> Result<Reading, ExportError> {
    read_after(file, path, link(b""), Size::default())
}

/// Reads lines that follow on one with this hash, up to which so much was counted. Errors name the path.
fn read_after(
    file: impl BufRead,
    path: &Path,
    link_before: String,
    size: Size,
) -> Result<Reading, ExportError> {
    let mut lines = Lines::new(file, MOST_LINE + 1);
    let (mut expected, mut size, mut length) = (link_before, size, 0);
    let mut events = Vec::new();
    while let Some(text) = lines.next().map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => size.of_long_line(),
        _ => ExportError::file(path, error),
    })? {
        let bytes = text.len() as u64;
        let Some(text) = text.strip_suffix(b"\n") else {
            // A crash tore it, or it is being written.
            break;
        };
        size.add(text)?;
        let broken = || ExportError::Ledger { line: size.lines };
        let line: Line = serde_json::from_slice(text).map_err(|_| broken())?;
        if line.after != expected || !line.event.is_plain() {
            return Err(broken());
        }
        expected = link(text);
        events.push(line.event);
        length += bytes;
    }
    Ok(Reading {
        events,
        link: expected,
        size,
        length,
    })
}

fn link(line: &[u8]) -> String {
    let mut hash = hash::of(line);
    hash.truncate(LINK);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(window: u32) -> Event {
        Event::Split {
            stream: "users".to_owned(),
            window,
            parts: Vec::new(),
        }
    }

    #[test]
    fn a_torn_line_is_cut_off_and_an_altered_one_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut ledger, events) = Ledger::open(folder.path()).expect("a ledger");
        assert!(events.is_empty());
        for window in 1..=3 {
            ledger.append(&event(window)).expect("a line");
        }
        let path = folder.path().join(FILE);
        let whole = std::fs::read_to_string(&path).expect("text");
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole[..cut]).expect("written");
            let (_, events) = Ledger::open(folder.path()).expect("a ledger");
            assert_eq!(events.len(), whole[..cut].matches('\n').count());
        }
        let lines: Vec<_> = whole.lines().collect();
        for altered in [
            format!("{}\n{}\n", lines[0], lines[2]),
            format!("{}\n{}\n", lines[1], lines[2]),
            whole.replacen("\"window\":2", "\"window\":7", 1),
        ] {
            std::fs::write(&path, altered).expect("written");
            assert!(matches!(
                Ledger::open(folder.path()),
                Err(ExportError::Ledger { .. })
            ));
        }
    }

    #[test]
    fn a_file_of_something_else_is_left_alone() {
        for text in [
            "all accounts",
            "all accounts\nof March\n",
            "{\"event\":\"x\"}",
            "{\"after\":5}\n",
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join(FILE);
            std::fs::write(&path, text).expect("written");
            assert!(Ledger::open(folder.path()).is_err(), "{text}");
            assert_eq!(std::fs::read_to_string(&path).expect("text"), text);
        }
    }
}
