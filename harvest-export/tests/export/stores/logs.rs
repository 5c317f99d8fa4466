//! Delta logs of tables in a store: a commit names nothing that is not there, and takes the place of no other program's.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use harvest_export::catalog::Catalog;
use harvest_export::{CopyLimits, ExportError, Mirror, Needs, Store, delta};
use harvest_generated::runtime::Core;
use harvest_sandbox::Sandbox;
use object_store::path::Path as Key;
use object_store::{ObjectStoreExt, PutPayload};
use serde_json::Value;

use super::super::{catalog, change_title, ids, lines, of_v1};
use super::{Faulty, assert_whole, begin, in_memory, proven};

const LOG: &str = "greenhouse/parquet/candidates/_delta_log";

/// A run from a working folder to its end, with tables and their logs. They are made again where `columns` changes.
async fn run(
    core: &Core,
    catalog: &Catalog,
    store: &Store,
    work: &Path,
    columns: &str,
) -> Result<(), ExportError> {
    let mut mirror = Mirror::begin(store.clone(), work, Needs::Files, true).await?;
    let folder = mirror.folder().to_owned();
    let export = begin(core, catalog, &folder);
    mirror.during(export.run(&mut |_| {})).await?;
    delta(&folder, catalog, columns)?;
    mirror.finish().await
}

async fn text(objects: &Faulty, key: &str) -> String {
    let found = objects.get(&Key::from(key)).await.expect("an object");
    let bytes = found.bytes().await.expect("bytes").to_vec();
    String::from_utf8(bytes).expect("text")
}

/// The commits to the log of the candidates. Each adds a file that is there.
async fn commits(objects: &Faulty) -> Vec<String> {
    let names = objects.names().await;
    let mut commits = Vec::new();
    for name in names.iter().filter(|it| it.contains("/_delta_log/")) {
        let (table, _) = name.split_once("/_delta_log/").expect("a table");
        let commit = text(objects, name).await;
        for line in commit.lines() {
            let action: Value = serde_json::from_str(line).expect("JSON");
            if let Some(path) = action["add"]["path"].as_str() {
                let file = objects.head(&Key::from(format!("{table}/{path}"))).await;
                assert_eq!(action["add"]["size"], file.expect("it is there").size);
            }
        }
        if name.starts_with(LOG) {
            commits.push(commit);
        }
    }
    commits
}

#[tokio::test]
async fn a_log_in_a_store_adds_what_is_there() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    let columns = harvest_spec::columns("v1").expect("it has a list");
    let (objects, store): (Arc<Faulty>, _) = in_memory();
    let work = tempfile::tempdir().expect("a folder");
    let mut failures = 0;
    for at in 1..=16 {
        objects.left.store(at, Ordering::Relaxed);
        let outcome = run(&core, &catalog, &store, work.path(), columns).await;
        failures += u32::from(outcome.is_err());
        commits(&objects).await;
    }
    assert!(failures > 10, "{failures}");
    objects.left.store(u64::MAX, Ordering::Relaxed);
    run(&core, &catalog, &store, work.path(), columns)
        .await
        .expect("an export");
    let before = commits(&objects).await;
    assert!(!before.is_empty());
    assert!(proven(&store).await.0.is_whole());

    // Another computer adds to it.
    let copy = tempfile::tempdir().expect("a folder");
    store
        .copy(copy.path(), &CopyLimits::default())
        .await
        .expect("a copy");
    let changed = ids(&lines(copy.path(), "candidates"));
    let changed = *changed.first().expect("an id");
    change_title(&core, changed, sandbox.user_id()).await;
    let other = tempfile::tempdir().expect("a folder");
    run(&core, &catalog, &store, other.path(), columns)
        .await
        .expect("an export");
    let after = commits(&objects).await;
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after[..before.len()], before);
    assert_whole(&store).await;

    // Tables of another form have logs of their own in the same places. What changed lately is read once more.
    let columns = format!("{columns}\n");
    run(&core, &catalog, &store, other.path(), &columns)
        .await
        .expect("an export");
    let second = commits(&objects).await;
    assert_eq!(second.len(), after.len() + 1);
    assert_ne!(second.first(), after.first());
    assert_whole(&store).await;

    // What another program commits stays, and ends the export.
    let next = format!("{LOG}/{:020}.json", second.len());
    let theirs = "{\"commitInfo\":{\"operation\":\"OPTIMIZE\"}}\n";
    let payload = PutPayload::from(theirs);
    objects
        .put(&Key::from(next.as_str()), payload)
        .await
        .expect("put");
    change_title(&core, changed, sandbox.user_id()).await;
    let refused = run(&core, &catalog, &store, other.path(), &columns).await;
    let refused = refused.expect_err("the log is not ours").to_string();
    assert!(refused.contains("another program"), "{refused}");
    assert_eq!(text(&objects, &next).await, theirs);
    objects
        .delete(&Key::from(next.as_str()))
        .await
        .expect("removed");
    run(&core, &catalog, &store, other.path(), &columns)
        .await
        .expect("an export");
    assert_whole(&store).await;
}
