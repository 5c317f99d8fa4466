//! The folder of a database: for the user who runs the sandbox alone, and for one start at a time.
//!
//! In it are candidates, the hashes of keys and the secret that signs links. So a folder is made for its owner alone. One
//! that others can use is closed to them if it is empty or has nothing in it but what a sandbox keeps; otherwise its mode
//! may be as it is for a reason, and it is refused.
//!
//! The folder may be reached by a symbolic link: that is for its owner to choose. What is in it under a name of the
//! sandbox's is a regular file, or the folder of the snapshots. Anything else would have the sandbox change the modes of
//! what is outside of the folder, or wait for the other end of a pipe.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use super::identity::{self, Found, with_suffix};
use super::private;
use crate::refusal::StartError;

/// Where a database is.
#[derive(Clone, Debug, Default)]
pub(crate) enum Storage {
    /// Gone when the sandbox stops.
    #[default]
    Temporary,
    /// In a folder, which is made if it isn't there.
    Folder(PathBuf),
}

/// The name of the file with the key that a sandbox begins with.
pub(crate) const DEMO_KEY: &str = "demo-key";
/// The file with the OAuth credential that a sandbox begins with.
pub(crate) const DEMO_CREDENTIAL: &str = "demo-credential";
/// The name of the database, and the beginning of the names of what SQLite keeps beside it.
const DATABASE: &str = "harvest.sqlite3";
/// The folder of the snapshots.
const SNAPSHOTS: &str = "snapshots";
/// The file that is locked while a sandbox starts.
const LOCK: &str = "harvest.lock";
/// The end of the name of a file that is not complete.
const UNFINISHED: &str = "new";
/// The longest text that is read, in bytes.
pub(crate) const MAX_TEXT: usize = 1 << 10;

