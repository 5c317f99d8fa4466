//! Ledgers and lists that say anything of the files of an export: what is copied of them to be proven.

use std::path::Path;

use super::{Said, Server, ok, says};
use crate::attachments::{self, FileReceipt};
use crate::columnar::{self, CommitReceipt};
use crate::error::ExportError;
use crate::folder;
use crate::hash::{self, ContentHash};
use crate::ledger::{Event, FILE, Ledger, Origin, Receipt};
use crate::privacy::Policy;
use crate::store::CopyLimits;
use crate::verify::{Report, verify};

const LONGEST: u64 = 4_000_000_000;

fn text(text: &str) -> String {
    text.to_owned()
}

fn page(bytes: u64) -> Event {
    Event::Page(Receipt {
        stream: text("users"),
        window: 1,
        page: 1,
        file: folder::page("users", 1, 1),
        rows: 1,
        bytes,
        hash: ContentHash::of(b""),
        min_id: None,
        max_id: None,
        request_id: None,
        next: None,
    })
}

fn window() -> Event {
    let span = serde_json::json!({"from": null, "to": "2026-01-01T00:00:00.000Z"});
    Event::Window {
        stream: text("users"),
        window: 1,
        run: 1,
        span: serde_json::from_value(span).expect("a span"),
    }
}

fn file(number: usize) -> Event {
    let sha256 = hash::of(number.to_string());
    Event::File(FileReceipt {
        stream: text("users"),
        record: 1,
        key: number.to_string(),
        file: attachments::path(&sha256, None),
        bytes: LONGEST,
        sha256,
    })
}

fn commit(bytes: u64) -> Event {
    Event::Commit(CommitReceipt {
        table: text("users"),
        version: 0,
        run: 1,
        file: columnar::commit("users", 0),
        bytes,
        hash: ContentHash::of(b""),
    })
}

/// A store with a ledger, and whatever else is listed, without an end.
fn server(events: &[Event], listed: &[(String, u64)]) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut ledger, _) = Ledger::open(folder.path()).expect("a ledger");
    let origin = Event::Export(Origin {
        format: 1,
        version: String::new(),
        host: text("harvest.example"),
        policy: Policy::default(),
    });
    let run = Event::of_run(1, "2026-01-01T00:00:00.000Z", "users");
    for event in [origin, run, window()].iter().chain(events) {
        ledger.append(event).expect("a line");
    }
    let ledger = std::fs::read_to_string(folder.path().join(FILE)).expect("text");
    let names = listed.iter().map(|(name, length)| {
        format!(
            "<Contents><Key>greenhouse/{name}</Key><LastModified>2026-03-02T10:00:00.000Z\
             </LastModified><ETag>\"a\"</ETag><Size>{length}</Size></Contents>"
        )
    });
    let names: String = names.collect();
    let list =
        format!("<ListBucketResult><IsTruncated>false</IsTruncated>{names}</ListBucketResult>");
    Server::start(move |line, _| {
        if line.contains("list-type") {
            return ok("", &list);
        }
        if line.contains(FILE) {
            return ok("", &ledger);
        }
        let head = format!(
            "HTTP/1.1 200 OK\r\n{}Content-Length: 100\r\n",
            super::OBJECT
        );
        Said::Endless(head, "")
    })
}

async fn copied(server: &Server, folder: &Path, limits: CopyLimits) -> Result<Report, ExportError> {
    let store = server.store(super::NO_PAUSE);
    store.copy(folder, &limits).await?;
    Ok(verify(folder).expect("a report"))
}

/// Nothing is asked for but the ledger and the list.
#[track_caller]
fn assert_not_read(server: &Server) {
    server.assert_left_alone();
    assert_eq!(server.count(), 2, "{:?}", server.requests);
}

