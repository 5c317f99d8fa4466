//! Exports in an object store: one in memory that heeds conditions, and fails where a test says so.

mod faulty;
#[cfg(feature = "parquet")]
mod logs;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use harvest_export::catalog::Catalog;
use harvest_export::{
    CopyLimits, Export, ExportError, Mirror, Needs, Report, Store, Summary, check_database,
    database, verify,
};
use harvest_generated::runtime::Core;
use harvest_sandbox::Sandbox;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{ObjectStoreExt, PutPayload};

use self::faulty::Faulty;
use super::{catalog, change_title, ids, lines, of_v1, of_v3, stop_after};

const STREAMS: [&str; 3] = ["candidates", "departments", "users"];

fn begin<'a>(core: &'a Core, catalog: &'a Catalog, folder: &Path) -> Export<'a> {
    Export {
        streams: STREAMS.map(str::to_owned).to_vec(),
        ..Export::new(core, catalog, folder)
    }
}

fn in_memory() -> (Arc<Faulty>, Store) {
    let objects = Arc::new(Faulty::new(InMemory::new()));
    let store = Store::of(objects.clone(), "s3://people/greenhouse").expect("a store");
    (objects, store)
}

/// A run from a working folder to its end.
async fn run(
    core: &Core,
    catalog: &Catalog,
    store: &Store,
    work: &Path,
    takes_over: bool,
) -> Result<Summary, ExportError> {
    let mut mirror = Mirror::begin(store.clone(), work, Needs::Ledger, takes_over).await?;
    let folder = mirror.folder().to_owned();
    let export = begin(core, catalog, &folder);
    let summary = mirror.during(export.run(&mut |_| {})).await?;
    mirror.finish().await?;
    Ok(summary)
}

/// The proof of what is in the store, and the ids of the candidates there.
async fn proven(store: &Store) -> (Report, BTreeSet<i64>) {
    let copy = tempfile::tempdir().expect("a folder");
    store
        .copy(copy.path(), &CopyLimits::default())
        .await
        .expect("a copy");
    let ids = if copy.path().join("candidates").is_dir() {
        ids(&lines(copy.path(), "candidates"))
    } else {
        BTreeSet::new()
    };
    (verify(copy.path()).expect("a report"), ids)
}

async fn assert_whole(store: &Store) {
    let (report, _) = proven(store).await;
    assert!(report.is_whole(), "{:?}", report.problems);
}

fn names(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("within");
            found.insert(name.to_str().expect("text").replace('\\', "/"));
        }
    }
    found
}

#[tokio::test]
async fn a_store_has_what_a_folder_would_have() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    let (objects, store) = in_memory();
    let work = tempfile::tempdir().expect("a folder");
    run(&core, &catalog, &store, work.path(), false)
        .await
        .expect("an export");
    let (report, of_first) = proven(&store).await;
    assert!(report.is_whole(), "{:?}", report.problems);
    assert!(!of_first.is_empty());
    let kept = objects.names().await;
    let expected = names(&work.path().join("export"));
    let expected = expected.iter().map(|it| format!("greenhouse/{it}"));
    assert_eq!(
        kept,
        expected.collect(),
        "the keys are the paths of the folder"
    );

    // Another computer has nothing, and reads what changed.
    let changed = *of_first.first().expect("an id");
    change_title(&core, changed, sandbox.user_id()).await;
    let other = tempfile::tempdir().expect("a folder");
    let summary = run(&core, &catalog, &store, other.path(), false)
        .await
        .expect("an export");
    assert!(summary.rows < of_first.len() as u64 + 50, "{summary:?}");
    assert_whole(&store).await;
    let of_second = tempfile::tempdir().expect("a folder");
    store
        .copy(of_second.path(), &CopyLimits::default())
        .await
        .expect("a copy");
    let records = lines(of_second.path(), "candidates");
    let last = records.iter().rfind(|it| it["id"] == changed);
    assert_eq!(last.expect("it is there")["title"], "Field lead");
    // The first one goes on from there, too; what it lacks is fetched if it is needed.
    let mirror = Mirror::begin(store.clone(), work.path(), Needs::Files, false)
        .await
        .expect("it begins");
    let pages = |folder: &Path| {
        let names = names(folder).into_iter();
        names.filter(|it| it.contains('/')).collect::<BTreeSet<_>>()
    };
    assert_eq!(pages(mirror.folder()), pages(of_second.path()));
    mirror.leave().await.expect("it leaves");

    // What was damaged, or is missing, or has no receipt, is found.
    let page = Key::from("greenhouse/users/000001-00001.ndjson");
    let text = objects.get(&page).await.expect("a page");
    let text = text.bytes().await.expect("bytes");
    let mut other = text.to_vec();
    let at = other.len() / 2;
    other[at] = other[at].wrapping_add(1);
    for (key, bytes) in [
        (page.clone(), Some(other)),
        (page.clone(), Some(b"{}\n".to_vec())),
        (page.clone(), None),
        (
            Key::from("greenhouse/users/000099-00001.ndjson"),
            Some(b"{}\n".to_vec()),
        ),
        (Key::from("greenhouse/manifest.json"), None),
    ] {
        let before = objects.get(&key).await.ok();
        match bytes {
            Some(bytes) => drop(objects.put(&key, bytes.into()).await.expect("put")),
            None => objects.delete(&key).await.expect("removed"),
        }
        let (report, _) = proven(&store).await;
        assert!(!report.is_whole(), "{key}");
        match before {
            Some(before) => {
                let bytes = before.bytes().await.expect("bytes");
                objects.put(&key, bytes.into()).await.expect("put");
            }
            None => objects.delete(&key).await.expect("removed"),
        }
    }
    assert!(proven(&store).await.0.is_whole());
    // An altered ledger is no ledger.
    let ledger = Key::from("greenhouse/ledger.ndjson");
    let text = objects.get(&ledger).await.expect("a ledger");
    let text = String::from_utf8(text.bytes().await.expect("bytes").to_vec()).expect("text");
    let altered = text.replacen("\"rows\":", "\"rows\": ", 1);
    objects.put(&ledger, altered.into()).await.expect("put");
    let begun = run(&core, &catalog, &store, work.path(), false).await;
    assert!(
        matches!(begun, Err(ExportError::Ledger { .. })),
        "{begun:?}"
    );
}

