//! Exports of lists by cursor that stop in their midst.

use std::path::Path;
use std::time::Duration;

use harvest_export::{Export, Progressed, verify};
use harvest_generated::runtime::Core;
use harvest_sandbox::Sandbox;

use super::{catalog, export, lines, of_v3};

const CANDIDATES: usize = 1_100;
/// Of 500 records each.
const PAGES: usize = 3;

async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::builder().candidates(CANDIDATES).start().await;
    sandbox.expect("it starts")
}

/// Exports candidates until so many pages are written.
async fn stop_after(pages: usize, core: &Core, folder: &Path) {
    let catalog = catalog("v3");
    let export = Export {
        streams: vec!["candidates".to_owned()],
        ..Export::new(core, &catalog, folder)
    };
    super::stop_after(pages, &export, |it| matches!(it, Progressed::Page { .. })).await;
}

/// How often the list was answered. A request that was broken off with its process has no status.
fn requests(sandbox: &Sandbox) -> usize {
    let all = sandbox.requests().into_iter();
    let list = |it: &harvest_sandbox::LoggedRequest| {
        it.operation.as_deref() == Some("list_candidates") && it.status == Some(200)
    };
    all.filter(list).count()
}

/// Goes on, and compares with an export that was not stopped. Returns how many pages were read.
async fn go_on(sandbox: &Sandbox, core: &Core, folder: &Path) -> usize {
    let catalog = catalog("v3");
    // The request that was broken off can arrive late, and be answered as if it were one of this export.
    tokio::time::sleep(Duration::from_millis(500)).await;
    sandbox.forget_requests();
    let outcome = export(core, &catalog, folder, &["candidates"]).await;
    outcome.expect("an export");
    let report = verify(folder).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);
    let asked = requests(sandbox);
    let other = tempfile::tempdir().expect("a folder");
    let outcome = export(core, &catalog, other.path(), &["candidates"]).await;
    outcome.expect("an export");
    let (records, expected) = (
        lines(folder, "candidates"),
        lines(other.path(), "candidates"),
    );
    assert!(expected.len() > 2 * 500, "three pages");
    assert_eq!(records, expected);
    asked
}

#[tokio::test]
async fn a_list_by_cursor_goes_on_behind_its_last_page() {
    for pages in 1..PAGES {
        let sandbox = sandbox().await;
        let core = of_v3(&sandbox);
        let folder = tempfile::tempdir().expect("a folder");
        stop_after(pages, &core, folder.path()).await;
        let report = verify(folder.path()).expect("a report");
        assert!(!report.is_whole(), "a window is open");
        let asked = go_on(&sandbox, &core, folder.path()).await;
        assert_eq!(asked, PAGES - pages, "nothing is read twice");
    }
}

#[tokio::test]
async fn a_list_whose_cursor_expired_is_read_from_its_begin() {
    let sandbox = sandbox().await;
    let core = of_v3(&sandbox);
    let folder = tempfile::tempdir().expect("a folder");
    stop_after(2, &core, folder.path()).await;
    let days = Duration::from_secs(3 * 24 * 3_600);
    sandbox.clock().advance(days).expect("it goes on");
    let asked = go_on(&sandbox, &core, folder.path()).await;
    assert_eq!(asked, PAGES, "what was read before counts no more");
}

#[tokio::test]
async fn pages_without_a_receipt_are_read_again() {
    let sandbox = sandbox().await;
    let core = of_v3(&sandbox);
    let folder = tempfile::tempdir().expect("a folder");
    stop_after(2, &core, folder.path()).await;
    // As if the process had ended between the second page and its receipt.
    let ledger = folder.path().join("ledger.ndjson");
    let text = std::fs::read_to_string(&ledger).expect("text");
    let last = text.trim_end().rfind('\n').expect("lines");
    std::fs::write(&ledger, &text[..=last]).expect("written");
    let asked = go_on(&sandbox, &core, folder.path()).await;
    assert_eq!(asked, PAGES - 1);
}
