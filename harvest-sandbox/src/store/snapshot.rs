//! Copies of the whole database, to go back to.
//!
//! Of a temporary database a copy is in memory. In a folder it is a file beside the database, so it is there again when
//! the sandbox is.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::connection::{file_uri, lock};
use super::copies::Snapshots;
use super::folder::remove_if_there;
use super::identity::{self, Found};
use super::{Store, is_full_disk, private};
use crate::refusal::StartError;
use crate::refusal::{Outcome, Refusal, broken};

/// The longest name of a snapshot, in bytes.
const MAX_NAME: usize = 64;

const SUFFIX: &str = ".sqlite3";

/// Whether this can be the name of a snapshot. Names are parts of paths, so they are of few characters.
pub(crate) fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(plain)
}

impl Store {
    /// Keeps everything as it is now under a name, and replaces what had it. Writes wait for it.
    pub(crate) fn take_snapshot(&self, name: &str) -> Outcome<()> {
        let writer = self.writer()?;
        match &self.snapshots {
            Snapshots::Memory(kept) => {
                let mut copy = Connection::open_in_memory()?;
                copy_all(&writer, &mut copy)?;
                lock(kept).insert(name.to_owned(), copy);
            }
            Snapshots::Folder(folder) => {
                private::create_folder(folder).map_err(|error| unwritable(&error))?;
                check_folder(folder)?;
                let path = file(folder, name);
                let unfinished = path.with_extension("unfinished");
                let taken = copy_to_file(&writer, &unfinished).and_then(|()| {
                    std::fs::rename(&unfinished, &path).map_err(|error| unwritable(&error))
                });
                if taken.is_err() {
                    // The next attempt would remove it, too.
                    let _ = remove_if_there(&unfinished);
                }
                taken?;
            }
        }
        Ok(())
    }

    /// Puts everything back as it was, all or nothing, and says whether there was a snapshot of this name. Writes wait
    /// for it.
    pub(crate) fn restore_snapshot(&self, name: &str) -> Outcome<bool> {
        let mut writer = self.writer()?;
        match &self.snapshots {
            Snapshots::Memory(kept) => match lock(kept).get(name) {
                Some(copy) => copy_all(copy, &mut writer)?,
                None => return Ok(false),
            },
            Snapshots::Folder(folder) => {
                let path = file(folder, name);
                let found = identity::look(&path)
                    .map_err(|what| unusable(&format!("its file {what}, and was left as it is")))?;
                if found == Found::Nothing {
                    return Ok(false);
                }
                // It was complete when it got its name, and nothing has written to it since.
                let uri = format!("{}?immutable=1", file_uri(&path));
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                let copy = Connection::open_with_flags(uri, flags)?;
                // Before it takes the place of the present records.
                if let Some(what) = self.schema.check(&copy)? {
                    return Err(unusable(&format!("its file {what}, and was left as it is")));
                }
                copy_all(&copy, &mut writer)?;
            }
        }
        // The snapshot may be older than the tables that this version of the sandbox has.
        self.schema
            .migrate(&mut writer, self.clock.now())
            .map_err(|error| unusable(&StartError::from(error).to_string()))?;
        self.changes.happened();
        Ok(true)
    }

    /// Drops a snapshot, and says whether there was one of this name.
    pub(crate) fn forget_snapshot(&self, name: &str) -> Outcome<bool> {
        match &self.snapshots {
            Snapshots::Memory(kept) => Ok(lock(kept).remove(name).is_some()),
            Snapshots::Folder(folder) => match std::fs::remove_file(file(folder, name)) {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
                Err(error) => Err(unwritable(&error)),
            },
        }
    }

    /// The names of the snapshots, in order.
    pub(crate) fn snapshots(&self) -> Outcome<Vec<String>> {
        let folder = match &self.snapshots {
            Snapshots::Memory(kept) => return Ok(lock(kept).keys().cloned().collect()),
            Snapshots::Folder(folder) => folder,
        };
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unwritable(&error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let file = entry.map_err(|error| unwritable(&error))?.file_name();
            let name = file.to_str().and_then(|file| file.strip_suffix(SUFFIX));
            names.extend(name.filter(|name| is_name(name)).map(str::to_owned));
        }
        names.sort_unstable();
        Ok(names)
    }
}

/// Copies one database over another, in one transaction.
pub(super) fn copy_all(from: &Connection, to: &mut Connection) -> Outcome<()> {
    let backup = Backup::new(from, to)?;
    match backup.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(Refusal::Locked),
    }
}

/// Copies a database to a file, in place of what an earlier attempt that was killed left there.
fn copy_to_file(from: &Connection, path: &Path) -> Outcome<()> {
    remove_if_there(path)
        .and_then(|()| private::create_file(path))
        .map_err(|error| unwritable(&error))?;
    let mut copy = Connection::open(path)?;
    copy_all(from, &mut copy)
}

/// Refuses something else in the place of the folder, which may have got there since the start.
fn check_folder(folder: &Path) -> Outcome<()> {
    let known = std::fs::symlink_metadata(folder).map_err(|error| unwritable(&error))?;
    match private::wrong_kind(&known, true) {
        None => Ok(()),
        Some(what) => Err(broken(format!("its folder of snapshots {what}"))),
    }
}

fn unusable(problem: &str) -> Refusal {
    Refusal::Failed(format!("The snapshot can't be restored: {problem}"))
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{SUFFIX}"))
}

/// The folder was named when the sandbox was started; the words go to who did that.
fn unwritable(error: &io::Error) -> Refusal {
    if is_full_disk(error) {
        return Refusal::Full;
    }
    broken(format!("its folder of snapshots: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        for good in ["a", "before-the-merge_2", &"x".repeat(64)] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "",
            ".",
            "..",
            "a/b",
            "a\\b",
            "a.b",
            "é",
            "a b",
            &"x".repeat(65),
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
