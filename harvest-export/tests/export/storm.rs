//! A storm: an organization that changes all the while, faults, expiring cursors, tokens that are refused, and an exporter
//! that is killed at any moment. At the end the export is whole, and holds what the sandbox holds.
//!
//! `STORM_CANDIDATES` and `STORM_KILLS` in the environment make it larger.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use harvest_export::catalog::{Catalog, Field, Kind};
use harvest_export::{Deletions, Export, ExportError, database, streams, verify};
use harvest_generated::runtime::{Api, Core, Limiter, Method, RawRequest};
use harvest_generated::{v1, v3};
use harvest_sandbox::{Fault, Sandbox};
use serde_json::{Map, Value, json};

use super::{catalog, of_v1, of_v3};

const CANDIDATES: u64 = 530;
const KILLS: u64 = 4;
const LEAST_CHANGES: u64 = 20;
const LEAST_REMOVALS: u64 = 3;
const STREAMS: [&str; 4] = ["candidates", "applications", "jobs", "users"];
/// The variable by which this binary is an exporter; it holds the arguments of one.
const EXPORTER: &str = "STORM_EXPORTER";

fn number(name: &str, usual: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// Numbers that look random, and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

fn core_of(version: &str, arguments: &Value) -> Core {
    let text = |name: &str| arguments[name].as_str().expect("text");
    if version == "v1" {
        let client = v1::Client::builder()
            .credential(text("key"))
            .base_url(text("url"))
            .limiter(Limiter::unlimited());
        let client: v1::Client = client.build().expect("a client");
        return client.core().clone();
    }
    let client = v3::Client::builder()
        .client_credentials(text("id"), text("secret"))
        .base_url(text("url"))
        .token_url(text("token_url"))
        .limiter(Limiter::unlimited());
    let user = arguments["user"].as_i64().expect("an id");
    let client: v3::Client = client.build().expect("a client");
    client.core().with_acting_user(user)
}

/// The exporter: the same binary in another process, which can be killed.
#[tokio::test]
async fn exporter() {
    let Ok(arguments) = std::env::var(EXPORTER) else {
        return;
    };
    let arguments: Value = serde_json::from_str(&arguments).expect("JSON");
    let version = if arguments["version"] == "v1" {
        "v1"
    } else {
        "v3"
    };
    let core = core_of(version, &arguments);
    let catalog = catalog(version);
    let is_last = arguments["last"] == true;
    let export = Export {
        streams: STREAMS.map(str::to_owned).to_vec(),
        deletions: if is_last {
            Deletions::FindAll
        } else {
            Deletions::Ignore
        },
        ..Export::new(&core, &catalog, arguments["folder"].as_str().expect("text"))
    };
    if let Err(error) = export.run(&mut |_| {}).await {
        eprintln!("{error:?}");
        std::process::exit(1);
    }
}

fn start(arguments: &Value) -> Child {
    let program = std::env::current_exe().expect("a path");
    Command::new(program)
        .args(["--exact", "storm::exporter", "--nocapture"])
        .env(EXPORTER, arguments.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs")
}

/// How many changes there were, and how many of them removed a candidate.
#[derive(Default)]
struct Changes {
    all: AtomicU64,
    removals: AtomicU64,
    stop: AtomicBool,
}

impl Changes {
    fn removals(&self) -> u64 {
        self.removals.load(Ordering::Relaxed)
    }

    /// Waits until there are so many, on however slow a machine.
    async fn reach(&self, changes: u64, removals: u64) {
        while self.all.load(Ordering::Relaxed) < changes || self.removals() < removals {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// Changes, adds and removes candidates until it is stopped.
async fn change(core: Core, user: i64, mut ids: Vec<i64>, changes: Arc<Changes>) {
    let mut dice = Dice(0x5eed);
    let jobs = records(&core, "/v1/jobs").await;
    let open = jobs
        .values()
        .find(|job| job["status"] == "open")
        .expect("one");
    let job = open["id"].clone();
    let request = |method, path: &str| RawRequest::new(&core, method, path).on_behalf_of(user);
    while !changes.stop.load(Ordering::Relaxed) {
        let at = usize::try_from(dice.below(ids.len() as u64)).expect("small");
        match dice.below(10) {
            0 => {
                let id = ids.swap_remove(at);
                let request = request(Method::Delete, "/v1/candidates/{id}").path("id", id);
                request.send().await.expect("a deletion");
                changes.removals.fetch_add(1, Ordering::Relaxed);
            }
            1 => {
                let body = json!({"first_name": "Ines", "last_name": "Storm",
                    "applications": [{"job_id": job}]});
                let request = request(Method::Post, "/v1/candidates").json(&body);
                let made = request.send().await.expect("a candidate");
                let made: Value = serde_json::from_slice(made.bytes()).expect("JSON");
                ids.push(made["id"].as_i64().expect("an id"));
            }
            _ => {
                let title = format!("Title {}", dice.below(1_000_000));
                let request = request(Method::Patch, "/v1/candidates/{id}").path("id", ids[at]);
                let request = request.json(&json!({"title": title}));
                request.send().await.expect("a change");
            }
        }
        changes.all.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

fn faults(sandbox: &Sandbox) {
    let all = [
        Fault::retry_after(429, Duration::from_millis(30)).chance(0.05, 1),
        Fault::status(502).chance(0.05, 2),
        Fault::reset().chance(0.04, 3),
        Fault::status(401).chance(0.03, 4),
        Fault::truncated_body().chance(0.03, 5),
        Fault::html(200).chance(0.02, 6),
    ];
    for fault in all {
        let lists = [
            "list_candidates",
            "list_applications",
            "list_jobs",
            "list_users",
        ];
        let fault = lists.into_iter().fold(fault, Fault::on);
        sandbox.faults().add(fault).expect("a fault");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_survives_a_storm() {
    let candidates = usize::try_from(number("STORM_CANDIDATES", CANDIDATES)).expect("small");
    let kills = number("STORM_KILLS", KILLS);
    let sandbox = Sandbox::builder()
        .candidates(candidates)
        .cursor_life(Duration::from_millis(1_500))
        .start()
        .await
        .expect("it starts");
    let credentials = sandbox.v3_credentials().expect("it keeps records");
    let writer = of_v1(&sandbox);
    // Those that the acting user sees, and may change.
    let seen = of_v3(&sandbox);
    for version in ["v3", "v1"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut arguments = json!({
            "version": version,
            "folder": folder.path(),
            "url": sandbox.url(),
            "token_url": sandbox.token_url(),
            "key": sandbox.key(),
            "id": credentials.client_id,
            "secret": credentials.client_secret,
            "user": sandbox.user_id(),
        });
        faults(&sandbox);
        let changes = Arc::new(Changes::default());
        let known = records(&seen, "/v3/candidates").await;
        let known = known.into_keys().collect();
        let user = sandbox.user_id();
        let changing = tokio::spawn(change(writer.clone(), user, known, changes.clone()));
        let mut removed = 0;
        let mut dice = Dice(7);
        for round in 0..kills {
            let mut child = start(&arguments);
            if round == kills / 2 {
                // One comes to its end, however often it has to begin, so that later ones read what changed.
                while !child.wait().expect("it ends").success() {
                    child = start(&arguments);
                }
                removed = changes.removals();
                continue;
            }
            let milliseconds = 150 + dice.below(900);
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            // It may have ended by itself: a fault too many, or it was done.
            let _ = child.kill();
            child.wait().expect("it ends");
        }
        // Of what was exported some has to be gone; a few of these may be newer.
        let enough = changes.reach(LEAST_CHANGES, removed + LEAST_REMOVALS);
        let enough = tokio::time::timeout(Duration::from_secs(120), enough).await;
        enough.expect("changes");
        changes.stop.store(true, Ordering::Relaxed);
        changing.await.expect("it ends");
        sandbox.faults().clear();
        // The time of an answer has a resolution of one second.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        arguments["last"] = true.into();
        // The run that was killed goes on in the first, and what changed since is read in the second.
        for _ in 0..2 {
            let output = start(&arguments).wait_with_output().expect("it ends");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{version}: {said}");
        }
        let report = verify(folder.path()).expect("a report");
        assert!(report.is_whole(), "{version}: {:?}", report.problems);
        assert!(
            report.deleted > 0,
            "{version}: nothing was found to be gone"
        );
        let core = core_of(version, &arguments);
        compare(&core, &catalog(version), folder.path()).await;
        if version == "v3" {
            each_damage_is_found(folder.path());
        }
    }
}

/// Holds the database of the export against what the service lists.
async fn compare(core: &Core, catalog: &Catalog, folder: &Path) {
    let path = folder.join("export.sqlite");
    database(folder, catalog, &path).expect("a database");
    let connection = rusqlite::Connection::open(&path).expect("it opens");
    let shapes = catalog.shapes().expect("shapes");
    for stream in streams(catalog).0 {
        if !STREAMS.contains(&stream.name.as_str()) {
            continue;
        }
        let expected = records(core, stream.operation.path).await;
        let found = rows(&connection, &stream.name, stream.fields(&shapes));
        let missing: Vec<_> = expected
            .keys()
            .filter(|id| !found.contains_key(id))
            .collect();
        assert!(missing.is_empty(), "{}: missing {missing:?}", stream.name);
        let more: Vec<_> = found
            .keys()
            .filter(|id| !expected.contains_key(id))
            .collect();
        assert!(more.is_empty(), "{}: not there {more:?}", stream.name);
        for (id, record) in expected {
            assert_eq!(found[&id], record, "{} {id}", stream.name);
        }
    }
}

/// The records of a list, without the addresses of files, which are other ones each time.
async fn records(core: &Core, path: &str) -> BTreeMap<i64, Value> {
    let request = RawRequest::new(core, Method::Get, path).query("per_page", 500);
    let mut items = request.items::<Value>();
    let mut all = BTreeMap::new();
    while let Some(record) = items.next().await {
        let record = without_addresses(record.expect("a record"));
        let id = record["id"].as_i64().expect("an id");
        assert!(all.insert(id, record).is_none(), "{path} has {id} twice");
    }
    all
}

fn without_addresses(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object
                .into_iter()
                .filter(|(name, _)| !name.ends_with("url"));
            let kept = kept.map(|(name, value)| (name, without_addresses(value)));
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.into_iter().map(without_addresses).collect(),
        other => other,
    }
}

/// The rows of a table, put together to the records that they were made of.
fn rows(connection: &rusqlite::Connection, table: &str, fields: &[Field]) -> BTreeMap<i64, Value> {
    let mut statement = connection
        .prepare(&format!("SELECT * FROM {table}"))
        .expect("a table");
    let mut rows = statement.query([]).expect("rows");
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next().expect("a row") {
        let own = |name: &str| row.get::<_, Option<String>>(name).expect("a text");
        let parsed = |text: Option<String>| text.map(|it| serde_json::from_str(&it).expect("JSON"));
        let absent: Vec<String> = parsed(own("_absent"))
            .map(|it: Value| serde_json::from_value(it).expect("names"))
            .unwrap_or_default();
        let mut record = Map::new();
        for field in fields
            .iter()
            .filter(|it| !absent.contains(&it.name.to_owned()))
        {
            let value = row.get_ref(field.name).expect("a column");
            record.insert(field.name.to_owned(), as_json(value, &field.kind));
        }
        for name in ["_extra", "_conflict"] {
            if let Some(Value::Object(more)) = parsed(own(name)) {
                record.extend(more);
            }
        }
        let record = without_addresses(Value::Object(record));
        all.insert(record["id"].as_i64().expect("an id"), record);
    }
    all
}

fn as_json(value: rusqlite::types::ValueRef<'_>, kind: &Kind) -> Value {
    use rusqlite::types::ValueRef;
    match (value, kind) {
        (ValueRef::Null, _) => Value::Null,
        (ValueRef::Integer(number), Kind::Boolean) => (number == 1).into(),
        (ValueRef::Integer(number), _) => number.into(),
        (ValueRef::Real(number), _) => number.into(),
        (ValueRef::Text(text), Kind::Text | Kind::Choice(_) | Kind::Time | Kind::Date) => {
            String::from_utf8_lossy(text).into()
        }
        (ValueRef::Text(text), _) => serde_json::from_slice(text).expect("JSON"),
        (ValueRef::Blob(_), _) => panic!("there are no blobs"),
    }
}

/// A page that was altered by one byte, a receipt that is missing, a window that is open.
fn each_damage_is_found(folder: &Path) {
    let ledger = folder.join("ledger.ndjson");
    let whole = fs::read_to_string(&ledger).expect("text");
    let lines: Vec<_> = whole.lines().collect();
    let of = |event: &str| {
        let event = format!("\"event\":\"{event}\"");
        lines
            .iter()
            .rposition(|line| line.contains(&event))
            .expect("one")
    };
    let pages = fs::read_dir(folder.join("candidates")).expect("a folder");
    let pages = pages.map(|it| it.expect("a file").path());
    let page = pages.min().expect("a page");
    let bytes = fs::read(&page).expect("bytes");
    for at in [0, bytes.len() / 2, bytes.len() - 1] {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        fs::write(&page, altered).expect("written");
        assert!(!verify(folder).expect("a report").is_whole(), "byte {at}");
    }
    fs::write(&page, bytes).expect("written");
    assert!(verify(folder).expect("a report").is_whole());

    let receipt = of("page");
    let without = [&lines[..receipt], &lines[receipt + 1..]].concat();
    fs::write(&ledger, without.join("\n") + "\n").expect("written");
    assert!(matches!(verify(folder), Err(ExportError::Ledger { .. })));
    for event in ["close", "page", "window"] {
        let open = lines[..of(event)].join("\n") + "\n";
        fs::write(&ledger, open).expect("written");
        assert!(
            !verify(folder).expect("a report").is_whole(),
            "without {event}"
        );
    }
    fs::write(&ledger, whole).expect("written");
}
