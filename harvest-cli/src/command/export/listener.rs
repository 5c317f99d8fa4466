//! Progress of an export while it goes on: a line that changes on a terminal, or events for a program.

use std::io::Write;
use std::time::{Duration, Instant};

use harvest_export::{Drift, Plan, Progressed, Summary};
use serde_json::{Value, json};

use crate::counted::counted;
use crate::failure::printable;
use crate::output::{self, progress};
use crate::words;

/// How many requests or files have to be done before the remaining time is reported.
const LEAST_DONE: u64 = 5;

/// How an export says what it does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// A line on standard error that changes, and lines that stay.
    Terminal,
    /// Lines on standard error for what is out of the ordinary.
    Quiet,
    /// An event a line, as JSON, on standard output.
    Events,
}

/// Says what an export does.
pub(super) struct Listener {
    manner: Manner,
    begun: Instant,
    records: u64,
    pages: u64,
    /// How many requests the run takes, if that is known.
    expected: Option<u64>,
    files: u64,
    /// How many files of the stream there are to fetch, and were fetched, and since when.
    wanted: u64,
    files_of_stream: u64,
    files_begun: Instant,
    /// `[3/71]`.
    place: String,
}

impl Listener {
    pub(super) fn new(manner: Manner) -> Self {
        Self {
            manner,
            begun: Instant::now(),
            records: 0,
            pages: 0,
            expected: None,
            files: 0,
            wanted: 0,
            files_of_stream: 0,
            files_begun: Instant::now(),
            place: String::new(),
        }
    }

    pub(super) fn plan(&mut self, plan: &Plan) {
        self.expected = plan.is_known.then_some(plan.requests);
        if self.manner == Manner::Events {
            return event(&json!({
                "event": "plan",
                "streams": plan.streams,
                "goes_on": plan.goes_on,
                "requests_at_least": plan.requests,
                "read_before": plan.is_known,
                "permissions": plan.permissions,
                "left_out": plan.left_out,
                "not_covered": plan.not_covered,
            }));
        }
        if self.manner == Manner::Terminal {
            for line in lines(plan) {
                eprintln!("{line}");
            }
            eprintln!("It may be stopped at any moment, and goes on when it is started again.");
        }
    }

    pub(super) fn progressed(&mut self, progressed: &Progressed<'_>) {
        match progressed {
            Progressed::Begun { stream, number, of } => {
                self.place = format!("[{number}/{of}]");
                self.show(stream);
                self.event(
                    &json!({"event": "stream", "stream": stream, "number": number, "of": of}),
                );
            }
            Progressed::Page { stream, rows } => {
                self.records += rows;
                self.pages += 1;
                self.show(stream);
                self.event(&json!({"event": "page", "stream": stream, "rows": rows}));
            }
            Progressed::Deleted { stream, records } => {
                if *records > 0 {
                    self.line(&format!("{records} {stream} are not listed any more"));
                }
                self.event(&json!({"event": "deleted", "stream": stream, "records": records}));
            }
            Progressed::Files { files, .. } => {
                self.wanted = *files;
                self.files_of_stream = 0;
                self.files_begun = Instant::now();
            }
            Progressed::File { stream, bytes } => {
                self.files += 1;
                self.files_of_stream += 1;
                self.show_files(stream);
                self.event(&json!({"event": "file", "stream": stream, "bytes": bytes}));
            }
            Progressed::Missing {
                stream,
                record,
                reason,
            } => {
                let reason = words::of_command(reason);
                self.line(&format!("no file: {stream} {record}: {reason}"));
                self.event(&json!({
                    "event": "missing", "stream": stream, "record": record, "reason": reason
                }));
            }
            Progressed::Refused { stream, reason } => {
                self.line(&format!("not covered: {stream} {reason}"));
                self.event(&json!({"event": "refused", "stream": stream, "reason": reason}));
            }
            _ => {}
        }
    }

    fn show(&self, stream: &str) {
        let (place, pages) = (&self.place, self.pages);
        let left = self
            .expected
            .and_then(|all| left(pages, all, self.begun.elapsed()));
        self.change(
            &format!(
                "{place} {stream}: {} in {}",
                counted(self.records, "record"),
                counted(pages, "page")
            ),
            left,
        );
    }

    fn show_files(&self, stream: &str) {
        let (done, all) = (self.files_of_stream, self.wanted);
        let left = left(done, all, self.files_begun.elapsed());
        self.change(&format!("files of {stream}: {done} of {all}"), left);
    }

