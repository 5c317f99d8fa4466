//! Files that records name, mirrored from a sandbox.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use harvest_export::{Attachments, Export, ExportError, Privacy, Progressed, Summary, verify};
use harvest_generated::runtime::{Core, Method, RawRequest};
use harvest_sandbox::Sandbox;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::hostile::client;
use super::{catalog, export, lines, of_v1, of_v3, stop_after};

const EIGHT_DAYS: Duration = Duration::from_secs(8 * 24 * 60 * 60);

/// Exports a stream with the files that its records name.
async fn mirror(
    core: &Core,
    version: &'static str,
    folder: &Path,
    stream: &str,
    most: Option<u64>,
) -> Result<Summary, ExportError> {
    let catalog = catalog(version);
    let mut attachments = Attachments::default();
    attachments.max_bytes = most.unwrap_or(attachments.max_bytes);
    let export = Export {
        streams: vec![stream.to_owned()],
        attachments: Some(attachments),
        ..Export::new(core, &catalog, folder)
    };
    export.run(&mut |_| {}).await
}

fn index(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("files.ndjson")).expect("a list");
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    lines.collect()
}

fn mirrored(folder: &Path) -> BTreeSet<PathBuf> {
    let shards = fs::read_dir(folder.join("files")).expect("a folder");
    let shards = shards.map(|it| it.expect("an entry").path());
    let files = shards.flat_map(|it| fs::read_dir(it).expect("a folder"));
    files.map(|it| it.expect("a file").path()).collect()
}

/// How many files were fetched: their links belong to no operation.
fn fetched(sandbox: &Sandbox) -> usize {
    let requests = sandbox.requests().into_iter();
    let files = requests.filter(|it| it.operation.is_none() && it.method == "GET");
    files.filter(|it| it.status == Some(200)).count()
}

fn is_whole(folder: &Path) -> bool {
    let report = verify(folder).expect("a report");
    if !report.is_whole() {
        eprintln!("{:?}", report.problems);
    }
    report.is_whole()
}

#[tokio::test]
async fn files_are_fetched_once_and_proven() {
    let sandbox = Sandbox::start().await.expect("it starts");
    for (version, stream, core) in [
        ("v3", "attachments", of_v3(&sandbox)),
        ("v1", "candidates", of_v1(&sandbox)),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let summary = mirror(&core, version, folder, stream, None)
            .await
            .expect("an export");
        assert_eq!(summary.missing, 0);
        assert!(is_whole(folder));
        let files = mirrored(folder);
        let list = index(folder);
        assert!(!files.is_empty() && list.len() >= files.len(), "{list:?}");
        for line in &list {
            let (name, path) = (line["name"].as_str(), line["file"].as_str());
            let (name, path) = (name.expect("a name"), path.expect("a path"));
            assert!(!name.contains(['/', '\\']), "{name}");
            let bytes = fs::read(folder.join(path)).expect("a file");
            assert_eq!(line["bytes"], bytes.len());
        }
        let ledger = fs::read_to_string(folder.join("ledger.ndjson")).expect("a ledger");
        for line in &list {
            let name = line["name"].as_str().expect("a name");
            assert!(!ledger.contains(name), "names are about people");
        }

        sandbox.forget_requests();
        mirror(&core, version, folder, stream, None)
            .await
            .expect("an export");
        assert_eq!(fetched(&sandbox), 0);
        assert!(is_whole(folder));

        // Each damage is found.
        let first = files.first().expect("a file");
        let bytes = fs::read(first).expect("a file");
        fs::write(first, b"other").expect("written");
        assert!(!is_whole(folder));
        fs::remove_file(first).expect("removed");
        assert!(!is_whole(folder));
        fs::write(first, bytes).expect("written");
        assert!(is_whole(folder));
        // What a process that ended left is removed, and what belongs to another program stays.
        let stray = folder.join("files/00").join("0".repeat(64));
        let other = folder.join("files/notes.txt");
        fs::create_dir_all(folder.join("files/00")).expect("made");
        for path in [&stray, &other] {
            fs::write(path, b"x").expect("written");
        }
        assert!(!is_whole(folder));
        mirror(&core, version, folder, stream, None)
            .await
            .expect("an export");
        assert!(!stray.exists() && !is_whole(folder));
        fs::remove_file(other).expect("it is there");
        assert!(is_whole(folder));
    }
}