#[tokio::test]
async fn a_run_that_stops_goes_on_here_and_elsewhere() {
    let sandbox = Sandbox::builder().candidates(2_300).start().await;
    let sandbox = sandbox.expect("it starts");
    let (core, catalog) = (of_v3(&sandbox), catalog("v3"));
    let (whole, all) = (in_memory().1, tempfile::tempdir().expect("a folder"));
    run(&core, &catalog, &whole, all.path(), false)
        .await
        .expect("an export");
    let (_, expected) = proven(&whole).await;
    assert!(expected.len() > 2_000, "{}", expected.len());
    for (stop, is_elsewhere) in [(1, false), (1, true), (3, false), (4, true), (6, true)] {
        let (_, store) = in_memory();
        let work = tempfile::tempdir().expect("a folder");
        let mut mirror = Mirror::begin(store.clone(), work.path(), Needs::Ledger, false)
            .await
            .expect("it begins");
        let folder = mirror.folder().to_owned();
        let export = begin(&core, &catalog, &folder);
        // Long enough for something to be put, and nothing after the end of the process.
        let work_of_process = async {
            stop_after(stop, &export, |it| {
                matches!(it, harvest_export::Progressed::Page { .. })
            })
            .await;
            tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
            Err::<(), _>(ExportError::StoreAddress { reason: "stopped" })
        };
        mirror.during(work_of_process).await.expect_err("it stops");
        drop(mirror);
        // The ledger of the store names nothing that is not there.
        let (report, _) = proven(&store).await;
        let of_files =
            |it: &&String| it.contains("not what was written") || it.contains("cannot be read");
        assert_eq!(report.problems.iter().find(of_files), None);
        assert!(!report.is_whole());

        let elsewhere = tempfile::tempdir().expect("a folder");
        let next = if is_elsewhere { &elsewhere } else { &work };
        if is_elsewhere {
            let refused = run(&core, &catalog, &store, next.path(), false).await;
            let refused = refused.expect_err("the other may go on").to_string();
            assert!(refused.contains("s3://people/greenhouse"), "{refused}");
            assert!(refused.contains("--take-over"), "{refused}");
        }
        run(&core, &catalog, &store, next.path(), is_elsewhere)
            .await
            .expect("it goes on");
        let (report, found) = proven(&store).await;
        assert!(report.is_whole(), "after {stop}: {:?}", report.problems);
        assert_eq!(found, expected, "after {stop}");
        // Who had it before begins where the store is now.
        run(&core, &catalog, &store, work.path(), false)
            .await
            .expect("an export");
        let (report, found) = proven(&store).await;
        assert!(report.is_whole(), "after {stop}: {:?}", report.problems);
        assert_eq!(found, expected, "after {stop}");
    }
}