/// A folder that is this sandbox's alone for as long as this is held, which is until it has started. The lock is the
/// operating system's, which takes it from a process that ends, however it ends.
pub(crate) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder of a place, or checks the one that is there, and locks it. None in memory.
    pub(crate) fn open(place: &Storage) -> Result<Option<Self>, StartError> {
        let Storage::Folder(path) = place else {
            return Ok(None);
        };
        let fail = |error| StartError::data(path, error);
        if path.to_str().is_none() {
            // SQLite takes nothing else.
            return Err(StartError::folder(path, "its name is not UTF-8"));
        }
        match if_there(fs::metadata(path)).map_err(fail)? {
            None => private::create_folder(path).map_err(fail)?,
            Some(known) if known.is_dir() => {
                // What is refused is left as it is, modes and all.
                check_kinds(path)?;
                find(path)?;
                claim(path, &known)?;
            }
            Some(_) => return Err(StartError::folder(path, "it is a file")),
        }
        for entry in entries(path).map_err(fail)? {
            if is_own(entry.name()) {
                entry.restrict().map_err(fail)?;
            }
        }
        let lock = private::open_lock(&path.join(LOCK)).map_err(fail)?;
        match FileExt::try_lock(&lock) {
            Ok(()) => Ok(Some(Self {
                path: path.clone(),
                _lock: lock,
            })),
            Err(TryLockError::Error(error)) => Err(fail(error)),
            Err(TryLockError::WouldBlock) => Err(StartError::folder(
                path,
                "another sandbox is being started on it. Wait until that one is ready and start \
                 again, or choose another folder",
            )),
        }
    }

    pub(super) fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// Looks at the file in the place of the database.
    pub(super) fn find(&self) -> Result<Found, StartError> {
        find(&self.path)
    }

    pub(super) fn snapshots(&self) -> PathBuf {
        self.path.join(SNAPSHOTS)
    }

    /// Something is wrong with this folder, or with what is in it.
    pub(crate) fn refuse(&self, problem: impl Into<String>) -> StartError {
        StartError::folder(&self.path, problem)
    }

    /// What is in the place of the database cannot be used. `what` is a sentence about it.
    pub(super) fn refuse_database(&self, what: impl fmt::Display) -> StartError {
        refused(&self.path, what)
    }

    pub(crate) fn fail(&self, error: io::Error) -> StartError {
        StartError::data(&self.path, error)
    }

    /// The text in a file, if there is one of this name. Of one that is longer than [`MAX_TEXT`], a little more than that.
    pub(crate) fn read_text(&self, name: &str) -> io::Result<Option<String>> {
        let Some(file) = if_there(File::open(self.path.join(name)))? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.take(MAX_TEXT as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Writes a file that is either there with all of its text or not at all.
    pub(crate) fn write_text(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.path.join(name);
        let unfinished = unfinished(&path);
        remove_if_there(&unfinished)?;
        let written = private::create_file(&unfinished).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        let done = written.and_then(|()| fs::rename(&unfinished, &path));
        if done.is_err() {
            // It would be removed the next time, too.
            let _ = remove_if_there(&unfinished);
        }
        done?;
        self.sync()
    }

    /// Has the names in the folder survive a power cut.
    pub(super) fn sync(&self) -> io::Result<()> {
        if cfg!(unix) {
            File::open(&self.path)?.sync_all()?;
        }
        Ok(())
    }
}

/// The path of a file while it is not complete.
pub(super) fn unfinished(path: &Path) -> PathBuf {
    with_suffix(path, &format!(".{UNFINISHED}"))
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    if_there(fs::remove_file(path)).map(drop)
}

fn find(path: &Path) -> Result<Found, StartError> {
    identity::look(&path.join(DATABASE)).map_err(|what| refused(path, what))
}

fn refused(path: &Path, what: impl fmt::Display) -> StartError {
    let problem = format!(
        "{DATABASE} in it {what}. It was left as it is; choose another folder, or move all files \
         whose names begin with {DATABASE} elsewhere, and put a copy of your database there"
    );
    StartError::folder(path, problem)
}

/// Refuses a folder in which a name of the sandbox's is that of something else than a file, or for the snapshots a folder.
fn check_kinds(path: &Path) -> Result<(), StartError> {
    let fail = |error| StartError::data(path, error);
    let mut all = entries(path).map_err(fail)?;
    all.retain(|entry| is_own(entry.name()));
    let mut wrong = None;
    for entry in &all {
        let is_folder = entry.name() == SNAPSHOTS;
        wrong = wrong.or(entry.wrong_kind(is_folder));
        if is_folder && wrong.is_none() {
            let kept = entries(&entry.path).map_err(fail)?;
            wrong = kept.iter().find_map(|entry| entry.wrong_kind(false));
        }
    }
    match wrong {
        None => Ok(()),
        Some(what) => Err(StartError::folder(
            path,
            format!("{what}. It was left as it is; move it elsewhere, or choose another folder"),
        )),
    }
}

/// Closes a folder that was there to others than its owner, or refuses it.
fn claim(path: &Path, known: &Metadata) -> Result<(), StartError> {
    let Some(mode) = private::shared_mode(known) else {
        return Ok(());
    };
    let refuse = |why: &str| {
        let problem = format!(
            "other users of this computer may use it (its mode is {mode:04o}), and {why}. Choose a \
             folder of its own, or close this one: chmod 700 {}",
            path.display()
        );
        StartError::folder(path, problem)
    };
    let fail = |error| StartError::data(path, error);
    for entry in entries(path).map_err(fail)? {
        let name = entry.name();
        if !is_own(name) {
            let why = format!("there is something of others in it: {}", name.display());
            return Err(refuse(&why));
        }
        if private::may_be_planted(known, &entry.known) {
            let why = format!("{} in it may be of one of them", name.display());
            return Err(refuse(&why));
        }
    }
    private::restrict(path, known)
        .map_err(|error| refuse(&format!("that can't be changed: {error}")))
}

/// Whether a sandbox keeps files of this name.
fn is_own(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let complete = name
        .strip_suffix(UNFINISHED)
        .and_then(|it| it.strip_suffix('.'));
    [SNAPSHOTS, LOCK, DEMO_KEY, DEMO_CREDENTIAL].contains(&complete.unwrap_or(&name))
        || name.starts_with(DATABASE)
}

/// A file or folder in a folder.
struct Entry {
    path: PathBuf,
    /// Of a link, that of the link itself.
    known: Metadata,
}

impl Entry {
    fn name(&self) -> &OsStr {
        self.path.file_name().unwrap_or_default()
    }

    /// What is wrong with its kind, with its path.
    fn wrong_kind(&self, is_folder: bool) -> Option<String> {
        let what = private::wrong_kind(&self.known, is_folder)?;
        Some(format!("{} {what}", self.path.display()))
    }

    /// Closes it to others, with what is in it. Its kind was checked.
    fn restrict(&self) -> io::Result<()> {
        if_there(private::restrict(&self.path, &self.known))?;
        if self.known.is_dir() {
            for entry in entries(&self.path)? {
                entry.restrict()?;
            }
        }
        Ok(())
    }
}

fn entries(path: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        // Another sandbox on this folder may be making files, or removing them.
        if let Some(known) = if_there(entry.metadata())? {
            entries.push(Entry {
                path: entry.path(),
                known,
            });
        }
    }
    Ok(entries)
}

fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        result => result.map(Some),
    }
}
