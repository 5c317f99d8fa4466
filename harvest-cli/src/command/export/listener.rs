//! Progress of an export while it goes on: a line that changes on a terminal, or events for a program.

use std::io::Write;
use std::time::Instant;

use harvest_export::{Built, Plan, Progressed, Summary};
use serde_json::{Value, json};

use crate::failure::printable;
use crate::output;

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
            place: String::new(),
        }
    }

    pub(super) fn plan(&self, plan: &Plan) {
        if self.manner == Manner::Events {
            return event(&json!({
                "event": "plan",
                "streams": plan.streams,
                "goes_on": plan.goes_on,
                "requests_at_least": plan.requests,
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
            Progressed::Refused { stream, reason } => {
                self.line(&format!("not covered: {stream} {reason}"));
                self.event(&json!({"event": "refused", "stream": stream, "reason": reason}));
            }
            _ => {}
        }
    }

    /// The line that changes.
    fn show(&self, stream: &str) {
        if self.manner != Manner::Terminal {
            return;
        }
        let seconds = self.begun.elapsed().as_secs();
        let line = format!(
            "{} {stream}: {} records in {} pages, {}:{:02}",
            self.place,
            self.records,
            self.pages,
            seconds / 60,
            seconds % 60
        );
        let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        let line: String = printable(&line)
            .chars()
            .take(width.saturating_sub(1))
            .collect();
        // Back to the begin of the line, and nothing left of what stood there.
        eprint!("\r\u{1b}[K{line}");
    }

    /// Takes the line that changes away.
    pub(super) fn clear(&self) {
        if self.manner == Manner::Terminal {
            eprint!("\r\u{1b}[K");
        }
    }

    /// A line that stays.
    fn line(&self, text: &str) {
        if self.manner != Manner::Events {
            self.clear();
            eprintln!("{}", printable(text));
        }
    }

    fn event(&self, value: &Value) {
        if self.manner == Manner::Events {
            event(value);
        }
    }

    pub(super) fn built(&self, built: &Built) {
        for drift in &built.drift {
            let (stream, path, records) = (&drift.stream, &drift.path, drift.records);
            let what = match drift.what.as_str() {
                "unknown" => "is not in the description",
                _ => "is not of the described kind",
            };
            self.line(&format!(
                "drift: {stream}: {path} {what} ({records} records)"
            ));
            self.event(&json!({
                "event": "drift", "stream": stream, "path": path, "what": drift.what, "records": records
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
            "{} records, as of {}; `harvest export verify {proof}` proves it",
            summary.rows, summary.until
        ));
        self.event(&json!({
            "event": "done",
            "rows": summary.rows,
            "deleted": summary.deleted,
            "until": summary.until,
            "refused": summary.refused,
            "left_out": summary.left_out,
        }));
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