/// A computer that read something and put nothing of it goes on from what another one put meanwhile.
#[tokio::test]
async fn a_working_folder_that_was_overtaken_keeps_nothing_of_its_own() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    let (_, store) = in_memory();
    let [first, second] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let mirror = Mirror::begin(store.clone(), first.path(), Needs::Files, false)
        .await
        .expect("it begins");
    let folder = mirror.folder().to_owned();
    let path = folder.join("export.sqlite");
    let export = begin(&core, &catalog, &folder);
    export.run(&mut |_| {}).await.expect("an export");
    database(&folder, &catalog, &path).expect("a database");
    drop(mirror);
    let changed = *ids(&lines(&folder, "candidates")).first().expect("an id");
    change_title(&core, changed, sandbox.user_id()).await;
    run(&core, &catalog, &store, second.path(), true)
        .await
        .expect("an export");

    let mirror = Mirror::begin(store.clone(), first.path(), Needs::Files, false)
        .await
        .expect("it begins");
    database(&folder, &catalog, &path).expect("a database");
    let problems = check_database(&folder, &path, std::slice::from_ref(&catalog));
    assert_eq!(problems.expect("a check"), Vec::<String>::new());
    mirror.finish().await.expect("it ends");
    assert_whole(&store).await;
}

#[tokio::test]
async fn the_second_of_two_exports_is_refused() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    let (_, store) = in_memory();
    let [first, second] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let mut mirror = Mirror::begin(store.clone(), first.path(), Needs::Ledger, false)
        .await
        .expect("it begins");
    let refused = run(&core, &catalog, &store, second.path(), false).await;
    assert!(
        matches!(refused, Err(ExportError::Leased { .. })),
        "{refused:?}"
    );
    let again = Mirror::begin(store.clone(), first.path(), Needs::Ledger, false).await;
    assert!(
        matches!(again, Err(ExportError::Locked { .. })),
        "two of one folder"
    );
    // It is said to have ended, and had not: it does not write over what the other one wrote.
    run(&core, &catalog, &store, second.path(), true)
        .await
        .expect("an export");
    let folder = mirror.folder().to_owned();
    let export = begin(&core, &catalog, &folder);
    let outcome = match mirror.during(export.run(&mut |_| {})).await {
        Ok(_) => mirror.finish().await,
        Err(error) => Err(error),
    };
    let refused = outcome.expect_err("the store has another ledger");
    assert!(refused.to_string().contains("another export"), "{refused}");
    assert_whole(&store).await;
}

#[tokio::test]
async fn a_store_that_fails_loses_nothing() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    // Writes that are not carried out, and writes that are though the answer says otherwise.
    for is_lost in [false, true] {
        let (objects, store) = in_memory();
        let work = tempfile::tempdir().expect("a folder");
        objects.is_lost.store(is_lost, Ordering::Relaxed);
        // The lease, the first line of the ledger, pages, the ledger, the manifest.
        let mut failures = 0;
        for at in 1..=14 {
            objects.left.store(at, Ordering::Relaxed);
            let outcome = run(&core, &catalog, &store, work.path(), false).await;
            if let Err(error) = outcome {
                let error = error.to_string();
                assert!(error.starts_with("s3://people/greenhouse/"), "{error}");
                assert!(!error.contains("hunter2"), "{error}");
                failures += 1;
            }
        }
        assert!(failures > 10, "{failures}");
        objects.left.store(u64::MAX, Ordering::Relaxed);
        run(&core, &catalog, &store, work.path(), false)
            .await
            .expect("it goes on");
        assert_whole(&store).await;
    }
}

#[tokio::test]
async fn stores_that_cannot_keep_exports_apart_or_have_something_else() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    let work = tempfile::tempdir().expect("a folder");
    let (objects, store) = in_memory();
    objects.heeds_none.store(true, Ordering::Relaxed);
    let refused = run(&core, &catalog, &store, work.path(), false).await;
    let refused = refused.expect_err("it would overwrite").to_string();
    assert!(refused.contains("condition"), "{refused}");

    let (objects, store) = in_memory();
    let key = Key::from("greenhouse/users/accounts.csv");
    let accounts = PutPayload::from("of March");
    objects.put(&key, accounts).await.expect("put");
    let refused = run(&core, &catalog, &store, work.path(), false).await;
    let refused = refused
        .expect_err("it belongs to another program")
        .to_string();
    assert!(refused.contains("accounts.csv"), "{refused}");
    let copy = tempfile::tempdir().expect("a folder");
    let copied = store
        .copy(copy.path(), &CopyLimits::default())
        .await
        .expect_err("no export");
    assert!(copied.to_string().contains("no ledger"), "{copied}");
}
