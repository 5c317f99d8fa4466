//! Opening a database: a new one is filled first, an older one is brought to the layout of today.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::connection::{connect, file_uri};
use super::copies::Snapshots;
use super::filled;
use super::folder::{self, Folder};
use super::identity::{self, Found, LOGS, WAL, with_suffix};
use super::layout::Unusable;
use super::pool::{Opened, transact};
use super::schema::layout;
use super::temporary::Temporary;
use super::{Edit, FaceId, Schema, Store, private};
use crate::clock::Clock;
use crate::refusal::Outcome;
use crate::refusal::StartError;

/// Pages to keep in memory while a database is filled, 256 MiB at the most: the indexes of a million candidates whose keys come
/// in no order need half of it, and would be read and written again and again.
const FILLING_PAGES: i64 = 16_384;

/// Pages that the connection keeps after that, 64 MiB.
const FILLED_PAGES: i64 = 4_096;

/// The longest database of which each page is looked at where a log is beside it, in bytes: 256 MiB take half a second.
const QUICKLY_READ: u64 = 256 << 20;

impl Store {
    /// Opens a database in a folder, or a temporary one. A new one gets its tables, and is filled. A temporary one may be
    /// copied from another of this process with the same plan, if that says all that its tables and records depend on.
    pub(crate) fn open(
        folder: Option<&Folder>,
        schema: Schema,
        clock: Clock,
        plan: Option<String>,
        fill: impl FnOnce(&mut Edit<'_>) -> Outcome<()>,
    ) -> Result<Self, StartError> {
        let opened = match folder {
            None => open_temporary(&schema, &clock, plan, fill)?,
            Some(folder) => open_in(folder, &schema, &clock, fill)?,
        };
        Self::new(opened, schema, clock, Snapshots::of(folder))
    }
}

fn open_temporary(
    schema: &Schema,
    clock: &Clock,
    plan: Option<String>,
    fill: impl FnOnce(&mut Edit<'_>) -> Outcome<()>,
) -> Result<Opened, StartError> {
    let fail = |error| StartError::data(&std::env::temp_dir(), error);
    let temporary = Temporary::new().map_err(fail)?;
    let uri = temporary.uri();
    let mut writer = connect(&uri)?;
    writer.pragma_update(None, "journal_mode", "OFF")?;
    // There is nothing left after a power cut anyway.
    writer.pragma_update(None, "synchronous", "OFF")?;
    filled::fill(&mut writer, plan, |writer| {
        make(writer, schema, clock, fill)
    })?;
    writer.pragma_update(None, "cache_size", FILLED_PAGES)?;
    writer.pragma_update(None, "journal_mode", "WAL")?;
    // The first read opens the log, which has a name only until all connections are there.
    layout(&writer)?;
    Ok(Opened {
        uri,
        writer,
        temporary: Some(temporary),
    })
}

/// Filling is all or nothing, too, but a journal of it would be as long as the database: so it is made under another name,
/// and gets its own when it is complete.
fn open_in(
    folder: &Folder,
    schema: &Schema,
    clock: &Clock,
    fill: impl FnOnce(&mut Edit<'_>) -> Outcome<()>,
) -> Result<Opened, StartError> {
    let path = folder.database();
    if folder.find()? == Found::Nothing {
        make_file(folder, schema, clock, fill)?;
    }
    let uri = file_uri(&path);
    let has_log = identity::has_log(&path, WAL);
    let mut writer = connect(&uri)?;
    // A log may be of what was in the place of the file before. It gets into the file when the last connection is closed,
    // but not into one that is refused.
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let mut unusable = schema.check(&writer)?;
    if unusable.is_none() && has_log && is_quickly_read(&path) {
        unusable = Schema::check_pages(&writer)?;
    }
    if let Some(unusable) = unusable {
        return Err(folder.refuse_database(&unusable));
    }
    // In one transaction: a file that cannot be brought to the layout of today is left as it is, too.
    let migrated = schema.migrate(&mut writer, clock.now());
    migrated.map_err(|error| unmigrated(folder, error))?;
    // A write is in the log, and so with the operating system, before it is answered: it survives the end of this process,
    // though not necessarily a power cut. Neither leaves half a write.
    writer.pragma_update(None, "journal_mode", "WAL")?;
    writer.pragma_update(None, "synchronous", "NORMAL")?;
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(Opened {
        uri,
        writer,
        temporary: None,
    })
}

/// Whether reading all of a file takes no time that a start would miss.
fn is_quickly_read(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|known| known.len() <= QUICKLY_READ)
}

/// Why a database could not be brought to the layout of today.
fn unmigrated(folder: &Folder, error: rusqlite_migration::Error) -> StartError {
    let unusable = match &error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Unusable::of(err),
        _ => None,
    };
    unusable.map_or_else(
        || error.into(),
        |unusable| folder.refuse_database(&unusable),
    )
}

/// Makes the file of a database that is not there.
fn make_file(
    folder: &Folder,
    schema: &Schema,
    clock: &Clock,
    fill: impl FnOnce(&mut Edit<'_>) -> Outcome<()>,
) -> Result<(), StartError> {
    let path = folder.database();
    let unfinished = folder::unfinished(&path);
    // What a start that was killed left behind.
    folder::remove_if_there(&unfinished).map_err(|error| folder.fail(error))?;
    remove_logs(&unfinished).map_err(|error| folder.fail(error))?;
    let made = (|| {
        private::create_file(&unfinished).map_err(|error| folder.fail(error))?;
        let mut writer = connect(&file_uri(&unfinished))?;
        writer.pragma_update(None, "journal_mode", "OFF")?;
        writer.pragma_update(None, "synchronous", "OFF")?;
        make(&mut writer, schema, clock, fill)?;
        // Before it has its name, so that no rollback journal beside one that has it is its own.
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.close().map_err(|(_, error)| error)?;
        // That took a while, in which something else may have come.
        folder.find()?;
        finish(folder, &unfinished, &path).map_err(|error| folder.fail(error))
    })();
    if made.is_err() {
        // On a full disk it would be in the way. The next start would remove it, too.
        let _ = folder::remove_if_there(&unfinished);
    }
    made
}

/// Gives a database that is complete its name.
fn finish(folder: &Folder, unfinished: &Path, path: &Path) -> io::Result<()> {
    File::open(unfinished)?.sync_all()?;
    // They are empty, or the folder would have been refused.
    remove_logs(path)?;
    fs::rename(unfinished, path)?;
    folder.sync()
}

fn remove_logs(path: &Path) -> io::Result<()> {
    let mut logs = LOGS.iter().map(|suffix| with_suffix(path, suffix));
    logs.try_for_each(|log| folder::remove_if_there(&log))
}

/// Makes the tables of a new database, and fills them.
fn make(
    writer: &mut Connection,
    schema: &Schema,
    clock: &Clock,
    fill: impl FnOnce(&mut Edit<'_>) -> Outcome<()>,
) -> Result<(), StartError> {
    // Half a dozen records to a page, where the default would put most of them on several.
    writer.pragma_update(None, "page_size", 16_384)?;
    writer.pragma_update(None, "cache_size", FILLING_PAGES)?;
    schema.migrate(writer, clock.now())?;
    transact(writer, schema, FaceId::default(), clock, None, fill)?;
    Ok(())
}
