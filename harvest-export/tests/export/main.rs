//! Exports of a sandbox, and what their proof finds.

mod changes;
#[cfg(feature = "parquet")]
mod deltas;
mod files;
mod hostile;
mod numbered;
mod proof;
mod resume;
#[cfg(feature = "object-store")]
mod stores;
mod storm;
#[cfg(feature = "parquet")]
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use harvest_export::catalog::Catalog;
use harvest_export::{
    Export, ExportError, Progressed, Summary, check_database, database, streams, verify,
};
use harvest_generated::runtime::{Api, Core, Method, RawRequest};
use harvest_generated::{v1, v3};
use harvest_sandbox::Sandbox;
use serde_json::Value;
use tokio::sync::Notify;

fn catalog(version: &'static str) -> Catalog {
    let operations = match version {
        "v1" => v1::operations::OPERATIONS,
        _ => v3::operations::OPERATIONS,
    };
    let document = harvest_spec::document(version).expect("it is embedded");
    Catalog::read(version, operations, document.json).expect("a catalog")
}

fn of_v1(sandbox: &Sandbox) -> Core {
    let client: v1::Client = v1::Client::builder()
        .credential(sandbox.key())
        .base_url(sandbox.url())
        .build()
        .expect("a client");
    client.core().clone()
}

/// A client of v3 for a user who sees every candidate.
fn of_v3(sandbox: &Sandbox) -> Core {
    let credentials = sandbox.v3_credentials().expect("it keeps records");
    let client: v3::Client = v3::Client::builder()
        .client_credentials(&credentials.client_id, &credentials.client_secret)
        .base_url(sandbox.url())
        .token_url(sandbox.token_url().expect("it has one"))
        .build()
        .expect("a client");
    client.core().with_acting_user(sandbox.user_id())
}

/// A client of v3, where each list has the records of its example.
async fn of_examples() -> (Sandbox, Core) {
    let builder = Sandbox::builder().version("v3").examples();
    let sandbox = builder.start().await.expect("it starts");
    let client: v3::Client = v3::Client::builder()
        .access_token(sandbox.key())
        .base_url(sandbox.url())
        .build()
        .expect("a client");
    let core = client.core().clone();
    (sandbox, core)
}

async fn export(
    core: &Core,
    catalog: &Catalog,
    folder: &Path,
    streams: &[&str],
) -> Result<Summary, ExportError> {
    let export = Export {
        streams: streams.iter().map(|name| (*name).to_owned()).collect(),
        ..Export::new(core, catalog, folder)
    };
    export.run(&mut |_| {}).await
}

/// Runs an export until so many of something have happened, as if the process ended there.
async fn stop_after(count: usize, export: &Export<'_>, counts: fn(&Progressed<'_>) -> bool) {
    let (enough, mut left) = (Notify::new(), count);
    let mut listener = |progressed: Progressed<'_>| {
        if counts(&progressed) {
            left -= 1;
            if left == 0 {
                enough.notify_one();
            }
        }
    };
    tokio::select! {
        biased;
        () = enough.notified() => {}
        outcome = export.run(&mut listener) => panic!("it was not stopped: {outcome:?}"),
    }
}

fn lines(folder: &Path, stream: &str) -> Vec<Value> {
    let entries = fs::read_dir(folder.join(stream)).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("text"));
    let lines = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    lines
        .map(|line| serde_json::from_str(&line).expect("JSON"))
        .collect()
}

fn ids(records: &[Value]) -> BTreeSet<i64> {
    records
        .iter()
        .filter_map(|record| record["id"].as_i64())
        .collect()
}

/// Changes a candidate, and waits until the time of an answer, which has a resolution of one second, tells it.
async fn change_title(core: &Core, candidate: i64, user: i64) {
    <RawRequest>::new(core, Method::Patch, "/v1/candidates/{id}")
        .path("id", candidate)
        .on_behalf_of(user)
        .json(&serde_json::json!({"title": "Field lead"}))
        .send()
        .await
        .expect("a change");
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
}

