//! Ids that an export has: those of its files, without those that were deleted since.

use std::collections::BTreeSet;
use std::path::Path;

use crate::error::ExportError;
use crate::folder;
use crate::ids::Ids;
use crate::ledger::Receipt;
use crate::row;
use crate::state::{Progress, State, Window};

/// The ids that a window has so far. None: one of its files is not what was written, or has a record without an id.
pub(crate) fn of_window(folder: &Path, window: &Window) -> Option<Ids> {
    let mut ids = Ids::default();
    for receipt in &window.receipts {
        let mut lines = folder::proven_lines(folder, receipt).ok()?;
        while let Some(line) = lines.next().ok()? {
            ids.insert(row::id(line).ok()??);
        }
    }
    Some(ids)
}

/// Adds the ids of a page, up to where it can be read.
pub(crate) fn of_page(
    folder: &Path,
    receipt: &Receipt,
    ids: &mut impl Extend<i64>,
) -> Result<(), ExportError> {
    let mut lines = folder::lines(folder, receipt)?;
    while let Some(line) = lines.next()? {
        ids.extend(row::id(line).ok().flatten());
    }
    Ok(())
}

/// The ids that an export has of a stream after a run.
pub(crate) fn live(
    state: &State,
    folder: &Path,
    stream: &str,
    last: u32,
) -> Result<BTreeSet<i64>, ExportError> {
    let mut ids = BTreeSet::new();
    let whole = state.of_stream(stream).filter(|(_, window)| {
        let is_closed = matches!(window.progress, Progress::Closed { .. });
        window.run <= last && window.is_whole() && is_closed
    });
    // What was read before a whole reading counts no more.
    let first = whole.last().map_or(0, |(_, window)| window.run);
    let runs = state.runs.iter();
    for run in runs.filter(|run| (first..=last).contains(&run.number)) {
        for (_, window) in state.windows_of(stream, run.number) {
            if !matches!(window.progress, Progress::Closed { .. }) {
                continue;
            }
            if window.is_whole() {
                // What it lacks is gone.
                ids.clear();
            }
            for receipt in &window.receipts {
                of_page(folder, receipt, &mut ids)?;
            }
        }
        if let Some(deleted) = state.deleted.get(&(stream.to_owned(), run.number)) {
            for id in &deleted.ids {
                ids.remove(id);
            }
        }
    }
    Ok(ids)
}
