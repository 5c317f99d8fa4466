//! Temporary location of a database that ends with the sandbox.
//!
//! A database in memory has no write-ahead log, so that in one readers and the writer would wait for each other. This one
//! is in a file without a name: nothing but the open connections leads to it, and when the sandbox ends, however it ends,
//! the operating system takes it back.

use std::io;
use std::path::PathBuf;

use tempfile::{Builder, TempDir};

use super::connection::file_uri;

/// A folder for the files of a database, which only this user can look into.
pub(super) struct Temporary(TempDir);

impl Temporary {
    pub(super) fn new() -> io::Result<Self> {
        let mut builder = Builder::new();
        builder.prefix("harvest-sandbox-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o700));
        }
        let folder = builder.tempdir()?;
        // A umask may have taken something from what its owner may do; SQLite would have its file the same.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700))?;
        }
        let temporary = Self(folder);
        super::private::create_file(&temporary.database())?;
        Ok(temporary)
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("harvest.sqlite3")
    }

    /// The URI of the database. No other process can open it, so the first connection locks it for the process, and the index of
    /// the write-ahead log is in memory: SQLite's usual layer calls the system four times for locks in each transaction.
    pub(super) fn uri(&self) -> String {
        let layer = if cfg!(unix) { "?vfs=unix-excl" } else { "" };
        file_uri(&self.database()) + layer
    }

    /// Takes the names of the files away, once every connection has opened them. Where open files have to have names, the
    /// folder is given back, to be removed when it is dropped.
    pub(super) fn unlink(self) -> io::Result<Option<Self>> {
        if cfg!(unix) {
            self.0.close()?;
            Ok(None)
        } else {
            Ok(Some(self))
        }
    }
}
