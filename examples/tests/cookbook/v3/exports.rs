//! Exports, with ranges, cursors that expire, and a bookmark.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use harvest_generated::runtime::{Completeness, Timestamp};
use serde_json::{Value, json};

use super::server::Server;
use super::{export_applications, export_candidates, stderr, text};
use crate::folder::Folder;

fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn ids(text: &str) -> Vec<i64> {
    let lines = lines(text);
    lines
        .iter()
        .map(|line| line["id"].as_i64().unwrap())
        .collect()
}

async fn with_candidates() -> Server {
    let server = Server::start().await;
    let candidate = |id: i64, day: i64| {
        json!({
            "id": id,
            "updated_at": format!("2026-11-{day:02}T00:00:00.000Z"),
            "first_name": "Mira",
            "phone_numbers": [{"value": "555 0100", "type": "mobile"}],
            "email_addresses": [{"value": "mira.whitcombe@example.com", "type": "work"}],
        })
    };
    server.put(
        "candidates",
        [1, 3, 5, 7, 9].map(|day| candidate(100 + day, day)),
    );
    server.page_size(2);
    server
}

#[tokio::test]
async fn ranges_that_touch_export_each_change_once() {
    let server = with_candidates().await;
    let days = ["03", "07", "20"].map(|day| Timestamp::from(&*format!("2026-11-{day}T00:00:00Z")));
    let mut exported = Vec::new();
    for range in days.windows(2) {
        let (since, until) = (range[0].clone(), range[1].clone());
        let mut out = Vec::new();
        let export = export_candidates::run(&server.client(), since, until, &mut out)
            .await
            .unwrap();
        assert_eq!(export.candidates, 2);
        assert_eq!(export.completeness, Completeness::Proven);
        let out = text(out);
        for line in lines(&out) {
            assert_eq!(line["first_name"], "Mira");
            assert_eq!(line.get("phone_numbers"), None, "was not asked for");
        }
        exported.extend(ids(&out));
    }
    assert_eq!(exported, [105, 103, 109, 107]);
    let range = (
        "updated_at",
        "gte|2026-11-03T00:00:00Z|lt|2026-11-07T00:00:00Z",
    );
    let first = &server.sent("list_candidates")[0].query;
    assert!(
        first.contains(&(range.0.to_owned(), range.1.to_owned())),
        "{first:?}"
    );
    server.assert_scopes("export_candidates");
}

#[tokio::test]
async fn an_export_whose_cursor_expires_ends_with_an_error() {
    let server = with_candidates().await;
    server.meanwhile(|operation, nth, records| {
        if (operation, nth) == ("list_candidates", 2) {
            records.expire_cursors();
        }
        None
    });
    let [since, until] = ["2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z"].map(Timestamp::from);
    let result = export_candidates::run(&server.client(), since, until, &mut Vec::new()).await;
    let error = stderr(&result.err().unwrap());
    assert!(error.contains("cursor"), "{error}");
}

/// Five applications on pages of two.
async fn with_applications() -> Server {
    let server = Server::start().await;
    let answers = json!([{"question": "Which river?", "answer": "Douro"}]);
    server.put(
        "applications",
        [1, 2, 3, 4, 5].map(|id| json!({"id": id, "status": "in_process", "answers": answers})),
    );
    server.page_size(2);
    server
}

/// Exports until the second page is asked for, and leaves the file as `kill -9` does amid a page.
async fn break_off(server: &Server, path: &Path) {
    server.meanwhile(|_, nth, _| (nth == 2).then(|| (403, json!({"message": "Not now"}))));
    let result = export_applications::run(&server.client(), path).await;
    assert!(stderr(&result.unwrap_err()).contains("403"));
    assert!(path.with_extension("jsonl.bookmark").exists());
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(br#"{"id":3,"answers":[{"que"#).unwrap();
}

#[tokio::test]
async fn an_export_goes_on_where_it_was_stopped() {
    let server = with_applications().await;
    let folder = Folder::new("v3-export-stopped");
    fs::create_dir_all(&folder.0).unwrap();
    let path = folder.0.join("applications.jsonl");
    break_off(&server, &path).await;
    let added = export_applications::run(&server.client(), &path).await;
    assert_eq!(added.unwrap(), 3);
    assert_eq!(ids(&fs::read_to_string(&path).unwrap()), [5, 4, 3, 2, 1]);
    assert_eq!(folder.files().len(), 1, "the bookmark is gone");
    // The first page was not asked for again.
    let sent = server.sent("list_applications");
    assert_eq!(
        sent.iter()
            .filter(|sent| sent.query[0].0 == "per_page")
            .count(),
        1
    );
    server.assert_scopes("export_applications");
}

#[tokio::test]
async fn an_export_goes_on_after_its_cursor_expired_and_exports_none_twice() {
    let server = with_applications().await;
    let folder = Folder::new("v3-export-expired");
    fs::create_dir_all(&folder.0).unwrap();
    let path = folder.0.join("applications.jsonl");
    break_off(&server, &path).await;
    server.meanwhile(|_, nth, records| {
        // When it goes on, and once more later.
        if nth == 3 || nth == 6 {
            records.expire_cursors();
        }
        None
    });
    server.put("applications", [json!({"id": 6, "status": "in_process"})]);
    let added = export_applications::run(&server.client(), &path).await;
    assert_eq!(added.unwrap(), 3);
    assert_eq!(ids(&fs::read_to_string(&path).unwrap()), [5, 4, 3, 2, 1]);
    let sent = server.sent("list_applications");
    assert_eq!(
        sent.iter()
            .filter(|sent| sent.query[0].0 == "per_page")
            .count(),
        3
    );
}
