//! Databases of the sandbox, recognized by what SQLite calls `application_id`.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::connection::file_uri;
use super::layout::damaged;
use super::private;
use super::schema::APPLICATION_ID;

/// The first bytes of every SQLite database.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// The length of the header, in bytes.
const HEADER: usize = 100;
/// The places in it of how the database is written and read, and what these are where there is a write-ahead log.
const FORMATS: Range<usize> = 18..20;
const WRITES_AHEAD: [u8; 2] = [2; 2];
/// The places of two numbers in it.
const USER_VERSION: usize = 60;
const APPLICATION: usize = 68;

/// Tables of databases from before they had an `application_id`, and the `user_version` that these have.
const FIRST_TABLES: [&str; 7] = [
    "api_key",
    "application",
    "block",
    "candidate",
    "file_secret",
    "sequence",
    "setting",
];
const FIRST_VERSION: u32 = 1;

/// The kind of file in the place of a database.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// No file, or one that nothing was ever written to, and no log of one.
    Nothing,
    Database,
}

/// What the name of a write-ahead log ends with.
pub(super) const WAL: &str = "-wal";
/// What that of a rollback journal ends with.
const JOURNAL: &str = "-journal";
/// What the names of all files end with that SQLite keeps beside a database.
pub(super) const LOGS: [&str; 3] = [WAL, "-shm", JOURNAL];
/// How often it is looked before something else is said to be there, and the pause between.
const LOOKS: u32 = 6;
const PAUSE: Duration = Duration::from_millis(50);

/// Looks at what is in the place of a database, and leaves it as it is. An error says what it is instead, as a sentence
/// about it. Where a log lies beside it, a sandbox that has just ended may still write that into the file, which is in pieces
/// meanwhile: it is looked again before there is an error.
pub(super) fn look(path: &Path) -> Result<Found, String> {
    for _ in 1..LOOKS {
        // Before the look: the log is removed when all of it is written.
        let has_log = has_log(path, WAL);
        let found = look_once(path);
        if found.is_ok() || !has_log {
            return found;
        }
        std::thread::sleep(PAUSE);
    }
    look_once(path)
}

fn look_once(path: &Path) -> Result<Found, String> {
    let mut header = Vec::new();
    let unreadable = |error| format!("can't be read ({error})");
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return nothing(path, "is not there"),
        Err(error) => return Err(unreadable(error)),
        Ok(known) => {
            if let Some(what) = private::wrong_kind(&known, false) {
                return Err(what.to_owned());
            }
            let file = File::open(path).map_err(unreadable)?;
            file.take(HEADER as u64)
                .read_to_end(&mut header)
                .map_err(unreadable)?;
        }
    }
    if header.is_empty() {
        return nothing(path, "is empty");
    }
    let number = |place: usize| {
        let bytes = header.get(place..place + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let known = number(USER_VERSION).zip(number(APPLICATION));
    let Some((version, application)) = known.filter(|_| header.starts_with(MAGIC)) else {
        return Err("is no SQLite database".to_owned());
    };
    if application == APPLICATION_ID {
        // It has its first layout before it gets its name, so that no log beside it can hold another number.
        return if version == 0 || i32::try_from(version).is_err() {
            Err(damaged(&format!(
                "its layout number is {}, which none has",
                version.cast_signed()
            )))
        } else {
            database(path, &header)
        };
    }
    let unknown = "is the database of another program".to_owned();
    if application != 0 {
        return Err(unknown);
    }
    let names = names(path).map_err(|error| format!("can't be read ({error})"))?;
    let has = |table: &&str| names.iter().any(|known| known == table);
    if names.is_empty() && version == 0 {
        nothing(path, "is empty")
    } else if version == FIRST_VERSION && FIRST_TABLES.iter().all(has) {
        database(path, &header)
    } else {
        Err(unknown)
    }
}

/// A database of the sandbox, unless a rollback journal lies beside it, which SQLite would play into it. One that writes its
/// log ahead, as each does that a sandbox has used, has no such journal of its own.
fn database(path: &Path, header: &[u8]) -> Result<Found, String> {
    let writes_ahead = header.get(FORMATS) == Some(&WRITES_AHEAD[..]);
    match log_of_another(path, &[JOURNAL]).filter(|_| writes_ahead) {
        Some(problem) => Err(format!("is a database of the sandbox, but {problem}")),
        None => Ok(Found::Database),
    }
}

/// No database, or one without tables, is nothing, unless a log of one lies beside its place. That cannot be of a sandbox
/// that was killed, whose database has its name before it has a log: it is of another program, or of a database that
/// somebody removed and may bring back.
fn nothing(path: &Path, state: &str) -> Result<Found, String> {
    match log_of_another(path, &LOGS) {
        Some(problem) => Err(format!("{state}, but {problem}")),
        None => Ok(Found::Nothing),
    }
}

/// What is wrong where a log of one of these kinds is beside the place of a database.
fn log_of_another(path: &Path, suffixes: &[&str]) -> Option<String> {
    let suffix = suffixes.iter().find(|suffix| has_log(path, suffix))?;
    let log = with_suffix(path, suffix);
    let name = log.file_name().unwrap_or_default().display();
    Some(format!(
        "a log of another database is beside it, {name}: if nothing needs that, move it elsewhere"
    ))
}

pub(super) fn has_log(path: &Path, suffix: &str) -> bool {
    fs::metadata(with_suffix(path, suffix)).is_ok_and(|log| log.len() > 0)
}

/// The names of what is in a database (tables, views and the like), which is opened in such a way that SQLite makes no file
/// beside it.
fn names(path: &Path) -> rusqlite::Result<Vec<String>> {
    let uri = format!("{}?immutable=1", file_uri(path));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri, flags)?;
    let mut select = connection.prepare("SELECT name FROM sqlite_schema")?;
    let names = select.query_map([], |row| row.get(0))?;
    names.collect()
}

/// A file beside another, such as the log of a database.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