/// Links run out after seven days: the record is read again for a fresh one. What is gone since is no fault of the export.
#[tokio::test]
async fn links_that_ran_out_are_read_again() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let core = of_v3(&sandbox);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    export(&core, &catalog("v3"), folder, &["attachments"])
        .await
        .expect("an export");
    let all = lines(folder, "attachments");
    sandbox.clock().advance(EIGHT_DAYS).expect("a clock");
    // The token ran out with them.
    let core = of_v3(&sandbox);
    let gone = all[0]["id"].as_i64().expect("an id");
    <RawRequest>::new(&core, Method::Delete, "/v3/attachments/{id}")
        .path("id", gone)
        .send()
        .await
        .expect("removed");
    let summary = mirror(&core, "v3", folder, "attachments", None)
        .await
        .expect("an export");
    assert_eq!(summary.missing, 0);
    let report = verify(folder).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);
    let list = index(folder);
    let has = |id: i64| list.iter().any(|line| line["record"] == id);
    assert!(!has(gone));
    assert_eq!(list.len() as u64 + report.gone_files, all.len() as u64);
}

#[tokio::test]
async fn a_mirror_that_stopped_goes_on() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let core = of_v3(&sandbox);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let catalog = catalog("v3");
    for _ in 0..3 {
        let export = Export {
            streams: vec!["attachments".to_owned()],
            attachments: Some(Attachments::default()),
            ..Export::new(&core, &catalog, folder)
        };
        stop_after(2, &export, |it| matches!(it, Progressed::File { .. })).await;
        assert!(!is_whole(folder));
    }
    let before = mirrored(folder).len();
    mirror(&core, "v3", folder, "attachments", None)
        .await
        .expect("an export");
    assert!(is_whole(folder));
    assert!(mirrored(folder).len() >= before);
    // None was fetched twice, but for those on their way when it was stopped.
    let (fetched, all) = (fetched(&sandbox), index(folder).len());
    assert!(fetched <= all + 3, "{fetched} of {all}");
}

#[tokio::test]
async fn files_that_are_too_large_or_left_out() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let core = of_v3(&sandbox);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let summary = mirror(&core, "v3", folder, "attachments", Some(1))
        .await
        .expect("an export");
    assert!(summary.missing > 0);
    assert!(!is_whole(folder));
    let summary = mirror(&core, "v3", folder, "attachments", None)
        .await
        .expect("an export");
    assert_eq!(summary.missing, 0);
    assert!(is_whole(folder));

    let catalog = catalog("v3");
    let other = tempfile::tempdir().expect("a folder");
    let export = Export {
        attachments: Some(Attachments::default()),
        privacy: Privacy::new(&["document".to_owned()], &[], None).expect("a class"),
        ..Export::new(&core, &catalog, other.path())
    };
    let refused = export.run(&mut |_| {}).await;
    assert!(
        matches!(refused, Err(ExportError::DocumentsLeftOut { .. })),
        "{refused:?}"
    );
}

/// A server of files that always answers so.
async fn file_server(answer: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4_096]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    url
}

/// One server that asks for a day delays no files of another, and is not asked for each of its own.
#[tokio::test]
async fn a_pause_of_one_server_holds_for_its_files_alone() {
    let paused = file_server(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 86400\r\nConnection: close\r\n\
         Content-Length: 0\r\n\r\n",
    );
    let ready = file_server("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");
    let (paused, ready) = (paused.await, ready.await);
    let of = |server: &str, at: u32| {
        format!(r#"{{"filename":"{at}.pdf","type":"resume","url":"{server}/{at}"}}"#)
    };
    let files = [of(&paused, 1), of(&paused, 2), of(&ready, 3)].join(",");
    let candidates =
        format!(r#"[{{"id":1,"updated_at":"2026-01-01T00:00:00.000Z","attachments":[{files}]}}]"#);
    let core = client(Arc::new(move |_: &str| (String::new(), candidates.clone()))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = mirror(&core, "v1", folder.path(), "candidates", None).await;
    let Err(ExportError::Service { source, .. }) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(source.is_paused() && source.paused_until().is_some());
    assert_eq!(source.attempts(), 1);
    assert_eq!(mirrored(folder.path()).len(), 1);
}
