//! Folders for tests.

use std::path::{Path, PathBuf};

/// A folder that is gone when it is dropped.
pub struct TempDir(PathBuf);

impl TempDir {
    pub fn new(name: &str) -> Self {
        let folder = format!("harvest-sandbox-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(folder);
        // Of an earlier process with the same number.
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
