//! Operations that a scenario calls, and how often.

use std::collections::{BTreeMap, BTreeSet};

use harvest_generated::{v1, v3};
use harvest_runtime::{Method, Operation};
use harvest_sandbox::LoggedRequest;

/// A version of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    V1,
    V3,
}

impl Face {
    fn operations(self) -> &'static [Operation] {
        match self {
            Self::V1 => v1::operations::OPERATIONS,
            Self::V3 => v3::operations::OPERATIONS,
        }
    }
}

/// How often each operation was called, by its version and id.
#[derive(Default)]
pub struct Usage {
    calls: BTreeMap<(Face, &'static str), usize>,
    /// How many changes were made, and how many were refused.
    pub changes: usize,
    pub refusals: usize,
}

impl Usage {
    /// Adds what the sandbox remembers of requests of a version.
    pub fn add(&mut self, requests: &[LoggedRequest], face: Face) {
        for request in requests {
            // Files are fetched without one.
            let Some(id) = request.operation.as_deref() else {
                continue;
            };
            let mut operations = face.operations().iter();
            let operation = operations.find(|operation| operation.id == id).unwrap();
            *self.calls.entry((face, operation.id)).or_default() += 1;
            let status = request.status.unwrap();
            assert!(status < 500, "{id}: {status}");
            if operation.method != Method::Get {
                *(if status < 300 {
                    &mut self.changes
                } else {
                    &mut self.refusals
                }) += 1;
            }
        }
    }

    /// How many calls there were.
    pub fn calls(&self) -> usize {
        self.calls.values().sum()
    }

    /// The operations that change something.
    pub fn changing(&self) -> Vec<&'static str> {
        let changes = |(face, id): &&(Face, &'static str)| {
            let mut operations = face.operations().iter();
            operations.any(|it| it.id == *id && it.method != Method::Get)
        };
        let changing = self.calls.keys().filter(changes);
        changing.map(|(_, id)| *id).collect()
    }

    /// The ids of all operations of a version.
    pub fn operations(&self, face: Face) -> BTreeSet<&'static str> {
        let of_face = self.calls.keys().filter(|(of, _)| *of == face);
        of_face.map(|(_, id)| *id).collect()
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
