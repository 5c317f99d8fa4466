//! A token pair in a file.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use fs4::{FileExt, TryLockError};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};

use super::{LockedTokenStore, StoreFuture, TokenPair, TokenStore};

/// The time that other processes have to release the lock. They hold it while they ask the token service.
const PATIENCE: Duration = Duration::from_secs(2 * 60);
/// The time between two looks at a lock.
const LOOK_AGAIN: Duration = Duration::from_millis(25);
/// More than the tokens of an answer of 64 KiB take, however many of their characters are escaped.
const LONGEST: u64 = 512 * 1024;

/// A token pair in a file, for all processes of a machine that act by one consent.
///
/// The file is replaced as a whole: the new one is written beside it under another name, reaches the disk, and takes its
/// name. It is for its owner alone (mode 0600), and so has to be its folder: one that others can write to is refused, for
/// they could replace the file. Processes exclude each other by a lock on a second file, whose name ends in `.lock`; it
/// ends with the process that holds it, however that ends. Locks in folders of other machines (NFS, SMB) may not hold.
///
/// Choose a file for each consent, and do not copy it: of two copies, the one that is used second is worthless.
///
/// ```no_run
/// use harvest_runtime::{Api, ClientBuilder, Error, FileTokenStore};
///
/// fn connect<A: Api>(id: &str, secret: &str) -> Result<A, Box<dyn std::error::Error>> {
///     let store = FileTokenStore::open("/var/lib/acme-sync/harvest-tokens.json")?;
///     Ok(ClientBuilder::new().client_credentials(id, secret).token_store(store).build()?)
/// }
/// ```
#[derive(Clone)]
pub struct FileTokenStore(Arc<Paths>);

struct Paths {
    file: PathBuf,
    folder: PathBuf,
    lock: PathBuf,
}

impl FileTokenStore {
    /// A store in this file, which need not be there yet; its folder has to be.
    ///
    /// # Errors
    ///
    /// If the folder is not there, is no folder, cannot be written to, or can be written to by others; or if the file is
    /// something else than a file, or can be read by others. The text says what to do.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let file = path.into();
        let Some(name) = file.file_name() else {
            return Err(refuse(&file, "it is no name of a file"));
        };
        let mut lock = name.to_owned();
        lock.push(".lock");
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        let paths = Paths {
            lock: folder.join(lock),
            folder,
            file,
        };
        paths.check()?;
        Ok(Self(Arc::new(paths)))
    }
}

impl TokenStore for FileTokenStore {
    fn lock(&self) -> StoreFuture<'_, Box<dyn LockedTokenStore>> {
        let began = Instant::now();
        Box::pin(async move {
            let paths = Arc::clone(&self.0);
            blocking(move || paths.check()).await?;
            loop {
                let paths = Arc::clone(&self.0);
                if let Some(lock) = blocking(move || paths.try_lock()).await? {
                    let locked = Locked {
                        paths: Arc::clone(&self.0),
                        lock,
                    };
                    return Ok(Box::new(locked) as Box<dyn LockedTokenStore>);
                }
                if began.elapsed() >= PATIENCE {
                    let late = io::Error::new(
                        ErrorKind::TimedOut,
                        "another process holds the lock and does not go on; end it, or use a file \
                         for each consent",
                    );
                    return Err(self.0.about(&late).into());
                }
                sleep(LOOK_AGAIN).await;
            }
        })
    }
}

/// The file, while this process has it.
struct Locked {
    paths: Arc<Paths>,
    lock: File,
}

impl LockedTokenStore for Locked {
    fn read(&mut self) -> StoreFuture<'_, Option<TokenPair>> {
        let paths = Arc::clone(&self.paths);
        Box::pin(async move {
            let Some(text) = blocking(move || paths.read()).await? else {
                return Ok(None);
            };
            let pair = TokenPair::from_json(&text).map_err(|_| self.paths.foreign())?;
            Ok(Some(pair))
        })
    }

    fn write<'a>(&'a mut self, pair: &'a TokenPair) -> StoreFuture<'a, ()> {
        let (paths, text) = (Arc::clone(&self.paths), pair.to_json());
        Box::pin(async move { Ok(blocking(move || paths.write(&text)).await?) })
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        // Closing it does so too, but not at once on every system.
        let _ = FileExt::unlock(&self.lock);
    }
}

