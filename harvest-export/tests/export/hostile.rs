//! A service that answers with anything, and folders that hold something else.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use harvest_export::catalog::Catalog;
use harvest_export::{Export, ExportError, Summary, check_database, database, verify};
use harvest_generated::runtime::chrono::{DateTime, TimeDelta, Utc};
use harvest_generated::runtime::{Api, Core, Limiter};
use harvest_generated::v1;
use harvest_sandbox::Sandbox;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{catalog, export, of_v1};

/// Headers, each with its line break, and a body.
pub(super) type Answer = (String, String);

/// What answers a target, such as `/v1/departments?per_page=500`.
pub(super) type Service = dyn Fn(&str) -> Answer + Send + Sync;

/// A client of a service.
pub(super) async fn client(service: Arc<Service>) -> Core {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(speak(stream, Arc::clone(&service)));
        }
    });
    let client: v1::Client = v1::Client::builder()
        .credential("a-key")
        .base_url(&url)
        .limiter(Limiter::unlimited())
        .build()
        .expect("a client");
    client.core().clone()
}

async fn speak(mut stream: TcpStream, service: Arc<Service>) {
    let mut request = Vec::new();
    let mut piece = [0; 4_096];
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut piece).await {
            Ok(read) if read > 0 => request.extend_from_slice(&piece[..read]),
            _ => return,
        }
    }
    let request = String::from_utf8_lossy(&request);
    let (headers, body) = service(request.split(' ').nth(1).unwrap_or_default());
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: \
         {length}\r\n{headers}\r\n"
    );
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(body.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// An export of one list, which is one page of these records.
pub(super) async fn of_records(
    records: &str,
    headers: &str,
    folder: &Path,
) -> (Catalog, Result<Summary, ExportError>) {
    let answer = (headers.to_owned(), records.to_owned());
    let core = client(Arc::new(move |_| answer.clone())).await;
    let catalog = catalog("v1");
    let outcome = export(&core, &catalog, folder, &["departments"]).await;
    (catalog, outcome)
}

#[tokio::test]
async fn a_clock_that_is_ahead_leaves_nothing_out() {
    for ahead in [
        TimeDelta::hours(1),
        TimeDelta::days(40),
        TimeDelta::days(365 * 7_000),
        TimeDelta::hours(-1),
    ] {
        let date = (Utc::now() + ahead).format("%a, %d %b %Y %H:%M:%S GMT");
        let folder = tempfile::tempdir().expect("a folder");
        let headers = format!("Date: {date}\r\n");
        let (_, outcome) = of_records(r#"[{"id":1}]"#, &headers, folder.path()).await;
        let until = outcome.expect("an export").until;
        let until: DateTime<Utc> = until.parse().expect("a moment");
        assert!(until <= Utc::now(), "{date}: as of {until}");
        assert!(verify(folder.path()).expect("a report").is_whole());
    }
}

/// Three moments within the span of a request.
fn moments(target: &str) -> [String; 3] {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let bound = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.find(|(key, _)| *key == name);
        let moment = found.map(|(_, value)| value.replace("%3A", ":"));
        moment.and_then(|it| it.parse::<DateTime<Utc>>().ok())
    };
    let to = bound("updated_before").unwrap_or_else(Utc::now);
    let from = bound("updated_after").unwrap_or(to - TimeDelta::days(9_000));
    let step = (to - from) / 4;
    [1, 2, 3].map(|part| {
        let moment = from + step * part;
        moment.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    })
}

fn record(id: usize, moment: &str) -> String {
    format!(r#"{{"id":{id},"updated_at":"{moment}"}}"#)
}

/// The header of a first page with others behind it.
fn further_pages() -> String {
    let link = |page: u64, rel: &str| format!("<{}?page={page}>; rel=\"{rel}\"", "/v1/candidates");
    format!("Link: {}, {}\r\n", link(2, "next"), link(u64::MAX, "last"))
}

/// Three records of a span, with further pages behind them, whatever the span is.
fn always_more(target: &str) -> Answer {
    let moments = moments(target);
    let records = [1, 2, 3].map(|id| record(id, &moments[id - 1]));
    (further_pages(), format!("[{}]", records.join(",")))
}

/// Exports the candidates of a service of whose list the export ends as unsound.
async fn unsound(service: Arc<Service>) -> tempfile::TempDir {
    let core = client(service).await;
    let catalog = catalog("v1");
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = export(&core, &catalog, folder.path(), &["candidates"]);
    let outcome = tokio::time::timeout(Duration::from_secs(120), outcome).await;
    let outcome = outcome.expect("it ends");
    assert!(
        matches!(outcome, Err(ExportError::Unsound { .. })),
        "{outcome:?}"
    );
    folder
}

#[tokio::test]
async fn a_list_whose_every_part_has_more_pages_ends() {
    let folder = unsound(Arc::new(always_more)).await;
    let ledger = fs::metadata(folder.path().join("ledger.ndjson")).expect("a file");
    assert!(ledger.len() < 1_000_000, "{}", ledger.len());
}

/// Windows with the same record again and again, each third of which is said to be whole.
#[tokio::test]
async fn the_same_record_in_every_part_is_no_progress() {
    let asked = std::sync::atomic::AtomicU64::new(0);
    let service = move |target: &str| {
        let asked = asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let records = moments(target).map(|moment| record(1, &moment));
        if asked % 3 == 2 {
            (String::new(), format!("[{}]", records[1]))
        } else {
            (further_pages(), format!("[{}]", records.join(",")))
        }
    };
    let folder = unsound(Arc::new(service)).await;
    let pages = fs::read_dir(folder.path().join("candidates")).expect("a folder");
    assert!(pages.count() <= 100);
}

#[tokio::test]
async fn records_without_an_id_get_none_and_take_nobody_elses_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = r#"[{"id":"x","name":"A"},{"id":null,"name":"B"},{"name":"C"},
        {"id":9223372036854775808,"name":"D"},7,
                      {"id":1.5,"name":"E"},{"id":2,"name":"F"},{"id":1,"name":"G"},
        {"id":3,"name":"H"},[]]"#;
    let (catalog, outcome) = of_records(records, "", folder.path()).await;
    outcome.expect("an export");
    let report = verify(folder.path()).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);
    let path = folder.path().join("export.sqlite");
    database(folder.path(), &catalog, &path).expect("a database");
    let connection = rusqlite::Connection::open(&path).expect("it opens");
    let number = |sql: &str| -> i64 {
        connection
            .query_row(sql, [], |row| row.get(0))
            .expect("a number")
    };
    assert_eq!(number("SELECT count(*) FROM departments"), 10);
    assert_eq!(number("SELECT count(id) FROM departments"), 3);
    assert_eq!(number("SELECT count(DISTINCT name) FROM departments"), 8);
    assert_eq!(number("SELECT id FROM departments WHERE name = 'G'"), 1);
    let problems = check_database(folder.path(), &path, &[catalog]).expect("a check");
    assert_eq!(problems, Vec::<String>::new());
}

