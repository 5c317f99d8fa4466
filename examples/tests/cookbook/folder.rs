//! A folder for what a recipe writes.

use std::path::PathBuf;
use std::{env, fs, process};

/// A folder that is gone after the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("{name}-{}", process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    /// What is in it, by name.
    pub fn files(&self) -> Vec<(String, String)> {
        let entries = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap());
        let mut files: Vec<_> = entries
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