impl Paths {
    /// Checks who else can reach the file. Done before each use: modes change.
    fn check(&self) -> io::Result<()> {
        let folder = fs::metadata(&self.folder).map_err(|error| self.about(&error))?;
        if !folder.is_dir() {
            return Err(refuse(&self.folder, "it is no folder"));
        }
        check_folder(&self.folder, &folder)?;
        // Not through a symbolic link, whose target lies in a folder that was not checked.
        for path in [&self.file, &self.lock] {
            match fs::symlink_metadata(path) {
                Ok(known) if known.is_file() => check_file(path, &known)?,
                Ok(_) => return Err(refuse(path, "it is something else than a file")),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(self.about(&error)),
            }
        }
        // Whether a file can be made, and whom it belongs to: this process.
        let probe = tempfile::tempfile_in(&self.folder).and_then(|file| file.metadata());
        let probe = probe.map_err(|error| self.about(&error))?;
        check_owner(&self.folder, &folder, &probe)
    }

    /// The lock, unless another process, or another task of this one, has it.
    fn try_lock(&self) -> io::Result<Option<File>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options
            .open(&self.lock)
            .map_err(|error| self.about(&error))?;
        match FileExt::try_lock(&lock) {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(self.about(&error)),
        }
    }

    fn read(&self) -> io::Result<Option<String>> {
        let file = match File::open(&self.file) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.about(&error)),
        };
        let mut text = Vec::new();
        let read = file.take(LONGEST + 1).read_to_end(&mut text);
        let read = read.map_err(|error| self.about(&error))?;
        if read as u64 > LONGEST {
            return Err(self.foreign());
        }
        let text = String::from_utf8(text).map_err(|_| self.foreign())?;
        Ok(Some(text))
    }

    /// What is in the file was not written by a store.
    fn foreign(&self) -> io::Error {
        self.about(&io::Error::new(
            ErrorKind::InvalidData,
            "it holds no stored tokens; put it back as it was, or remove it and have the user \
             consent again",
        ))
    }

    /// Replaces the file by one that has reached the disk, and then its name. What could not be read again is not written.
    fn write(&self, text: &str) -> io::Result<()> {
        if text.len() as u64 > LONGEST {
            return Err(self.about(&io::Error::new(
                ErrorKind::InvalidInput,
                "the tokens are longer than any; check where they come from",
            )));
        }
        let write = || {
            // Of mode 0600 from the beginning.
            let mut file = tempfile::Builder::new()
                .prefix(".")
                .suffix(".new")
                .tempfile_in(&self.folder)?;
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&self.file).map_err(|failed| failed.error)?;
            if cfg!(unix) {
                File::open(&self.folder)?.sync_all()?;
            }
            Ok(())
        };
        write().map_err(|error| self.about(&error))
    }

    fn about(&self, error: &io::Error) -> io::Error {
        let text = format!("the file of tokens {}: {error}", self.file.display());
        io::Error::new(error.kind(), text)
    }
}

fn refuse(path: &Path, reason: &str) -> io::Error {
    let text = format!("for tokens, {} is refused: {reason}", path.display());
    io::Error::new(ErrorKind::PermissionDenied, text)
}

#[cfg(unix)]
fn check_folder(path: &Path, folder: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let others_write = 0o022;
    if folder.mode() & others_write == 0 {
        return Ok(());
    }
    Err(refuse(
        path,
        "others can write to this folder, and so replace the file; make one for its owner alone \
         (chmod 700)",
    ))
}

#[cfg(unix)]
fn check_file(path: &Path, file: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let others = 0o077;
    if file.mode() & others == 0 {
        return Ok(());
    }
    Err(refuse(
        path,
        "others can read or write this file; if they should not have what is in it, have the user \
         consent again, and keep it for its owner alone (chmod 600)",
    ))
}

/// The folder belongs to who runs this process, or to the administrator.
#[cfg(unix)]
fn check_owner(path: &Path, folder: &Metadata, own: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    if folder.uid() == own.uid() || folder.uid() == 0 {
        return Ok(());
    }
    Err(refuse(
        path,
        "the folder belongs to another user, who can replace the file; make one of your own",
    ))
}

/// Elsewhere a folder of the user's is private by default.
#[cfg(not(unix))]
fn check_folder(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn check_file(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn check_owner(_: &Path, _: &Metadata, _: &Metadata) -> io::Result<()> {
    Ok(())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let done = spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(io::Error::other(error)))
}
