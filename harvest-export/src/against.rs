//! Comparison of an export with the service, which is read again as a whole.
//!
//! The files and the ledger prove that everything that the service answered with was kept. This asks whether the service
//! says the same when it is asked once more, without windows and filters.

use std::collections::HashMap;
use std::path::Path;

use harvest_runtime::Core;
use sha2::{Digest, Sha256};

use crate::error::ExportError;
use crate::folder;
use crate::ledger;
use crate::privacy::{Privacy, Redaction};
use crate::row::{self, Row};
use crate::run::{Export, service};
use crate::state::{Progress, State};
use crate::stream::{Stream, choose, streams};
use crate::window::Span;

/// How often a list whose cursor expired is read from its begin.
const MOST_WALKS: u32 = 10;

/// What differs in a stream.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The stream.
    pub stream: String,
    /// Records that the service lists and the export lacks, though they did not change since.
    pub missing: Vec<i64>,
    /// Records that are others, though the service says that they did not change since.
    pub different: Vec<i64>,
    /// Records that changed since, or are new.
    pub newer: u64,
    /// Records that the export has and the service does not list: they were deleted.
    pub gone: u64,
}

impl Difference {
    /// Whether the export was whole when it was made.
    pub fn is_none(&self) -> bool {
        self.missing.is_empty() && self.different.is_empty()
    }
}

/// A record, as far as it is compared. Links to files are other ones each time, and are left out.
struct Known {
    updated_at: Option<String>,
    hash: [u8; 32],
}

impl Known {
    /// Of a record of a page, or of one alone.
    fn of(row: &Row, page: &[u8], redactions: &[Option<&Redaction<'_>>]) -> Self {
        let all = redactions.iter().flatten();
        let text = row.text(page).into_owned();
        let text = all.fold(text, |text, it| it.apply(&text));
        // Between tokens a line of a file has spaces for line breaks.
        let text = text.replace(['\n', '\r'], " ");
        Self {
            updated_at: row.updated_at.clone(),
            hash: Sha256::digest(text).into(),
        }
    }
}

impl Export<'_> {
    /// Reads every stream of the last run again, and compares. Nothing is written.
    ///
    /// # Errors
    ///
    /// If the service or a file fails, or the export is of something else.
    pub async fn compare(&self) -> Result<Vec<Difference>, ExportError> {
        let state = State::of(ledger::events(&self.folder)?);
        let Some(run) = state.runs.last() else {
            return Ok(Vec::new());
        };
        let wanted = self.origin();
        if let Some(found) = state.origin.as_ref().filter(|it| **it != wanted) {
            return Err(ExportError::OtherExport {
                found: found.to_string(),
                wanted: wanted.to_string(),
            });
        }
        let (all, _) = streams(self.catalog);
        let shapes = &self.catalog.shapes;
        let mut differences = Vec::new();
        for stream in choose(&all, &run.streams)? {
            if state
                .refused
                .contains_key(&(stream.name.clone(), run.number))
            {
                continue;
            }
            let redaction = self.privacy.redaction(stream.fields(shapes));
            let links = Privacy::without_documents();
            let links = links.redaction(stream.fields(shapes));
            let mut kept = kept(&state, &self.folder, &stream.name, links.as_ref())?;
            let redactions = [redaction.as_ref(), links.as_ref()];
            let listed = listed(self.core, stream, &redactions).await?;
            let mut difference = Difference {
                stream: stream.name.clone(),
                ..Difference::default()
            };
            let before = Span {
                from: None,
                to: run.until.clone(),
            };
            for (id, now) in listed {
                let is_old = now.updated_at.as_deref().is_some_and(|it| before.holds(it));
                match kept.remove(&id) {
                    Some(then) if then.hash == now.hash => {}
                    Some(then) if is_old && then.updated_at == now.updated_at => {
                        difference.different.push(id);
                    }
                    None if is_old => difference.missing.push(id),
                    _ => difference.newer += 1,
                }
            }
            difference.gone = kept.len() as u64;
            differences.push(difference);
        }
        Ok(differences)
    }
}

/// The records of an export, as they were read last.
fn kept(
    state: &State,
    folder: &Path,
    stream: &str,
    links: Option<&Redaction<'_>>,
) -> Result<HashMap<i64, Known>, ExportError> {
    let mut all = HashMap::new();
    for run in &state.runs {
        for (_, window) in state.windows_of(stream, run.number) {
            if !matches!(window.progress, Progress::Closed { .. }) {
                continue;
            }
            if window.is_whole() {
                all.clear();
            }
            for receipt in &window.receipts {
                let mut page = folder::lines(folder, receipt)?;
                while let Some(line) = page.next()? {
                    let row = serde_json::from_str::<Row>(line).ok();
                    let known = row.and_then(|row| Some((row.id?, Known::of(&row, b"", &[links]))));
                    all.extend(known);
                }
            }
        }
        if let Some(deleted) = state.deleted.get(&(stream.to_owned(), run.number)) {
            for id in &deleted.ids {
                all.remove(id);
            }
        }
    }
    Ok(all)
}

/// The records that the service lists now.
async fn listed(
    core: &Core,
    stream: &Stream,
    redactions: &[Option<&Redaction<'_>>],
) -> Result<HashMap<i64, Known>, ExportError> {
    'walks: for _ in 0..MOST_WALKS {
        let mut all = HashMap::new();
        let mut pages = stream.whole(core).pages::<Row>().read_by(row::page);
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => {
                    let known = |row: &Row| Known::of(row, page.bytes(), redactions);
                    let rows = page.iter();
                    all.extend(rows.filter_map(|row| Some((row.id?, known(row)))));
                }
                Err(error) if error.is_cursor_expired() => continue 'walks,
                Err(error) => return Err(service(stream, error)),
            }
        }
        return Ok(all);
    }
    Err(ExportError::Unsound {
        stream: stream.name.clone(),
        problem: "its cursors expire before it is read; try again later",
    })
}
