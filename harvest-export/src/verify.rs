//! The proof of an export: everything is computed again from the files and the ledger.

use std::collections::{BTreeSet, HashSet};
use std::io::ErrorKind;
use std::path::Path;

use crate::attachments;
use crate::columnar;
use crate::error::ExportError;
use crate::folder;
use crate::keys;
use crate::ledger::{self, Receipt};
use crate::manifest;
use crate::row;
use crate::state::{Progress, State, Window};

/// The most problems that are listed.
const MOST_PROBLEMS: usize = 1_000;

/// What a proof found.
#[derive(Debug, Default)]
pub struct Report {
    /// The moment up to which changes were read.
    pub until: String,
    /// Each stream of the last run.
    pub streams: Vec<Proven>,
    /// What does not hold. The export is whole if there is nothing.
    pub problems: Vec<String>,
    /// Streams that the service refused, each with the reason.
    pub refused: Vec<(String, String)>,
    /// Lists of one record each, which an export does not read.
    pub not_covered: Vec<String>,
    /// Streams that are left out for what they say about people.
    pub left_out: Vec<String>,
    /// Classes of personal data that are left out.
    pub without: Vec<String>,
    /// How many records were found to be gone.
    pub deleted: u64,
    /// How many files were mirrored: one that several records name counts once.
    pub files: u64,
    /// The bytes of them.
    pub file_bytes: u64,
    /// Files that records name, and the service has no more.
    pub gone_files: u64,
    /// How many Parquet files there are.
    pub tables: u64,
    /// The rows of them: records as they were read, tombstones, and values of custom fields.
    pub table_rows: u64,
    /// How many commits the Delta logs of tables have.
    pub commits: u64,
}

/// A stream that was looked at.
#[derive(Debug)]
pub struct Proven {
    /// Its name.
    pub name: String,
    /// The lines of its files.
    pub rows: u64,
    /// The different ids in them.
    pub ids: u64,
}

impl Report {
    /// Whether every window is closed, and every file is what its receipt says.
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty()
    }

    pub(crate) fn problem(&mut self, text: String) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(text);
        }
    }
}

/// Computes everything again from the files and the ledger of a folder. Nothing is sent or changed.
///
/// # Errors
///
/// If a file cannot be read, or the ledger was altered.
pub fn verify(path: &Path) -> Result<Report, ExportError> {
    let (events, link) = ledger::linked(path)?;
    let state = State::of(events);
    let mut report = Report::default();
    let Some(last) = state.runs.last() else {
        report.problem("no run has begun".to_owned());
        return Ok(report);
    };
    report.until.clone_from(&last.until);
    report.not_covered.clone_from(&last.not_covered);
    report.left_out.clone_from(&last.left_out);
    let origin = state.origin.iter();
    report.without = origin
        .flat_map(|it| it.policy.without.iter().cloned())
        .collect();
    let streams: BTreeSet<_> = state.runs.iter().flat_map(|run| &run.streams).collect();
    for stream in streams {
        for run in &state.runs {
            if run.streams.contains(stream) && !state.is_done(stream, run.number) {
                report.problem(format!("{stream}: the run {} did not end", run.number));
            }
        }
        if let Some(reason) = state.refused.get(&(stream.clone(), last.number)) {
            report.refused.push((stream.clone(), reason.clone()));
        }
        tiles(&state, stream, &mut report);
        let proven = pages(&state, stream, path, &mut report)?;
        report.streams.push(proven);
        deletions(&state, stream, path, &mut report);
    }
    attachments::prove(&state, path, &mut report)?;
    columnar::prove(&state, path, &mut report)?;
    summaries(&state, &link, path, &mut report);
    Ok(report)
}

/// Whether records that are gone were there before, and were looked for in a run that could read the stream.
fn deletions(state: &State, stream: &str, path: &Path, report: &mut Report) {
    let of_stream = state.deleted.iter().filter(|((name, _), _)| name == stream);
    for ((_, run), deleted) in of_stream {
        report.deleted += deleted.ids.len() as u64;
        if state.refused.contains_key(&(stream.to_owned(), *run)) {
            report.problem(format!(
                "{stream}: the run {run} found records to be gone, and could not read the list"
            ));
        }
        // What a whole reading lacks is gone already.
        let known = keys::live(state, path, stream, run - 1);
        let (Ok(mut known), Ok(now)) = (known, keys::live(state, path, stream, *run)) else {
            continue;
        };
        for (_, window) in state.windows_of(stream, *run) {
            for receipt in &window.receipts {
                // What cannot be read was reported as a page.
                let _ = keys::of_page(path, receipt, &mut known);
            }
        }
        if deleted
            .ids
            .iter()
            .any(|id| !known.contains(id) || now.contains(id))
        {
            report.problem(format!(
                "{stream}: the run {run} found records to be gone that were not there"
            ));
        }
    }
}

/// Whether the files that say what the export holds are those of its ledger.
fn summaries(state: &State, link: &str, path: &Path, report: &mut Report) {
    let files = [
        (manifest::MANIFEST, manifest::manifest(state, link)),
        (manifest::DELETED, manifest::deleted(state)),
        (
            attachments::INDEX,
            attachments::index(state, path).ok().flatten(),
        ),
    ];
    for (name, expected) in files {
        if !is_text(&path.join(name), expected.as_deref()) {
            report.problem(format!(
                "{name} is not what the ledger says; export again to have it written"
            ));
        }
    }
}