    /// The line that changes.
    fn change(&self, text: &str, left: Option<Duration>) {
        if self.manner != Manner::Terminal {
            return;
        }
        let mut line = format!("{text}, {}", clock(self.begun.elapsed()));
        if let Some(left) = left {
            line = format!("{line}, about {} left", clock(left));
        }
        progress::show(&line);
    }

    /// A line that stays.
    fn line(&self, text: &str) {
        if self.manner != Manner::Events {
            progress::clear();
            eprintln!("{}", printable(text));
        }
    }

    fn event(&self, value: &Value) {
        if self.manner == Manner::Events {
            event(value);
        }
    }

    pub(super) fn drifted(&self, all: &[Drift]) {
        for drift in all {
            let (stream, path, records) = (&drift.stream, shown(&drift.path), drift.records);
            let what = match drift.what.as_str() {
                "unknown" => "is not in the description",
                _ => "is not of the described kind",
            };
            self.line(&format!(
                "drift: {stream}: {path} {what} ({})",
                counted(records, "record")
            ));
            self.event(&json!({
                "event": "drift", "stream": stream, "path": path, "what": drift.what,
                "records": records
            }));
        }
    }

    pub(super) fn done(&self, summary: &Summary, proof: &str) {
        if !summary.left_out.is_empty() {
            let streams = summary.left_out.join(", ");
            self.line(&format!(
                "left out: {streams} (--with demographic reads them)"
            ));
        }
        self.line(&format!(
            "{}, as of {}; `harvest export verify {proof}` proves it",
            counted(summary.rows, "record"),
            summary.until
        ));
        self.event(&json!({
            "event": "done",
            "rows": summary.rows,
            "deleted": summary.deleted,
            "files": self.files,
            "missing": summary.missing,
            "until": summary.until,
            "refused": summary.refused,
            "left_out": summary.left_out,
        }));
    }
}

/// The time that is left at the pace so far, waits for the rate limit included. None: so little was done that nothing can be
/// said, or more than was expected, because lists have grown.
fn left(done: u64, all: u64, elapsed: Duration) -> Option<Duration> {
    if done < LEAST_DONE || done > all {
        return None;
    }
    let (done, left) = (u32::try_from(done).ok()?, u32::try_from(all - done).ok()?);
    elapsed.checked_mul(left)?.checked_div(done)
}

/// `1:05`, `2:00:00`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A place in records, if it has the form of one. A name that the service invents may be that of a person, and this goes to
/// logs; `_drift` in the database has it.
fn shown(path: &str) -> &str {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    if path.bytes().all(is_of_name) {
        path
    } else {
        "…"
    }
}

/// A plan for a person.
pub(super) fn lines(plan: &Plan) -> Vec<String> {
    let verb = if plan.goes_on {
        "goes on with the run that stopped"
    } else {
        "begins a run"
    };
    let count = |number: u64, one: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    };
    let mut lines = vec![format!(
        "plan: {verb}: {}, at least {}",
        count(plan.streams.len() as u64, "stream"),
        count(plan.requests, "request")
    )];
    if !plan.left_out.is_empty() {
        lines.push(format!("plan: leaves out {}", plan.left_out.join(", ")));
    }
    lines
}

/// Who reads standard output may have had enough; the export goes on.
fn event(value: &Value) {
    let mut out = output::standard();
    let _ = writeln!(out, "{value}").and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_left_is_told_if_it_is_known() {
        let minute = Duration::from_secs(60);
        assert_eq!(left(10, 40, minute), Some(3 * minute));
        assert_eq!(left(40, 40, minute), Some(Duration::ZERO));
        for (done, all) in [(0, 40), (4, 40), (41, 40)] {
            assert_eq!(left(done, all, minute), None, "{done} of {all}");
        }
        assert_eq!(clock(Duration::from_secs(65)), "1:05");
        assert_eq!(clock(Duration::from_secs(7_325)), "2:02:05");
    }

    #[test]
    fn places_have_the_form_of_one() {
        for (path, is_shown) in [
            ("title", true),
            ("custom_fields.grade2", true),
            ("Noor Lindqvist", false),
            ("emails.noor@example.com", false),
            ("a\u{1b}[2J", false),
            ("größe", false),
        ] {
            assert_eq!(shown(path) == path, is_shown, "{path}");
        }
    }
}
