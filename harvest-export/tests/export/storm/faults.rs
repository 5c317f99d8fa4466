//! Faults of a storm, and the count of what exporters met.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use harvest_sandbox::{Effect, Fault, LoggedRequest, Sandbox};

use super::STREAMS;

/// What the names of operations begin with that read lists.
const LIST: &str = "list_";
/// From so many requests on each kind of fault has to be among them.
const MANY: u64 = 500;

/// What all exporters of a version met.
#[derive(Default)]
pub(super) struct Met {
    pub kills: u64,
    pub runs: u64,
    /// Runs that ended by a fault too many.
    pub failed: u64,
    requests: u64,
    faults: BTreeMap<String, u64>,
    expired_tokens: u64,
    expired_cursors: u64,
}

/// The operations that exporters read by.
fn lists() -> impl Iterator<Item = String> {
    STREAMS.into_iter().map(|stream| format!("{LIST}{stream}"))
}

/// Lets faults fall on the lists. Each answer takes so long that the changes that belong to it keep up.
pub(super) fn begin(sandbox: &Sandbox, changes: u64) {
    let all = [
        Fault::latency(Duration::from_millis(changes)),
        Fault::retry_after(429, Duration::from_millis(30)).chance(0.05, 1),
        Fault::status(502).chance(0.05, 2),
        Fault::reset().chance(0.04, 3),
        Fault::status(401).chance(0.03, 4),
        Fault::truncated_body().chance(0.03, 5),
        Fault::html(200).chance(0.02, 6),
    ];
    for fault in all {
        let fault = lists().fold(fault, Fault::on);
        sandbox.faults().add(fault).expect("a fault");
    }
}

fn is_of_exporter(request: &LoggedRequest) -> bool {
    let operation = request.operation.as_deref();
    let list = operation.and_then(|operation| operation.strip_prefix(LIST));
    list.is_some_and(|list| STREAMS.contains(&list))
}

/// How often exporters asked since the log was emptied. Writers read no lists.
pub(super) fn asked(sandbox: &Sandbox) -> u64 {
    let requests = sandbox.requests();
    requests.iter().filter(|it| is_of_exporter(it)).count() as u64
}

impl Met {
    pub(super) fn add(&mut self, requests: &[LoggedRequest]) {
        for request in requests.iter().filter(|it| is_of_exporter(it)) {
            self.requests += 1;
            let mut faults = request.faults.iter().filter_map(name).peekable();
            if faults.peek().is_none() {
                match request.status {
                    Some(401) => self.expired_tokens += 1,
                    Some(status) if status >= 400 => self.expired_cursors += 1,
                    _ => {}
                }
            }
            for fault in faults {
                *self.faults.entry(fault).or_default() += 1;
            }
        }
    }

    /// What a long storm did not have.
    pub(super) fn lacks(&self, version: &str) -> Vec<String> {
        if self.requests < MANY {
            return Vec::new();
        }
        let mut lacks = Vec::new();
        if self.faults.len() < 6 {
            lacks.push("not every kind of fault was met".to_owned());
        }
        let has_expired = self.expired_tokens > 0 && self.expired_cursors > 0;
        if version == "v3" && !has_expired {
            lacks.push("no token or no cursor expired".to_owned());
        }
        lacks
    }
}

fn name(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::Latency(_) => return None,
        Effect::Status(status) | Effect::RetryAfter { status, .. } => status.to_string(),
        Effect::Html(status) => format!("{status} with HTML"),
        Effect::Reset => "reset".to_owned(),
        Effect::TruncatedBody => "half a body".to_owned(),
        other => format!("{other:?}"),
    })
}

impl fmt::Display for Met {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills in {} runs, of which {} ended by a fault; {} requests, with faults:",
            self.kills, self.runs, self.failed, self.requests
        )?;
        for (fault, count) in &self.faults {
            write!(f, " {count} x {fault},")?;
        }
        write!(
            f,
            " {} expired tokens, {} expired cursors",
            self.expired_tokens, self.expired_cursors
        )
    }
}
