//! The key that a sandbox with a folder begins with, kept there for whoever may read the folder.
//!
//! All keys are kept as hashes; this one is kept as it is, too, so that a sandbox that is started again can say it again,
//! and programs that were given it go on working.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

const FILE: &str = "demo-key";

pub(crate) fn read(folder: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(folder.join(FILE)) {
        Ok(key) => Ok(Some(key.trim().to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes it so that nobody else can read it, where files know about that.
pub(crate) fn write(folder: &Path, key: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    writeln!(options.open(folder.join(FILE))?, "{key}")
}
