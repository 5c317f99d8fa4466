//! The files that say what an export holds, made of its ledger: `manifest.json`, and `deleted.ndjson` with what is gone.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::state::{Progress, State};

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const DELETED: &str = "deleted.ndjson";

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    version: &'a str,
    host: &'a str,
    /// SHA-256 of the description that the last run read by.
    description: &'a str,
    /// The moment up to which changes were read.
    until: &'a str,
    /// The hash of the last line of the ledger, which no other line has.
    ledger: &'a str,
    runs: usize,
    streams: BTreeMap<&'a str, Stream>,
    /// Streams that the service refused in the last run.
    refused: BTreeMap<&'a str, &'a str>,
    not_covered: &'a [String],
    left_out: LeftOut<'a>,
}

#[derive(Serialize, Default)]
struct Stream {
    windows: usize,
    pages: usize,
    /// The lines of its files: a record that changed has several.
    rows: u64,
    bytes: u64,
    deleted: usize,
}

/// What is not in the export on purpose.
#[derive(Serialize)]
struct LeftOut<'a> {
    classes: Vec<&'a str>,
    streams: &'a [String],
    unknown_properties: bool,
    /// Identifies the key of the pseudonyms.
    pseudonyms: Option<&'a str>,
}

/// The manifest. None: no run has begun.
pub(crate) fn manifest(state: &State, link: &str) -> Option<String> {
    let (origin, last) = (state.origin.as_ref()?, state.runs.last()?);
    let mut streams: BTreeMap<&str, Stream> = BTreeMap::new();
    for name in state.runs.iter().flat_map(|run| &run.streams) {
        streams.entry(name).or_default();
    }
    for ((name, _), window) in &state.windows {
        let stream = streams.entry(name).or_default();
        stream.windows += usize::from(window.progress != Progress::Divided);
        stream.pages += window.receipts.len();
        stream.rows += window.receipts.iter().map(|it| it.rows).sum::<u64>();
        stream.bytes += window.receipts.iter().map(|it| it.bytes).sum::<u64>();
    }
    for ((name, _), deleted) in &state.deleted {
        streams.entry(name).or_default().deleted += deleted.ids.len();
    }
    let refused = state.refused.iter();
    let refused = refused.filter(|((_, run), _)| *run == last.number);
    let manifest = Manifest {
        format: origin.format,
        version: &origin.version,
        host: &origin.host,
        description: &last.description,
        until: &last.until,
        ledger: link,
        runs: state.runs.len(),
        streams,
        refused: refused
            .map(|((name, _), reason)| (name.as_str(), reason.as_str()))
            .collect(),
        not_covered: &last.not_covered,
        left_out: LeftOut {
            classes: origin.policy.without.iter().map(String::as_str).collect(),
            streams: &last.left_out,
            unknown_properties: !origin.policy.keeps_unknown,
            pseudonyms: origin.policy.pseudonyms.as_deref(),
        },
    };
    let mut text = serde_json::to_string_pretty(&manifest).ok()?;
    text.push('\n');
    Some(text)
}

/// A line for each record that is gone. None: nothing is.
pub(crate) fn deleted(state: &State) -> Option<String> {
    let all = state.deleted.iter().flat_map(|((stream, run), deleted)| {
        let line = move |id| serde_json::json!({"stream": stream, "id": id, "run": run});
        deleted.ids.iter().map(move |id| format!("{}\n", line(id)))
    });
    let text: String = all.collect();
    (!text.is_empty()).then_some(text)
}