#[tokio::test]
async fn names_that_a_service_invents_are_counted_within_bounds() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = |id: usize| format!(r#"{{"id":{id},"new_{id}":1,"{}":1}}"#, "x".repeat(300));
    let records: Vec<_> = (1..=5_000).map(record).collect();
    let (catalog, outcome) =
        of_records(&format!("[{}]", records.join(",")), "", folder.path()).await;
    outcome.expect("an export");
    let path = folder.path().join("export.sqlite");
    let built = database(folder.path(), &catalog, &path).expect("a database");
    assert!(built.drift.len() <= 1_001, "{}", built.drift.len());
    assert!(built.drift.iter().all(|it| it.path.len() <= 200));
    // None is passed over: each record has a name that is too long. Those of 999 have a line of their own.
    let others = built.drift.iter().find(|it| it.path == "…");
    assert_eq!(others.map(|it| it.records), Some(5_000));
    let counted: u64 = built.drift.iter().map(|it| it.records).sum();
    assert_eq!(counted, 5_999);
    assert_eq!(built.rows["departments"], 5_000);
}

/// Everything below a folder, by its path.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push((path.display().to_string(), fs::read(&path).expect("bytes")));
        }
    }
    all.sort();
    all
}

#[tokio::test]
async fn what_is_no_export_is_neither_removed_nor_overwritten() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    for name in [
        "departments/plan.txt",
        "departments/000001-00001.ndjson",
        "users/notes.md",
        "manifest.json",
        "deleted.ndjson",
        "ledger.ndjson",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, "of somebody else").expect("written");
        let before = files(folder.path());
        let outcome = export(&core, &catalog, folder.path(), &["departments"]).await;
        assert!(
            matches!(outcome, Err(ExportError::Occupied { .. })),
            "{name}: {outcome:?}"
        );
        let after: Vec<_> = files(folder.path());
        assert!(before.iter().all(|it| after.contains(it)), "{name}");
    }
    // What comes into an export later stays, too, and is named.
    let folder = tempfile::tempdir().expect("a folder");
    let again = || export(&core, &catalog, folder.path(), &["departments"]);
    again().await.expect("an export");
    let notes = folder.path().join("departments/notes.txt");
    let page = folder.path().join("departments/000099-00001.ndjson");
    fs::write(&notes, "mine").expect("written");
    fs::write(&page, "{}\n").expect("written");
    again().await.expect("an export");
    assert_eq!(fs::read(&notes).expect("it is there"), b"mine");
    assert!(!page.exists(), "what a process left is removed");
    let report = verify(folder.path()).expect("a report");
    assert!(
        report.problems.iter().any(|it| it.contains("notes.txt")),
        "{report:?}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_not_followed_and_files_are_for_their_owner() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    let outside = tempfile::tempdir().expect("a folder");
    let target = outside.path().join("letters");
    for name in ["departments", "ledger.ndjson", "lock", "manifest.json.tmp"] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(&target, "of somebody else").expect("written");
        let to = if name == "departments" {
            outside.path()
        } else {
            &target
        };
        symlink(to, folder.path().join(name)).expect("a link");
        let outcome = export(&core, &catalog, folder.path(), &["departments"]).await;
        assert!(outcome.is_err() || name == "manifest.json.tmp", "{name}");
        let left = files(outside.path());
        assert_eq!(
            left,
            [(target.display().to_string(), b"of somebody else".to_vec())],
            "{name}"
        );
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("set");
    export(&core, &catalog, folder.path(), &["departments"])
        .await
        .expect("an export");
    let export = Export {
        streams: vec!["departments".to_owned()],
        ..Export::new(&core, &catalog, folder.path())
    };
    export.run(&mut |_| {}).await.expect("an export");
    for (path, _) in files(folder.path()) {
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{path}: {mode:o}");
    }
    // A page that has no end is not read.
    let page = folder.path().join("departments/000001-00001.ndjson");
    fs::remove_file(&page).expect("removed");
    symlink("/dev/zero", &page).expect("a link");
    assert!(!verify(folder.path()).expect("a report").is_whole());
}
