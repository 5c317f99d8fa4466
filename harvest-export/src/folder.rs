//! The folder of an export: its lock, and files that are there as a whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufReader, Error, ErrorKind, Read, Take, Write};
use std::path::{Path, PathBuf};

use fs4::FileExt;

use crate::error::ExportError;
use crate::ledger::Receipt;
use crate::lines::{Lines, has_more_values};
use crate::private;

const LOCK: &str = "lock";
/// What a page is called that is not whole yet, behind its name.
const UNFINISHED: &str = ".tmp";
/// The longest line of a page, and the most values in it. A record is a part of an answer, of which the client bounds both.
const MOST_LINE: usize = 128 * 1024 * 1024;
const MOST_VALUES: usize = 4 * 1024 * 1024;
/// How much of a page is read at once.
const PART: usize = 64 * 1024;

/// A folder that this process alone writes to.
pub(crate) struct Folder {
    path: PathBuf,
    /// Ends with the process, however that ends.
    _lock: File,
}

impl Folder {
    pub(crate) fn open(path: &Path) -> Result<Self, ExportError> {
        private::ensure_folder(path).map_err(|error| ExportError::file(path, error))?;
        let lock = path.join(LOCK);
        let failed = |error| ExportError::file(&lock, error);
        no_link(&lock).map_err(failed)?;
        let file = private::options()
            .create(true)
            .open(&lock)
            .map_err(failed)?;
        if FileExt::try_lock(&file).is_err() {
            return Err(ExportError::Locked {
                path: path.to_owned(),
            });
        }
        Ok(Self {
            path: path.to_owned(),
            _lock: file,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes sure that no file of another program has a name that an export writes to. It is asked before the first one.
    pub(crate) fn is_free_for(&self, names: &[&str]) -> Result<(), ExportError> {
        for name in names {
            let path = self.path.join(name);
            let is_taken = match fs::symlink_metadata(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => false,
                Err(error) => return Err(ExportError::file(&path, error)),
                Ok(about) if about.is_dir() => {
                    let mut entries =
                        fs::read_dir(&path).map_err(|it| ExportError::file(&path, it))?;
                    entries.next().is_some()
                }
                Ok(_) => true,
            };
            if is_taken {
                return Err(ExportError::Occupied { path });
            }
        }
        Ok(())
    }

    /// Writes a file, so that it is there as a whole and survives a crash, or is not there.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.write_by(name, |file| file.write_all(bytes))
    }

    /// The same of what a function writes.
    pub(crate) fn write_by<T>(
        &self,
        name: &str,
        write: impl FnOnce(&mut File) -> std::io::Result<T>,
    ) -> Result<T, ExportError> {
        let path = self.path.join(name);
        let failed = |error| ExportError::file(&path, error);
        let folder = path.parent().unwrap_or(&self.path);
        if folder != self.path {
            no_link(folder).map_err(failed)?;
        }
        private::ensure_folder(folder).map_err(failed)?;
        let (mut file, unfinished) = self.begin(name)?;
        let written = write(&mut file).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        fs::rename(&unfinished, &path).map_err(failed)?;
        sync(folder).map_err(failed)?;
        Ok(written)
    }

    /// Writes a file as [`write`](Self::write) does, if there is none of this name. False: there is one, which is left alone.
    #[cfg(feature = "parquet")]
    pub(crate) fn write_new(&self, name: &str, bytes: &[u8]) -> Result<bool, ExportError> {
        let path = self.path.join(name);
        let failed = |error| ExportError::file(&path, error);
        let (mut file, unfinished) = self.begin(name)?;
        file.write_all(bytes).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        // Unlike renaming, a link replaces nothing; not every file system has them.
        let linked = fs::hard_link(&unfinished, &path);
        if linked.is_err() && fs::symlink_metadata(&path).is_err() {
            fs::rename(&unfinished, &path).map_err(failed)?;
        } else {
            fs::remove_file(&unfinished).map_err(failed)?;
            if linked.is_err() {
                return Ok(false);
            }
        }
        sync(path.parent().unwrap_or(&self.path)).map_err(failed)?;
        Ok(true)
    }

    /// Begins a file that gets its name when it is whole, by [`adopt`](Self::adopt). Its folder has to be there.
    pub(crate) fn begin(&self, name: &str) -> Result<(File, PathBuf), ExportError> {
        let mut unfinished = self.path.join(name).into_os_string();
        unfinished.push(UNFINISHED);
        let unfinished = PathBuf::from(unfinished);
        let failed = |error| ExportError::file(&unfinished, error);
        let file = match private::create(&unfinished) {
            // What a process that ended left, or a link that was put there.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                fs::remove_file(&unfinished).map_err(failed)?;
                private::create(&unfinished)
            }
            created => created,
        };
        let file = file.map_err(failed)?;
        Ok((file, unfinished))
    }

    /// Makes a folder within that only its owner can read.
    pub(crate) fn create(&self, name: &str) -> Result<PathBuf, ExportError> {
        let folder = self.path.join(name);
        no_link(&folder).map_err(|error| ExportError::file(&folder, error))?;
        private::ensure_folder(&folder).map_err(|error| ExportError::file(&folder, error))?;
        Ok(folder)
    }

    /// Gives a file that is whole its place, so that it survives a crash there.
    pub(crate) fn adopt(&self, unfinished: &Path, name: &str) -> Result<(), ExportError> {
        let path = self.path.join(name);
        let failed = |error| ExportError::file(&path, error);
        let folder = path.parent().unwrap_or(&self.path);
        no_link(folder).map_err(failed)?;
        private::ensure_folder(folder).map_err(failed)?;
        File::open(unfinished)
            .and_then(|it| it.sync_all())
            .map_err(failed)?;
        fs::rename(unfinished, &path).map_err(failed)?;
        sync(folder).map_err(failed)
    }

    /// Removes the pages of a stream that have no receipt: a process that ended left them. What has another name is
    /// another program's, and stays; the proof names it.
    pub(crate) fn remove_others(
        &self,
        stream: &str,
        known: &BTreeSet<&str>,
    ) -> Result<(), ExportError> {
        self.remove(stream, |name| is_page(stream, name), known)
    }

    /// Removes the files of a folder that are ours by their names, finished or not, except those that are known.
    pub(crate) fn remove(
        &self,
        folder: &str,
        is_ours: impl Fn(&str) -> bool,
        known: &BTreeSet<&str>,
    ) -> Result<(), ExportError> {
        for name in files(&self.path, folder)? {
            let is_ours = is_ours(name.strip_suffix(UNFINISHED).unwrap_or(&name));
            if is_ours && !known.contains(name.as_str()) {
                let path = self.path.join(name);
                fs::remove_file(&path).map_err(|error| ExportError::file(&path, error))?;
            }
        }
        Ok(())
    }
}

/// The name of a page, as its receipt has it.
pub(crate) fn page(stream: &str, window: u32, page: u32) -> String {
    format!("{stream}/{window:06}-{page:05}.ndjson")
}

/// Whether a page of a stream can have this name.
pub(crate) fn is_page(stream: &str, name: &str) -> bool {
    let numbers = || {
        let name = name.strip_prefix(stream)?.strip_prefix('/')?;
        let (window, page) = name.strip_suffix(".ndjson")?.split_once('-')?;
        Some((window.parse().ok()?, page.parse().ok()?))
    };
    // Each has one spelling.
    numbers().is_some_and(|(window, number)| page(stream, window, number) == name)
}

/// The lines of a page.
pub(crate) struct PageLines {
    path: PathBuf,
    lines: Lines<BufReader<Take<File>>>,
}

/// The lines of a page. What is no file, or has another length than its receipt says, is not read: it could have no end.
pub(crate) fn lines(folder: &Path, receipt: &Receipt) -> Result<PageLines, ExportError> {
    let path = folder.join(&receipt.file);
    let open = || {
        let about = fs::symlink_metadata(&path)?;
        if !about.is_file() || about.len() != receipt.bytes {
            return Err(altered());
        }
        File::open(&path)
    };
    let file = open().map_err(|error| ExportError::file(&path, error))?;
    let file = BufReader::with_capacity(PART, file.take(receipt.bytes));
    let lines = Lines::new(file, MOST_LINE);
    Ok(PageLines { path, lines })
}

/// The lines of a page that is what was written, by its receipt.
pub(crate) fn proven_lines(folder: &Path, receipt: &Receipt) -> Result<PageLines, ExportError> {
    let lines = lines(folder, receipt)?;
    let is_same = match receipt.hash.is_of_file(&lines.path) {
        Ok(false) => Err(altered()),
        read => read.map(drop),
    };
    is_same.map_err(|error| ExportError::file(&lines.path, error))?;
    Ok(lines)
}

impl PageLines {
    /// The next line, without its break.
    pub(crate) fn next(&mut self) -> Result<Option<&str>, ExportError> {
        let path = &self.path;
        let failed = |error| ExportError::file(path, error);
        let Some(line) = self.lines.next().map_err(failed)? else {
            return Ok(None);
        };
        if has_more_values(line, MOST_VALUES) {
            let problem = format!("has a line of more than {MOST_VALUES} values");
            return Err(failed(Error::new(ErrorKind::FileTooLarge, problem)));
        }
        let line = str::from_utf8(line).map_err(|_| failed(altered()))?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Ok(Some(line.strip_suffix('\r').unwrap_or(line)))
    }
}

fn altered() -> Error {
    Error::new(ErrorKind::InvalidData, "is not what was written")
}

/// The files of a stream, as receipts name them.
pub(crate) fn files(folder: &Path, stream: &str) -> Result<Vec<String>, ExportError> {
    let path = folder.join(stream);
    let failed = |error| ExportError::file(&path, error);
    no_link(&path).map_err(failed)?;
    let entries = match fs::read_dir(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let names = entries.map(|entry| {
        let name = entry?.file_name().to_string_lossy().into_owned();
        Ok(format!("{stream}/{name}"))
    });
    names.collect::<std::io::Result<_>>().map_err(failed)
}

/// Refuses a symbolic link: what it leads to is no part of the export, and would be written to or removed.
pub(crate) fn no_link(path: &Path) -> std::io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_symlink() => Err(Error::new(
            ErrorKind::InvalidInput,
            "it is a symbolic link, which an export does not follow; replace it by what it leads \
             to",
        )),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes the names in a folder survive a crash.
#[cfg(unix)]
fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> std::io::Result<()> {
    Ok(())
}
