//! Recipes that copy lists: what is in the copy is compared with what the sandbox has.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use harvest_generated::v1::Client;
use harvest_generated::v1::types::{Application, ApplicationId, CandidateUpdate, JobId};
use harvest_sandbox::{Fault, Sandbox};
use rusqlite::Connection as Database;
use serde_json::json;

use super::harness::Harness;
use super::organization::Organization;
use super::{export_applications, export_scorecards, mirror_candidates, report_openings, text};
use crate::folder::Folder;

async fn mirror(client: &Client, database: &mut Database) -> String {
    let mut out = Vec::new();
    mirror_candidates::run(client, database, &mut out)
        .await
        .unwrap();
    text(out)
}

fn ids(database: &Database, condition: &str) -> BTreeSet<i64> {
    let sql = format!("SELECT id FROM candidate WHERE {condition}");
    let mut query = database.prepare(&sql).unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_mirror_follows_changes_and_finds_deletions() {
    let organization = Organization::start().await;
    let (client, acting) = (organization.client(), organization.acting());
    let all = organization.candidates().await;
    let mut database = Database::open_in_memory().unwrap();

    let first = mirror(&client, &mut database).await;
    assert!(
        first.starts_with(&format!("{} candidates", all.len())),
        "{first}"
    );
    let again = mirror(&client, &mut database).await;
    assert!(again.starts_with("0 candidates"), "{again}");

    let update = CandidateUpdate::default().title("Head of river days");
    acting
        .update_candidate(all[3].id, &update)
        .send()
        .await
        .unwrap();
    acting.delete_candidate(all[5].id).send().await.unwrap();
    let third = mirror(&client, &mut database).await;
    assert!(third.starts_with("1 candidates"), "{third}");
    let title: String = database
        .query_row(
            "SELECT record ->> '$.title' FROM candidate WHERE id = ?1",
            [all[3].id.0],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(title, "Head of river days");

    // Among changes, no deletion shows.
    assert!(ids(&database, "gone").is_empty());
    let mut out = Vec::new();
    mirror_candidates::reconcile(&client, &mut database, &mut out)
        .await
        .unwrap();
    assert_eq!(text(out), "1 candidates are gone\n");
    assert_eq!(ids(&database, "gone"), BTreeSet::from([all[5].id.0]));
}

#[tokio::test]
async fn a_mirror_takes_nothing_for_deleted_when_the_ids_may_not_be_all() {
    let organization = Organization::start().await;
    let client = organization.client();
    let mut database = Database::open_in_memory().unwrap();
    mirror(&client, &mut database).await;

    let broken = Fault::status(404).on("list_candidates");
    organization.sandbox.faults().add(broken).unwrap();
    let mut out = Vec::new();
    mirror_candidates::reconcile(&client, &mut database, &mut out)
        .await
        .unwrap_err();
    mirror_candidates::run(&client, &mut database, &mut out)
        .await
        .unwrap_err();
    assert!(ids(&database, "gone").is_empty());
    assert!(out.is_empty());
}

/// The ids of the applications in a file, each line of which is one.
fn exported(path: &Path) -> Vec<ApplicationId> {
    let lines = fs::read_to_string(path).unwrap();
    let application = |line| serde_json::from_str::<Application>(line).unwrap();
    lines.lines().map(|line| application(line).id).collect()
}

#[tokio::test]
async fn an_export_goes_on_where_it_was_stopped() {
    let sandbox = Sandbox::builder().candidates(1_200);
    let sandbox = sandbox.rate_limit(10_000, Duration::from_secs(10));
    let sandbox = sandbox.start().await.unwrap();
    let client = Client::builder().base_url(sandbox.url());
    let client = client.credential(sandbox.key()).build().unwrap();
    let folder = Folder::new("export");
    fs::create_dir_all(&folder.0).unwrap();

    let path = folder.0.join("whole.jsonl");
    let lines = export_applications::run(&client, &path).await.unwrap();
    // Links to files change with the time, ids do not.
    let whole = exported(&path);
    assert_eq!(whole.len() as u64, lines);
    assert!(lines > 1_000, "{lines} are not three pages");

    let path = folder.0.join("applications.jsonl");
    let bookmark = folder.0.join("applications.jsonl.bookmark");
    for page in 1..=3 {
        sandbox.faults().clear();
        let stop = Fault::status(404).on("list_applications").nth(page);
        sandbox.faults().add(stop).unwrap();
        export_applications::run(&client, &path).await.unwrap_err();
        assert_eq!(bookmark.exists(), page > 1);
        // Stopped while it wrote a page, it leaves half of it.
        let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(br#"{"id": 12, "half"#).unwrap();

        sandbox.faults().clear();
        let rest = export_applications::run(&client, &path).await.unwrap();
        assert_eq!(rest, lines - (page - 1) * 500);
        assert_eq!(exported(&path), whole);
        assert!(!bookmark.exists());
    }
}

#[tokio::test]
async fn progress_ends_at_the_last_page() {
    let organization = Organization::start().await;
    let client = organization.client();
    let all: Vec<_> = client
        .list_scorecards()
        .items()
        .try_collect()
        .await
        .unwrap();
    assert!(all.len() > 10);
    for per_page in [7, 500] {
        let (mut out, mut reports) = (Vec::new(), Vec::new());
        export_scorecards::run(&client, per_page, &mut out, |progress| {
            reports.push(progress.clone());
        })
        .await
        .unwrap();
        assert_eq!(text(out).lines().count(), all.len());
        let pages = all.len().div_ceil(usize::try_from(per_page).unwrap());
        assert_eq!(reports.len(), pages);
        for (done, report) in (1..).zip(&reports) {
            assert_eq!((report.pages, report.of), (done, Some(pages as u64)));
            assert!(report.line().contains(" s to go"), "{}", report.line());
        }
        let last = reports.last().unwrap();
        assert_eq!(last.records, all.len());
        assert_eq!(last.remaining(), Some(Duration::ZERO));
    }
}

#[tokio::test]
async fn tables_have_jobs_openings_and_fields_once() {
    let harness = Harness::set().await;
    let opening = |id, opened: &str, closed: Option<&str>| {
        json!({
            "id": id, "status": "open", "opened_at": opened, "closed_at": closed,
        })
    };
    harness.answer(
        "GET /v1/jobs",
        200,
        &json!([
            {
                "id": 7,
                "name": "River warden",
                "departments": [null, {"id": 3, "name": "Waterways"}],
                "openings": [
                    opening(70, "2026-03-01T00:00:00.000Z", Some("2026-03-11T00:00:00.000Z")),
                    opening(71, "2026-03-01T00:00:00.000Z", Some("2026-03-31T00:00:00.000Z")),
                ],
                "keyed_custom_fields": {"basin": {"name": "Basin", "type": "short_text",
                    "value": "Douro"}},
            },
            {"id": 8, "name": "Clerk", "departments": [],
                "openings": [opening(80, "2026-03-01T00:00:00Z", Some("2026-03-02T00:00:00Z"))]},
        ]),
    );
    let mut database = Database::open_in_memory().unwrap();
    for _ in 0..2 {
        let mut out = Vec::new();
        report_openings::run(&harness.client(), &mut database, &mut out)
            .await
            .unwrap();
        assert_eq!(
            text(out),
            "Waterways: 2 openings, 20 days on average\nno department: 1 openings, 1 days on \
             average\n"
        );
    }
    let fields: Vec<(i64, String, String, String)> = database
        .prepare("SELECT * FROM custom_field")
        .unwrap()
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let texts = |job: JobId, key: &str| {
        (
            job.0,
            key.to_owned(),
            "short_text".to_owned(),
            "\"Douro\"".to_owned(),
        )
    };
    assert_eq!(fields, [texts(JobId(7), "basin")]);
}
