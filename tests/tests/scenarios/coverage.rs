//! Coverage of the API by all scenarios together.

use std::collections::BTreeSet;

use harvest_generated::v1::operations::OPERATIONS;
use harvest_sandbox::Sandbox;

use super::usage::Face;
use super::{departure, hire, revival};

#[tokio::test]
async fn the_scenarios_use_all_operations_that_are_not_superseded() {
    let used = [
        hire::usage().await,
        revival::usage().await,
        departure::usage().await,
    ];
    let operations: BTreeSet<_> = used
        .iter()
        .flat_map(|used| used.operations(Face::V1))
        .collect();
    let calls: usize = used.iter().map(|used| used.calls()).sum();
    let changes: usize = used.iter().map(|used| used.changes).sum();
    let refusals: usize = used.iter().map(|used| used.refusals).sum();
    println!(
        "together: {calls} calls of {} of {} operations; {changes} changes, {refusals} refusals",
        operations.len(),
        OPERATIONS.len()
    );
    let current = OPERATIONS.iter().filter(|operation| !operation.deprecated);
    // An operation that the sandbox answers from an example changes no record.
    let sandbox = Sandbox::start().await.unwrap();
    let emulated: BTreeSet<_> = sandbox.emulated().collect();
    let wanted = current.map(|operation| operation.id);
    let wanted: BTreeSet<_> = wanted.filter(|id| emulated.contains(id)).collect();
    let missing: Vec<_> = wanted.difference(&operations).collect();
    assert!(
        missing.is_empty(),
        "no scenario calls {missing:?}: add calls in tests/tests/scenarios (lists that do not \
         change: catalogue.rs)"
    );
}
