//! The folder of `--data`: its modes, files that are not the sandbox's, and starts at the same time.
#![cfg(unix)]

mod support;

#[path = "folder/kinds.rs"]
mod kinds;
#[path = "state/temp_dir.rs"]
mod temp_dir;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, Method};
use rusqlite::Connection;
use temp_dir::TempDir;

/// The program on a folder, killed when it is dropped.
struct Process {
    child: Child,
    /// The address that it prints once it listens.
    url: Option<String>,
    key: Option<String>,
}

impl Process {
    /// Starts it where new files are open to everyone, and waits until it listens or has ended.
    fn start(folder: &Path, options: &[&str]) -> Self {
        Self::spawn(folder, "5", options).ready()
    }

    fn spawn(folder: &Path, candidates: &str, options: &[&str]) -> Self {
        Self::spawn_with("umask 0", folder, candidates, options)
    }

    fn spawn_with(before: &str, folder: &Path, candidates: &str, options: &[&str]) -> Self {
        let child = Command::new("sh")
            .args(["-c", &format!(r#"{before}; exec "$0" "$@""#)])
            .arg(env!("CARGO_BIN_EXE_harvest-sandbox"))
            .args(["--addr", "127.0.0.1:0", "--control", "--data"])
            .arg(folder)
            .args(["--candidates", candidates])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            child,
            url: None,
            key: None,
        }
    }

    fn ready(mut self) -> Self {
        let mut output = BufReader::new(self.child.stdout.take().unwrap());
        let mut line = String::new();
        while self.key.is_none() && output.read_line(&mut line).unwrap() > 0 {
            let mut words = line.split_whitespace();
            match (words.next(), words.next()) {
                (Some("URL"), Some(url)) => self.url = Some(url.to_owned()),
                (Some("key"), Some(key)) => self.key = Some(key.to_owned()),
                _ => {}
            }
            line.clear();
        }
        // Kept open: there is more that it says.
        self.child.stdout = Some(output.into_inner());
        self
    }

    fn is_up(&self) -> bool {
        self.url.is_some()
    }

    /// The error of one that does not start.
    fn complaint(mut self) -> String {
        assert!(!self.is_up(), "it starts");
        let mut said = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert!(!self.child.wait().unwrap().success());
        assert!(!said.contains(['{', '"']), "no plain words: {said}");
        said
    }

    async fn status(&self, method: &str, path: &str, key: &str) -> u16 {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let url = format!("{}{path}", self.url.as_ref().unwrap());
        let request = Client::new().request(method, url).basic_auth(key, Some(""));
        support::send(request).await.status
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Fails if others may use the folder or anything in it.
fn is_closed(folder: &Path) {
    assert_eq!(mode(folder), 0o700, "{}", folder.display());
    for name in names(folder) {
        let path = folder.join(name);
        if path.is_dir() {
            is_closed(&path);
        } else {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
}

/// Something in the place of the database.
enum Content {
    Bytes(Vec<u8>),
    /// A database in which this was executed.
    Sql(String),
}

impl Content {
    fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::Bytes(bytes.into())
    }

    fn sql(sql: impl Into<String>) -> Self {
        Self::Sql(sql.into())
    }

    fn write(&self, file: &Path) {
        // There may be none yet.
        let _ = fs::remove_file(file);
        self.change(file);
    }

    /// Writes it, or executes it in the database that is there.
    fn change(&self, file: &Path) {
        match self {
            Self::Bytes(bytes) => fs::write(file, bytes).unwrap(),
            Self::Sql(sql) => {
                let connection = Connection::open(file).unwrap();
                connection.execute_batch(sql).unwrap();
            }
        }
    }
}

/// The content and the mode of a file.
fn state(path: &Path) -> (Vec<u8>, u32) {
    (fs::read(path).unwrap(), mode(path))
}

#[tokio::test]
async fn all_that_is_kept_is_for_its_owner_alone() {
    let temp_dir = TempDir::new("closed");
    // With a folder above it that is made, too.
    let folder = temp_dir.path().join("data");
    let process = Process::start(&folder, &[]);
    let key = process.key.clone().unwrap();
    assert_eq!(
        process.status("PUT", "/_sandbox/snapshots/one", &key).await,
        204
    );
    let names = names(&folder);
    for name in [
        "demo-key",
        "harvest.lock",
        "harvest.sqlite3",
        "harvest.sqlite3-shm",
        "harvest.sqlite3-wal",
        "snapshots",
    ] {
        assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
    }
    is_closed(temp_dir.path());
    drop(process);

    // As an early version left it.
    for path in [folder.clone(), folder.join("snapshots")] {
        set_mode(&path, 0o777);
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            set_mode(&path, if path.is_dir() { 0o777 } else { 0o666 });
        }
    }
    let process = Process::start(&folder, &[]);
    assert_eq!(process.key.as_ref(), Some(&key));
    is_closed(&folder);
    assert_eq!(
        process
            .status("POST", "/_sandbox/snapshots/one/restore", &key)
            .await,
        204
    );
    is_closed(&folder);
}

#[tokio::test]
async fn an_empty_folder_is_closed_and_one_of_others_is_refused() {
    let temp_dir = TempDir::new("shared");
    let folder = temp_dir.path();
    fs::create_dir(folder).unwrap();
    set_mode(folder, 0o755);
    drop(Process::start(folder, &[]));
    is_closed(folder);

    let temp_dir = TempDir::new("of-others");
    let folder = temp_dir.path();
    fs::create_dir(folder).unwrap();
    fs::write(folder.join("letter.txt"), "Dear rivers").unwrap();
    set_mode(folder, 0o755);
    let said = Process::start(folder, &[]).complaint();
    for words in ["0755", "letter.txt", "chmod 700", folder.to_str().unwrap()] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(names(folder), ["letter.txt"]);
    assert_eq!(mode(folder), 0o755);
    // Of a folder in which others can write, what is in it may be theirs. Only root can try that.
    let letter = folder.join("letter.txt");
    let planted = folder.join("harvest.sqlite3");
    fs::rename(&letter, &planted).unwrap();
    fs::write(&planted, "").unwrap();
    set_mode(folder, 0o777);
    if std::os::unix::fs::chown(&planted, Some(65_534), None).is_ok() {
        let said = Process::start(folder, &[]).complaint();
        assert!(said.contains("may be of one of them"), "{said}");
        assert_eq!(mode(folder), 0o777);
    }
    fs::remove_file(&planted).unwrap();
    fs::write(&letter, "Dear rivers").unwrap();
    // What only the owner can use may have anything else in it.
    set_mode(folder, 0o700);
    let process = Process::start(folder, &[]);
    assert!(process.is_up());
    assert_eq!(fs::read(folder.join("letter.txt")).unwrap(), b"Dear rivers");
}

#[tokio::test]
async fn an_empty_file_is_filled_and_a_foreign_one_is_left_as_it_is() {
    let temp_dir = TempDir::new("foreign");
    let folder = temp_dir.path();
    fs::create_dir(folder).unwrap();
    let file = folder.join("harvest.sqlite3");
    let with_tables = |version: u32| {
        let tables = [
            "api_key",
            "application",
            "block",
            "candidate",
            "file_secret",
            "sequence",
            "setting",
        ];
        let tables = tables.join(" (a); CREATE TABLE ");
        format!("CREATE TABLE {tables} (a); PRAGMA user_version = {version};")
    };
    let foreign = [
        Content::bytes("a"),
        Content::bytes("Dear rivers, ".repeat(100)),
        Content::bytes("SQLite format 3\0"),
        Content::sql("CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('mine')"),
        Content::sql("PRAGMA application_id = 252006673; CREATE TABLE a (b)"),
        Content::sql("PRAGMA journal_mode = WAL; CREATE TABLE candidate (id)"),
        // There is something in it, though no table.
        Content::sql("CREATE VIEW answer AS SELECT 42"),
        Content::sql("PRAGMA user_version = -1"),
        // Their tables have the names of ours, but not the number of our layout.
        Content::sql(with_tables(0)),
        Content::sql(with_tables(7)),
    ];
    for content in &foreign {
        content.write(&file);
        let words = match content {
            Content::Bytes(_) => "no SQLite database",
            Content::Sql(_) => "another program",
        };
        for of in [folder, file.as_path()] {
            set_mode(of, if of == folder { 0o755 } else { 0o644 });
        }
        let before = (state(&file), names(folder), mode(folder));
        let said = Process::start(folder, &[]).complaint();
        assert!(
            said.contains(words) && said.contains("left as it is"),
            "{said}"
        );
        assert!(
            before == (state(&file), names(folder), mode(folder)),
            "{said}"
        );
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    let said = Process::start(folder, &[]).complaint();
    assert!(said.contains("is no file"), "{said}");
    fs::remove_dir(&file).unwrap();
    fs::write(&file, "").unwrap();
    for content in [Some(Content::bytes("")), Some(Content::sql("VACUUM")), None] {
        fs::remove_file(&file).unwrap();
        if let Some(content) = content {
            content.write(&file);
        }
        // Nothing was written to these.
        for suffix in LOGS {
            fs::write(folder.join(format!("harvest.sqlite3{suffix}")), "").unwrap();
        }
        let process = Process::start(folder, &["--key", "kept"]);
        assert_eq!(process.status("GET", "/v1/users", "kept").await, 200);
        is_closed(folder);
        drop(process);
        let application: u32 = {
            let connection = Connection::open(&file).unwrap();
            connection
                .pragma_query_value(None, "application_id", |row| row.get(0))
                .unwrap()
        };
        assert_eq!(application.to_be_bytes(), *b"HvSb");
    }
}

/// What the names of the files end with that SQLite keeps beside a database.
const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

#[test]
fn a_log_of_something_else_is_left_as_it_is() {
    let temp_dir = TempDir::new("foreign-log");
    let folder = temp_dir.path();
    fs::create_dir(folder).unwrap();
    set_mode(folder, 0o755);
    let file = folder.join("harvest.sqlite3");
    for suffix in LOGS {
        let log = folder.join(format!("harvest.sqlite3{suffix}"));
        fs::write(&log, "work that is in no database yet").unwrap();
        set_mode(&log, 0o644);
        // Beside a database to which nothing was written, and without one.
        for (is_there, words) in [(true, "is empty"), (false, "is not there")] {
            if is_there {
                fs::write(&file, "").unwrap();
                set_mode(&file, 0o644);
            } else {
                fs::remove_file(&file).unwrap();
            }
            let before = (state(&log), names(folder), mode(folder));
            let said = Process::start(folder, &[]).complaint();
            for words in [words, suffix, "move it elsewhere", "left as it is"] {
                assert!(said.contains(words), "{words}: {said}");
            }
            let after = (state(&log), names(folder), mode(folder));
            assert!(before == after, "{said}");
        }
        fs::remove_file(&log).unwrap();
    }
    assert!(Process::start(folder, &[]).is_up());
}

#[test]
fn the_log_of_a_database_that_was_removed_is_kept_for_it() {
    let temp_dir = TempDir::new("own-log");
    let folder = temp_dir.path();
    let process = Process::start(folder, &[]);
    let key = process.key.clone();
    drop(process);
    let [file, elsewhere] = ["harvest.sqlite3", "elsewhere"].map(|it| folder.join(it));
    fs::rename(&file, &elsewhere).unwrap();
    let log = folder.join("harvest.sqlite3-wal");
    let before = state(&log).0;
    assert!(!before.is_empty(), "it was killed");
    let said = Process::start(folder, &[]).complaint();
    assert!(said.contains("put a copy of your database there"), "{said}");
    assert!(before == state(&log).0);
    fs::rename(&elsewhere, &file).unwrap();
    assert_eq!(Process::start(folder, &[]).key, key);
}

/// SQLite would play it into the database, and remove it.
#[test]
fn the_journal_of_something_else_is_not_played_into_a_database() {
    let temp_dir = TempDir::new("foreign-journal");
    let folder = temp_dir.path();
    let process = Process::start(folder, &[]);
    let key = process.key.clone();
    drop(process);
    let other = TempDir::new("other-database");
    fs::create_dir(other.path()).unwrap();
    let [other, kept] = ["other", "kept-journal"].map(|name| other.path().join(name));
    let connection = Connection::open(&other).unwrap();
    // It writes pages before the end of the transaction, so that the journal is needed.
    connection
        .execute_batch(
            "PRAGMA page_size = 16384; PRAGMA cache_size = 1; CREATE TABLE blob (bytes);
             INSERT INTO blob VALUES (zeroblob(300000)); BEGIN;
             UPDATE blob SET bytes = randomblob(300000)",
        )
        .unwrap();
    fs::copy(other.with_file_name("other-journal"), &kept).unwrap();
    drop(connection);
    let [file, journal] =
        ["harvest.sqlite3", "harvest.sqlite3-journal"].map(|name| folder.join(name));
    // As it was killed, and as it was stopped.
    for _ in 0..2 {
        fs::copy(&kept, &journal).unwrap();
        set_mode(&journal, 0o600);
        let before = (state(&file), state(&journal), names(folder));
        let said = Process::start(folder, &[]).complaint();
        for words in [
            "harvest.sqlite3-journal",
            "move it elsewhere",
            "left as it is",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(before == (state(&file), state(&journal), names(folder)));
        fs::remove_file(&journal).unwrap();
        // All connections of this process are closed properly, and the log with them.
        let connection = Connection::open(&file).unwrap();
        connection
            .execute_batch("SELECT count(*) FROM setting")
            .unwrap();
        connection.close().unwrap();
    }
    assert_eq!(Process::start(folder, &[]).key, key);
}

/// A copy that is put beside the log of what was there before is damaged by it for good once the log is written into it.
#[tokio::test]
async fn a_log_that_ruins_a_database_is_not_written_into_it() {
    let temp_dir = TempDir::new("older-copy");
    let folder = temp_dir.path();
    let process = Process::start(folder, &["--key", "kept"]);
    let snapshot = "/_sandbox/snapshots/one";
    assert_eq!(process.status("PUT", snapshot, "kept").await, 204);
    drop(process);
    let [file, log, snapshot] = [
        "harvest.sqlite3",
        "harvest.sqlite3-wal",
        "snapshots/one.sqlite3",
    ]
    .map(|name| folder.join(name));
    for sql in [
        "UPDATE activity SET state = state || ' '",
        "DROP TABLE setting",
    ] {
        let connection = Connection::open(&file).unwrap();
        // Its pages get other numbers than those of the snapshot.
        connection
            .execute_batch("PRAGMA wal_autocheckpoint = 0; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
            .unwrap();
        connection.execute_batch(sql).unwrap();
        let kept = fs::read(&log).unwrap();
        drop(connection);
        fs::copy(&snapshot, &file).unwrap();
        fs::write(&log, kept).unwrap();
        set_mode(&log, 0o600);
        let before = (state(&file), state(&log));
        let said = Process::start(folder, &[]).complaint();
        for words in ["was damaged", "left as it is", "begin with harvest.sqlite3"] {
            assert!(said.contains(words), "{sql}: {words}: {said}");
        }
        assert!(before == (state(&file), state(&log)), "{sql}: {said}");
        // As it is advised.
        for suffix in LOGS {
            let _ = fs::remove_file(folder.join(format!("harvest.sqlite3{suffix}")));
        }
        let process = Process::start(folder, &["--key", "kept"]);
        let list = "/v1/candidates?per_page=500";
        assert_eq!(process.status("GET", list, "kept").await, 200);
    }
}

#[test]
fn what_can_be_no_folder_is_refused() {
    use std::os::unix::ffi::OsStrExt;

    let temp_dir = TempDir::new("no-folder");
    fs::create_dir(temp_dir.path()).unwrap();
    let file = temp_dir.path().join("file");
    fs::write(&file, "Dear rivers").unwrap();
    let said = Process::start(&file, &[]).complaint();
    assert!(said.contains("it is a file"), "{said}");
    let name = std::ffi::OsStr::from_bytes(b"data-\xff");
    let said = Process::start(&temp_dir.path().join(name), &[]).complaint();
    assert!(said.contains("not UTF-8"), "{said}");
    assert_eq!(names(temp_dir.path()), ["file"]);
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_as_it_is() {
    let temp_dir = TempDir::new("newer");
    let folder = temp_dir.path();
    let process = Process::start(folder, &["--key", "kept"]);
    assert_eq!(
        process
            .status("PUT", "/_sandbox/snapshots/one", "kept")
            .await,
        204
    );
    drop(process);
    let file = folder.join("harvest.sqlite3");
    let newer = |path: &Path| {
        let connection = Connection::open(path).unwrap();
        connection
            .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 999")
            .unwrap();
    };
    newer(&file);
    let before = state(&file).0;
    let said = Process::start(folder, &[]).complaint();
    assert!(said.contains("newer version"), "{said}");
    assert!(before == state(&file).0);

    // So is the present database, if a snapshot is of a newer version or of something else.
    fs::remove_file(&file).unwrap();
    let process = Process::start(folder, &["--key", "kept"]);
    newer(&folder.join("snapshots/one.sqlite3"));
    fs::write(folder.join("snapshots/two.sqlite3"), "Dear rivers").unwrap();
    for name in ["one", "two"] {
        let restore = format!("/_sandbox/snapshots/{name}/restore");
        assert_eq!(process.status("POST", &restore, "kept").await, 500);
        assert_eq!(process.status("GET", "/v1/users", "kept").await, 200);
    }
}

#[tokio::test]
async fn a_damaged_database_is_named_and_left_as_it_is() {
    let temp_dir = TempDir::new("damaged");
    let folder = temp_dir.path();
    let process = Process::start(folder, &["--key", "kept"]);
    let snapshot = "/_sandbox/snapshots/one";
    assert_eq!(process.status("PUT", snapshot, "kept").await, 204);
    drop(process);
    let file = folder.join("harvest.sqlite3");
    let snapshot = folder.join("snapshots/one.sqlite3");
    let whole = fs::read(&file).unwrap();
    let ours = format!("PRAGMA application_id = {}", i32::from_be_bytes(*b"HvSb"));
    for (sql, words) in [
        // The number of the layout is no number of a layout.
        ("PRAGMA user_version = 0", "layout number is 0"),
        ("PRAGMA user_version = -1", "layout number is -1"),
        (
            "PRAGMA user_version = -2147483648",
            "layout number is -2147483648",
        ),
        // The tables are not those of the layout.
        ("DROP TABLE setting", "no column `setting.name`"),
        (
            "DROP TABLE setting; PRAGMA user_version = 1",
            "no column `setting.name`",
        ),
        (
            "ALTER TABLE tag RENAME COLUMN state TO known",
            "no column `tag.state`",
        ),
        (
            "CREATE TABLE kept AS SELECT name FROM setting; DROP TABLE setting; ALTER TABLE kept \
             RENAME TO setting",
            "no column `setting.value`",
        ),
    ] {
        fs::write(&file, &whole).unwrap();
        Content::sql(format!("PRAGMA journal_mode = DELETE; {sql}")).change(&file);
        let before = (state(&file), names(folder));
        let said = Process::start(folder, &[]).complaint();
        for words in [
            words,
            "harvest.sqlite3",
            "of the sandbox",
            "left as it is",
            "copy",
        ] {
            assert!(said.contains(words), "{sql}: {words}: {said}");
        }
        for sql in ["SELECT", "CREATE", "ALTER", "UPDATE", "INSERT"] {
            assert!(!said.contains(sql), "{said}");
        }
        assert!(before == (state(&file), names(folder)), "{sql}: {said}");
    }
    // A file that says that it is ours and has nothing in it.
    for sql in [
        "",
        "; PRAGMA user_version = 1",
        "; PRAGMA user_version = -1",
    ] {
        Content::sql(format!("{ours}{sql}")).write(&file);
        set_mode(&file, 0o600);
        let before = (state(&file), names(folder));
        let said = Process::start(folder, &[]).complaint();
        assert!(said.contains("changed by another program"), "{sql}: {said}");
        assert!(before == (state(&file), names(folder)), "{sql}: {said}");
    }

    // The present records stay if a snapshot is damaged.
    fs::write(&file, &whole).unwrap();
    let process = Process::start(folder, &["--key", "kept"]);
    let whole = fs::read(&snapshot).unwrap();
    for sql in [
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -1",
        "DROP TABLE setting",
    ] {
        fs::write(&snapshot, &whole).unwrap();
        Content::sql(format!("PRAGMA journal_mode = DELETE; {sql}")).change(&snapshot);
        let restore = "/_sandbox/snapshots/one/restore";
        assert_eq!(process.status("POST", restore, "kept").await, 500, "{sql}");
        assert_eq!(
            process.status("GET", "/v1/candidates", "kept").await,
            200,
            "{sql}"
        );
    }
}

#[tokio::test]
async fn of_two_first_starts_one_wins_and_the_other_says_so() {
    let temp_dir = TempDir::new("two");
    let folder = temp_dir.path();
    // That takes a while.
    let first = Process::spawn(folder, "20000", &[]);
    let unfinished = folder.join("harvest.sqlite3.new");
    let began = Instant::now();
    while !unfinished.exists() {
        assert!(began.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(5));
    }
    let said = Process::start(folder, &[]).complaint();
    assert!(said.contains("another sandbox is being started"), "{said}");
    drop(first);
    // The lock goes with the process, and what was half filled with the next start.
    let next = Process::start(folder, &[]);
    assert!(next.is_up());
    assert!(!unfinished.exists());
}

#[tokio::test]
async fn two_that_have_the_same_folder_show_and_change_the_same_records() {
    let temp_dir = TempDir::new("shared");
    let folder = temp_dir.path().join("data");
    let processes = [(); 2].map(|()| Process::start(&folder, &[]));
    let client = Client::new();
    let key = processes[0].key.as_deref().unwrap();
    let request = |process: &Process, method, path: &str| {
        let url = format!("{}/v1/{path}", process.url.as_ref().unwrap());
        client.request(method, url).basic_auth(key, Some(""))
    };
    let users = support::send(request(&processes[0], Method::GET, "users")).await;
    let users = users.json();
    let mut users = users.as_array().unwrap().iter();
    let user = users.find(|it| it["site_admin"] == true).unwrap()["id"].to_string();
    for turn in 0..6 {
        let (writer, reader) = (&processes[turn % 2], &processes[(turn + 1) % 2]);
        let body = serde_json::json!({ "name": format!("Department {turn}") });
        let write = request(writer, Method::POST, "departments").header("On-Behalf-Of", &user);
        let made = support::send(write.json(&body)).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let id = made.json()["id"].clone();
        let read = support::send(request(reader, Method::GET, &format!("departments/{id}"))).await;
        assert_eq!((read.status, &read.json()), (200, &made.json()));
    }
}

#[tokio::test]
async fn sandboxes_started_at_once_have_the_same_key() {
    for round in 0..3 {
        let temp_dir = TempDir::new(&format!("at-once-{round}"));
        let spawned: Vec<_> = (0..5)
            .map(|_| Process::spawn(temp_dir.path(), "5", &[]))
            .collect();
        let started: Vec<_> = spawned.into_iter().map(Process::ready).collect();
        let (up, refused): (Vec<_>, Vec<_>) = started.into_iter().partition(Process::is_up);
        assert!(!up.is_empty());
        for process in refused {
            let said = process.complaint();
            assert!(said.contains("another sandbox is being started"), "{said}");
        }
        let kept = fs::read_to_string(temp_dir.path().join("demo-key")).unwrap();
        for process in &up {
            assert_eq!(process.key.as_deref(), Some(kept.trim()));
            assert_eq!(process.status("GET", "/v1/users", kept.trim()).await, 200);
        }
    }
}

#[tokio::test]
async fn what_no_key_can_be_is_not_taken_for_the_demo_key() {
    let temp_dir = TempDir::new("demo-key");
    let folder = temp_dir.path();
    let file = folder.join("demo-key");
    let process = Process::start(folder, &[]);
    let key = process.key.clone().unwrap();
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    drop(process);
    drop(Process::start(folder, &[]));
    assert_eq!(
        fs::metadata(&file).unwrap().modified().unwrap(),
        written,
        "written once"
    );
    for text in [
        "",
        "\n",
        "  \n",
        "\n\n",
        "a b\n",
        "a:b\n",
        "k\u{e9}y\n",
        "a\nb\n",
        "\0\n",
        &"\n".repeat(10_000),
        &format!("{}\n", "k".repeat(1_025)),
        &format!("key{}key\n", "\n".repeat(10_000)),
    ] {
        fs::write(&file, text).unwrap();
        let said = Process::start(folder, &[]).complaint();
        assert!(
            said.contains("demo-key in it holds no key"),
            "{text:?}: {said}"
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
    // A key that is named does not need the file.
    let process = Process::start(folder, &["--key", "named"]);
    assert_eq!(process.status("GET", "/v1/users", "named").await, 200);
    // The empty key opens nothing, even where an early version has let it in.
    assert_eq!(process.status("GET", "/v1/users", "").await, 401);
    drop(process);
    let connection = Connection::open(folder.join("harvest.sqlite3")).unwrap();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let changed = connection.execute(
        "UPDATE api_key SET hash = ?1 WHERE id = (SELECT max(id) FROM api_key)",
        [empty],
    );
    assert_eq!(changed.unwrap(), 1);
    drop(connection);
    fs::write(&file, format!("{key}\r\n")).unwrap();
    let process = Process::start(folder, &[]);
    assert_eq!(process.key.as_ref(), Some(&key));
    assert_eq!(process.status("GET", "/v1/users", "").await, 401);
    drop(process);
    fs::remove_file(&file).unwrap();
    let process = Process::start(folder, &[]);
    assert_ne!(process.key.as_ref(), Some(&key));
    is_closed(folder);
}
