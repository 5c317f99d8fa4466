//! Operations that a scenario calls, and how often.

use std::collections::{BTreeMap, BTreeSet};

use harvest_generated::v1::operations::OPERATIONS;
use harvest_runtime::Method;
use harvest_sandbox::LoggedRequest;

/// How often each operation was called, by its id.
#[derive(Default)]
pub struct Usage {
    calls: BTreeMap<&'static str, usize>,
    /// How many changes were made, and how many were refused.
    pub changes: usize,
    pub refusals: usize,
}

impl Usage {
    /// From what the sandbox remembers of its requests.
    pub fn of(requests: &[LoggedRequest]) -> Self {
        let mut used = Self::default();
        for request in requests {
            // Files are fetched without one.
            let Some(id) = request.operation.as_deref() else {
                continue;
            };
            let operation = OPERATIONS.iter().find(|operation| operation.id == id);
            let operation = operation.unwrap();
            *used.calls.entry(operation.id).or_default() += 1;
            let status = request.status.unwrap();
            assert!(status < 500, "{id}: {status}");
            if operation.method != Method::Get {
                *(if status < 300 {
                    &mut used.changes
                } else {
                    &mut used.refusals
                }) += 1;
            }
        }
        used
    }

    /// How many calls there were.
    pub fn calls(&self) -> usize {
        self.calls.values().sum()
    }

    /// The operations that change something.
    pub fn changing(&self) -> Vec<&'static str> {
        let changes = |id: &&str| {
            OPERATIONS
                .iter()
                .any(|it| it.id == *id && it.method != Method::Get)
        };
        self.calls.keys().copied().filter(changes).collect()
    }

    /// The ids of all operations.
    pub fn operations(&self) -> BTreeSet<&'static str> {
        self.calls.keys().copied().collect()
    }

    /// Says how much it was.
    pub fn print(&self, scenario: &str) {
        println!(
            "{scenario}: {} calls of {} operations; {} changes by {} operations, {} refusals",
            self.calls(),
            self.calls.len(),
            self.changes,
            self.changing().len(),
            self.refusals,
        );
    }
}
