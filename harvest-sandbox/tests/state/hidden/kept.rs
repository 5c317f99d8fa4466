//! Hidden records after every write of somebody who may not see them.

use std::collections::BTreeSet;

use super::exceptions::WHOLE;
use super::summary;
use super::writes::Stage;

/// How many records there are in a block, which is no record.
const COUNTS: &str = "block";

#[tokio::test]
async fn no_write_changes_what_is_hidden() {
    let stage = Stage::set("hidden-kept").await;
    let mut hidden = stage.scene.file.rows();
    hidden.retain(|(table, key), _| {
        *table != COUNTS && !stage.before.contains(&((*table).to_owned(), key.clone()))
    });
    let mut changes = Vec::new();
    let mut changed_by = BTreeSet::new();
    let mut writes = 0;
    for (operation, request) in stage.requests() {
        for request in stage.tempting(operation, request) {
            for (name, user) in stage.scene.users {
                let outcome = stage.attempt(user, &request).await;
                if outcome.changed {
                    writes += 1;
                    let now = stage.scene.file.rows();
                    let changed = hidden.iter().filter(|(row, is)| now.get(row) != Some(*is));
                    for ((table, key), _) in changed {
                        let id = operation.id.as_str();
                        changed_by.insert(id);
                        if !WHOLE.iter().any(|(known, _)| *known == id) {
                            changes.push(format!("{name}: {id} changes {table} {key}"));
                        }
                    }
                }
                stage.take_back(&outcome);
            }
        }
    }
    println!("{} hidden rows, {writes} writes", hidden.len());
    assert!(!hidden.is_empty() && writes > 0);
    assert!(changes.is_empty(), "{}", summary(&changes));
    assert_eq!(changed_by, WHOLE.iter().map(|(id, _)| *id).collect());
}