/// Whether a file has this text, or is not there if there is none.
fn is_text(path: &Path, expected: Option<&str>) -> bool {
    match (std::fs::symlink_metadata(path), expected) {
        (Err(error), None) => error.kind() == ErrorKind::NotFound,
        // Of another length, it is not read: it could have no end.
        (Ok(about), Some(text)) => {
            let is_as_long = about.is_file() && about.len() == text.len() as u64;
            is_as_long && std::fs::read(path).is_ok_and(|found| found == text.as_bytes())
        }
        _ => false,
    }
}

/// Whether windows leave nothing out: those of runs follow on each other, and parts make up what was divided.
fn tiles(state: &State, stream: &str, report: &mut Report) {
    let mut reached: Option<&str> = None;
    for (number, window) in state.of_stream(stream) {
        let name = format!("{stream}: the window {number}");
        match window.progress {
            Progress::Open => {
                let is_refused = state.refused.contains_key(&(stream.to_owned(), window.run));
                if !is_refused {
                    report.problem(format!("{name} is open"));
                }
            }
            Progress::Divided if !is_tiled(state, stream, number, window) => {
                report.problem(format!("{name} is not made up by its parts"));
            }
            _ => {}
        }
        if window.parent.is_none() {
            let from = window.span.from.as_deref();
            if let (Some(reached), Some(from)) = (reached, from)
                && reached < from
            {
                report.problem(format!("{name} leaves out what changed before it"));
            }
            reached = Some(&window.span.to);
        }
    }
}

fn is_tiled(state: &State, stream: &str, number: u32, window: &Window) -> bool {
    let parts = state
        .of_stream(stream)
        .filter(|(_, it)| it.parent == Some(number));
    let mut from = window.span.from.as_ref();
    let mut reached = None;
    for (_, part) in parts {
        if part.span.from.as_ref() != from {
            return false;
        }
        from = Some(&part.span.to);
        reached = Some(&part.span.to);
    }
    reached == Some(&window.span.to)
}

/// Whether each file is what its receipt says, and no page is missing.
fn pages(
    state: &State,
    stream: &str,
    path: &Path,
    report: &mut Report,
) -> Result<Proven, ExportError> {
    let mut ids = HashSet::new();
    let mut rows = 0;
    let mut files: BTreeSet<_> = folder::files(path, stream)?.into_iter().collect();
    for (number, window) in state.of_stream(stream) {
        let mut in_window = HashSet::new();
        for (at, receipt) in (1..).zip(&window.receipts) {
            files.remove(&receipt.file);
            if receipt.page != at {
                report.problem(format!(
                    "{stream}: a page of the window {number} is missing before {}",
                    receipt.file
                ));
            }
            if let Err(problem) = file(path, receipt, &mut in_window) {
                report.problem(format!("{}: {problem}", receipt.file));
            }
            rows += receipt.rows;
        }
        let sum: u64 = window.receipts.iter().map(|receipt| receipt.rows).sum();
        let count = window.receipts.last().map_or(0, |receipt| receipt.page);
        let closed = Progress::Closed {
            pages: count,
            rows: sum,
        };
        if matches!(window.progress, Progress::Closed { .. }) && window.progress != closed {
            report.problem(format!(
                "{stream}: the window {number} was closed with other pages"
            ));
        }
        if window
            .receipts
            .last()
            .is_some_and(|receipt| receipt.next.is_some())
            && window.progress != Progress::Open
        {
            report.problem(format!(
                "{stream}: the last page of the window {number} is missing"
            ));
        }
        ids.extend(in_window);
    }
    for stray in files {
        report.problem(format!(
            "{stray} has no receipt; export again to have it removed"
        ));
    }
    Ok(Proven {
        name: stream.to_owned(),
        rows,
        ids: ids.len() as u64,
    })
}

/// Holds a file against its receipt.
fn file(path: &Path, receipt: &Receipt, ids: &mut HashSet<i64>) -> Result<(), String> {
    let mut lines = folder::proven_lines(path, receipt).map_err(problem)?;
    let (mut rows, mut min, mut max) = (0, None, None);
    while let Some(line) = lines.next().map_err(problem)? {
        rows += 1;
        let Some(id) = row::id(line).map_err(|_| "has a line that is not JSON")? else {
            continue;
        };
        if !ids.insert(id) {
            return Err("has a record that its window has twice".to_owned());
        }
        min = Some(min.map_or(id, |min: i64| min.min(id)));
        max = Some(max.map_or(id, |max: i64| max.max(id)));
    }
    if (rows, min, max) == (receipt.rows, receipt.min_id, receipt.max_id) {
        Ok(())
    } else {
        Err("has other records than its receipt says".to_owned())
    }
}

/// What is wrong with a file that is not read.
fn problem(error: ExportError) -> String {
    match error {
        ExportError::File { source, .. } => match source.kind() {
            ErrorKind::InvalidData | ErrorKind::FileTooLarge => source.to_string(),
            _ => format!("cannot be read: {source}"),
        },
        error => error.to_string(),
    }
}