#[tokio::test]
async fn what_is_made_of_the_ledger_is_as_long_as_that_allows() {
    for name in [
        "manifest.json",
        "deleted.ndjson",
        "files.ndjson",
        "export.sqlite",
    ] {
        for length in [3_000_000_000, u64::MAX / 2] {
            let server = server(&[], &[(text(name), length)]);
            let folder = tempfile::tempdir().expect("a folder");
            let report = copied(&server, folder.path(), CopyLimits::default()).await;
            let problems = report.expect("a copy").problems;
            let is_reported = problems.iter().any(|it| it.starts_with(name));
            assert!(
                is_reported || name == "export.sqlite",
                "{name}: {problems:?}"
            );
            assert_not_read(&server);
        }
    }
}

/// A begin of the ledger takes thirty times the memory of its text.
#[tokio::test]
async fn a_ledger_is_counted_before_it_is_taken_apart() {
    let lines = format!("{{\"after\":[{}1]}}\n", "1,".repeat(5_000_000));
    let server = Server::start(move |_, _| ok("", &lines));
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = copied(&server, folder.path(), CopyLimits::default()).await;
    let error = says(
        outcome,
        &["line 1 of the ledger", "4194304 values", "another prefix"],
    );
    assert!(matches!(error, ExportError::LedgerSize { .. }), "{error:?}");
}

#[tokio::test]
async fn files_are_as_long_as_an_export_makes_them() {
    let has_logs = Event::Columnar {
        form: text("1"),
        has_logs: true,
    };
    let views = Event::Views {
        bytes: LONGEST,
        hash: ContentHash::of(b""),
    };
    for (events, name, expected) in [
        (
            vec![page(LONGEST)],
            folder::page("users", 1, 1),
            "--max-response-size",
        ),
        (
            vec![page(65 * 1024 * 1024)],
            folder::page("users", 1, 1),
            "67108864 at the most",
        ),
        (
            vec![has_logs.clone(), commit(LONGEST)],
            columnar::commit("users", 0),
            "16777216 at the most",
        ),
        (
            vec![has_logs, views],
            text(columnar::VIEWS),
            "16777216 at the most",
        ),
    ] {
        let server = server(&events, &[(name.clone(), LONGEST)]);
        let folder = tempfile::tempdir().expect("a folder");
        let outcome = copied(&server, folder.path(), CopyLimits::default()).await;
        says(outcome, &[&name, "by its receipt", expected]);
        server.assert_left_alone();
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn all_files_together_are_bounded_by_what_is_set_and_by_the_disk() {
    let files: Vec<_> = (0..10_000).map(file).collect();
    let listed = files.iter().map(|it| match it {
        Event::File(receipt) => (receipt.file.clone(), receipt.bytes),
        _ => unreachable!("they are files"),
    });
    let server = server(&files, &listed.collect::<Vec<_>>());
    let most = |bytes| CopyLimits {
        bytes,
        ..CopyLimits::default()
    };
    for (limits, expected) in [
        (
            CopyLimits::default(),
            "68719476736 are allowed: raise --max-copy-size",
        ),
        (most(1), "1 are allowed: raise --max-copy-size"),
        (most(u64::MAX), "has room for"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let outcome = copied(&server, folder.path(), limits).await;
        says(
            outcome,
            &["s3://people/greenhouse: 40000000000000 bytes", expected],
        );
    }
    server.assert_left_alone();
    assert_eq!(server.count(), 6);
}

/// A proof lists a thousand problems.
#[tokio::test]
async fn objects_without_a_receipt_take_no_more_files_than_a_proof_lists() {
    let stray = |number| (format!("users/000009-{number:05}.ndjson"), 1);
    let listed: Vec<_> = (1..3_000).map(stray).collect();
    let server = server(&[], &listed);
    let folder = tempfile::tempdir().expect("a folder");
    let report = copied(&server, folder.path(), CopyLimits::default()).await;
    let problems = report.expect("a copy").problems;
    assert!(
        problems.iter().any(|it| it.contains("has no receipt")),
        "{problems:?}"
    );
    let there = std::fs::read_dir(folder.path().join("users")).expect("a folder");
    assert_eq!(there.count(), 1_000);
    assert_not_read(&server);
}
