//! Reading of a stream: windows one by one, each page written before its receipt.

use harvest_runtime::reqwest::Url;
use harvest_runtime::{List, Response};

use crate::error::ExportError;
use crate::journal::{Journal, Page};
use crate::ledger::Event;
use crate::privacy::Redaction;
use crate::row::{self, Row};
use crate::run::{Export, Progressed, refusal, service};
use crate::stream::Stream;
use crate::window::{Bounds, Span};

/// How often a window is read from its begin before the run gives up.
const MOST_RESTARTS: u32 = 5;
/// How often a numbered list is read until it has no new record.
const MOST_PASSES: u32 = 10;
/// How many more parts a window is divided into than it has pages.
const MORE_PARTS: (usize, usize) = (5, 4);

/// What reads a stream.
pub(crate) struct Reader<'a> {
    pub export: &'a Export<'a>,
    pub stream: &'a Stream,
    pub redaction: Option<Redaction<'a>>,
}

impl Reader<'_> {
    /// Reads the windows of a stream until none is open.
    pub(crate) async fn export(
        &self,
        journal: &mut Journal,
        run: u32,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<(), ExportError> {
        let stream = self.stream;
        if journal.state.is_done(&stream.name, run) {
            return Ok(());
        }
        journal.remove_others(stream)?;
        loop {
            let number = match journal.state.open_window(&stream.name) {
                Some(number) => number,
                None if journal.state.is_done(&stream.name, run) => return Ok(()),
                None => journal.open_root(stream, run, self.export.since.as_deref())?,
            };
            let Err(error) = self.read(journal, number, listener).await else {
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
        number: u32,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<(), ExportError> {
        let stream = self.stream;
        let mut restarts = 0;
        loop {
            let outcome = self.pass(journal, number, listener).await?;
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
        number: u32,
        listener: &mut dyn FnMut(Progressed<'_>),
    ) -> Result<Pass, ExportError> {
        let (stream, redaction) = (self.stream, self.redaction.as_ref());
        let (span, mut resume, mut seen) = journal.begin_window(stream, number)?;
        let bounds = stream.is_filtered(&span).then(|| span.bounds());
        // What was read before the process ended is a pass, if not a whole one.
        let mut passes = u32::from(seen.greatest().is_some());
        loop {
            // Records that are made meanwhile have greater ids than any before, and no pass is without one of a large list.
            let newest = seen.greatest();
            let is_missed = |row: &Row| row.id.is_some() && row.id < newest;
            let request = stream.request(self.export.core, &span);
            let mut pages = request.pages::<Row>().read_by(row::page);
            let mut is_first = resume.is_none() && passes == 0;
            if let Some(url) = resume.take() {
                pages = pages.resume_from(url);
            }
            let (mut missed, mut count) = (0, 0);
            while let Some(page) = pages.next().await {
                let page = match page {
                    Ok(page) => page,
                    Err(error) if error.is_cursor_expired() => return Ok(Pass::Again),
                    Err(error) => return Err(service(stream, error)),
                };
                count += 1;
                if let Some(problem) = unsound(stream, &page) {
                    return Err(ExportError::Unsound {
                        stream: stream.name.clone(),
                        problem,
                    });
                }
                let next = page.links().next().map(Url::to_string);
                let is_outside = |bounds: &Bounds| page.iter().any(|row| row.is_outside(bounds));
                if bounds.as_ref().is_some_and(is_outside) {
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
                    let ids = page.iter().filter_map(|row| row.id);
                    journal.divide(stream, number, parts, ids)?;
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
                missed += rows.iter().filter(|row| is_missed(row)).count();
                if passes == 0 || !rows.is_empty() {
                    let page = Page {
                        body: page.bytes(),
                        rows,
                        request_id: page.request_id().map(str::to_owned),
                        next: next.filter(|_| !stream.is_numbered()),
                    };
                    let rows = journal.page(stream, number, page, redaction)?;
                    listener(Progressed::Page {
                        stream: &stream.name,
                        rows,
                    });
                }
            }
            passes += 1;
            // Numbered pages of a list that changes can miss a record, so it is read until none is found that was missed.
            let is_whole = !stream.is_numbered() || count <= 1 || (passes > 1 && missed == 0);
            if is_whole {
                return Ok(Pass::Ended);
            }
            if passes == MOST_PASSES {
                return Ok(Pass::Again);
            }
        }
    }
}

/// Why a page is none of a list, if it is none.
fn unsound(stream: &Stream, page: &Response<List<Row>>) -> Option<&'static str> {
    // 206 is a part of a page, and 202 is none yet.
    let is_described = stream.operation.statuses.contains(&page.status().as_u16());
    let problem = "the service answered with a status that is not described for the list";
    (!is_described).then_some(problem)
}

/// What became of reading a window.
enum Pass {
    Ended,
    Divided,
    Again,
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
