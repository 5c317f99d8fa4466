//! Hidden records after every write of users who may not see them.

use std::collections::BTreeSet;

use super::description::Operation;
use super::exceptions::{WHOLE, is_whole};
use super::summary;
use super::writes::{Outcome, Stage};

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
    let look = async |operation: &Operation, (name, _), outcome: &Outcome| {
        if !outcome.changed {
            return;
        }
        writes += 1;
        let now = stage.scene.file.rows();
        let changed = hidden.iter().filter(|(row, is)| now.get(row) != Some(*is));
        for ((table, key), _) in changed {
            let id = operation.id.as_str();
            changed_by.insert(id.to_owned());
            if !is_whole(id) {
                changes.push(format!("{name}: {id} changes {table} {key}"));
            }
        }
    };
    stage.each_write(&stage.scene.users, look).await;
    println!("{} hidden rows, {writes} writes", hidden.len());
    assert!(!hidden.is_empty() && writes > 0);
    assert!(changes.is_empty(), "{}", summary(&changes));
    assert_eq!(
        changed_by,
        WHOLE.iter().map(|(id, _)| (*id).to_owned()).collect()
    );
}