#[tokio::test]
async fn numbered_lists_are_read_by_windows_and_then_by_changes() {
    let sandbox = Sandbox::builder()
        .candidates(1_200)
        .start()
        .await
        .expect("it starts");
    let core = of_v1(&sandbox);
    let catalog = catalog("v1");
    let folder = tempfile::tempdir().expect("a folder");
    let some = ["candidates", "applications", "departments"];
    export(&core, &catalog, folder.path(), &some)
        .await
        .expect("an export");
    let report = verify(folder.path()).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);
    let first = lines(folder.path(), "candidates");
    assert_eq!((first.len(), ids(&first).len()), (1_200, 1_200));
    let files = fs::read_dir(folder.path().join("candidates")).expect("a folder");
    assert!(files.count() > 3, "windows of more than a page are divided");

    let changed = first[7]["id"].as_i64().expect("an id");
    change_title(&core, changed, sandbox.user_id()).await;
    let summary = export(&core, &catalog, folder.path(), &some)
        .await
        .expect("an export");
    assert!(summary.rows > 0);
    let second = lines(folder.path(), "candidates");
    let mut of_changed = second.iter().filter(|record| record["id"] == changed);
    assert_eq!(
        of_changed.next_back().expect("it is there")["title"],
        "Field lead"
    );
    assert!(
        second.len() < first.len() + 10,
        "only what changed is read again"
    );
    assert!(verify(folder.path()).expect("a report").is_whole());

    // Each damage is found, and the same export without it is whole.
    let file = folder.path().join("candidates");
    let page = fs::read_dir(&file)
        .expect("a folder")
        .map(|it| it.expect("a file").path());
    let page = page.min().expect("a page");
    let text = fs::read_to_string(&page).expect("text");
    fs::write(&page, text.replacen("\"first_name\"", "\"first_nome\"", 1)).expect("written");
    let report = verify(folder.path()).expect("a report");
    assert!(
        report
            .problems
            .iter()
            .any(|it| it.contains("not what was written")),
        "{report:?}"
    );
    fs::remove_file(&page).expect("removed");
    assert!(!verify(folder.path()).expect("a report").is_whole());
    fs::write(&page, &text).expect("written");
    fs::write(file.join("000099-00001.ndjson"), "{}\n").expect("written");
    let report = verify(folder.path()).expect("a report");
    assert!(
        report.problems.iter().any(|it| it.contains("no receipt")),
        "{report:?}"
    );
    fs::remove_file(file.join("000099-00001.ndjson")).expect("removed");
    assert!(verify(folder.path()).expect("a report").is_whole());

    let ledger = folder.path().join("ledger.ndjson");
    let text = fs::read_to_string(&ledger).expect("text");
    let all: Vec<_> = text.lines().collect();
    let receipt = all
        .iter()
        .position(|line| line.contains("\"page\""))
        .expect("a receipt");
    let without: Vec<_> = [&all[..receipt], &all[receipt + 1..]].concat();
    fs::write(&ledger, without.join("\n") + "\n").expect("written");
    assert!(matches!(
        verify(folder.path()),
        Err(ExportError::Ledger { .. })
    ));
    // A ledger that ends early has an open window, or files without a receipt.
    fs::write(&ledger, all[..all.len() - 1].join("\n") + "\n").expect("written");
    assert!(!verify(folder.path()).expect("a report").is_whole());
    export(&core, &catalog, folder.path(), &some)
        .await
        .expect("it goes on");
    let report = verify(folder.path()).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);

    let other = export(&core, &catalog, folder.path(), &["nothing"]).await;
    assert!(matches!(other, Err(ExportError::UnknownStream { .. })));
}

#[test]
fn parameters_have_the_names_that_paths_have_for_them() {
    let mut count = 0;
    for version in ["v1", "v3"] {
        for entry in catalog(version).entries() {
            let path = entry.operation.path;
            let parameters: BTreeSet<_> = entry
                .parameters
                .iter()
                .filter(|it| it.in_path)
                .map(|it| format!("{{{}}}", it.name))
                .collect();
            let steps: BTreeSet<_> = path
                .split('/')
                .filter(|step| step.starts_with('{'))
                .map(str::to_owned)
                .collect();
            assert_eq!(parameters, steps, "{version} {path}");
            count += parameters.len();
        }
    }
    assert!(count > 50, "only {count} parameters");
}

#[tokio::test]
async fn every_stream_of_each_version() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let old = catalog("v1");
    let folder = tempfile::tempdir().expect("a folder");
    export(&of_v1(&sandbox), &old, folder.path(), &[])
        .await
        .expect("an export");
    let report = verify(folder.path()).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);
    assert_eq!(
        report.streams.len() + report.left_out.len(),
        streams(&old).0.len()
    );
    let items = items_of_views(folder.path(), &old);
    assert!(items["candidates__email_addresses"] > 0, "{items:?}");
    assert!(items["jobs__hiring_team__recruiters"] > 0, "{items:?}");
    assert!(
        !report.not_covered.is_empty(),
        "lists of one record each are named"
    );

    let (_sandbox, core) = of_examples().await;
    let new = catalog("v3");
    let other = export(&core, &new, folder.path(), &[]).await;
    assert!(
        matches!(other, Err(ExportError::OtherExport { .. })),
        "it is of v1"
    );
    let folder = tempfile::tempdir().expect("a folder");
    export(&core, &new, folder.path(), &[])
        .await
        .expect("an export");
    let report = verify(folder.path()).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);
    assert_eq!(
        report.streams.len() + report.left_out.len(),
        streams(&new).0.len()
    );
    let items = items_of_views(folder.path(), &new);
    assert!(items["candidates__email_addresses"] > 0, "{items:?}");
}

/// How many rows each view of the database has, of which every one can be read.
fn items_of_views(folder: &Path, catalog: &Catalog) -> BTreeMap<String, u64> {
    let path = folder.join("export.sqlite");
    let built = database(folder, catalog, &path).expect("a database");
    assert!(built.drift.is_empty(), "{:?}", built.drift);
    assert_eq!(
        check_database(folder, &path, std::slice::from_ref(catalog)).expect("a check"),
        Vec::<String>::new()
    );
    let connection = rusqlite::Connection::open(&path).expect("it opens");
    let sql = "SELECT name FROM sqlite_master WHERE type = 'view'";
    let mut views = connection.prepare(sql).expect("a statement");
    let names = views.query_map([], |row| row.get(0)).expect("names");
    let names = names
        .collect::<rusqlite::Result<Vec<String>>>()
        .expect("names");
    let count = |name: String| {
        let sql = format!("SELECT count(*) FROM (SELECT * FROM \"{name}\")");
        let count = connection.query_row(&sql, [], |row| row.get(0));
        let count = count.unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, count)
    };
    names.into_iter().map(count).collect()
}
