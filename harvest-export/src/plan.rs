//! Plan of a run, before anything is sent.

use std::collections::BTreeSet;

use crate::error::ExportError;
use crate::ledger;
use crate::run::Export;
use crate::state::State;
use crate::stream::{choose, streams};

/// What a run would do.
#[derive(Debug)]
pub struct Plan {
    /// Whether it goes on with a run that stopped.
    pub goes_on: bool,
    /// The streams.
    pub streams: Vec<String>,
    /// The permissions or scopes that they take.
    pub permissions: BTreeSet<&'static str>,
    /// The least number of requests: lists by cursor do not say how long they are before they are read, so it is that of
    /// the run before for what is read as a whole, and one for everything else.
    pub requests: u64,
    /// Whether all of them were read before, so that the number of requests is about what it takes unless lists have grown.
    pub is_known: bool,
    /// Streams that are left out for what they say about people.
    pub left_out: Vec<String>,
    /// Lists of one record each, which an export does not read.
    pub not_covered: Vec<&'static str>,
}

impl Export<'_> {
    /// Says what a run would do. Nothing is sent or written.
    ///
    /// # Errors
    ///
    /// If there is no stream of a name, or the ledger of the folder was altered.
    pub fn plan(&self) -> Result<Plan, ExportError> {
        let state = if self.folder.join(ledger::FILE).exists() {
            State::of(ledger::events(&self.folder)?)
        } else {
            State::default()
        };
        let (all, not_covered) = streams(self.catalog);
        let shapes = &self.catalog.shapes;
        let (left_out, mut chosen): (Vec<_>, Vec<_>) = choose(&all, &self.streams)?
            .into_iter()
            .partition(|stream| self.privacy.leaves_out(stream.fields(shapes)));
        let unfinished = state.runs.last().filter(|run| {
            let mut streams = run.streams.iter();
            !streams.all(|stream| state.is_done(stream, run.number))
        });
        if let Some(run) = unfinished {
            chosen = all
                .iter()
                .filter(|it| run.streams.contains(&it.name))
                .collect();
            chosen.retain(|stream| !state.is_done(&stream.name, run.number));
        }
        let requests = chosen.iter().map(|stream| {
            let before = state.of_stream(&stream.name).last();
            let pages = before.filter(|_| stream.filter.is_none());
            pages.map_or(1, |(_, window)| window.receipts.len().max(1) as u64)
        });
        Ok(Plan {
            goes_on: unfinished.is_some(),
            is_known: chosen
                .iter()
                .all(|stream| state.reached(&stream.name).is_some()),
            requests: requests.sum(),
            permissions: chosen.iter().map(|it| it.operation.permission).collect(),
            streams: chosen.iter().map(|it| it.name.clone()).collect(),
            left_out: left_out.iter().map(|it| it.name.clone()).collect(),
            not_covered: not_covered.iter().map(|it| it.path).collect(),
        })
    }
}
