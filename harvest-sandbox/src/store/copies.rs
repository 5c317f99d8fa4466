//! The place of snapshots: memory, or a folder.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use rusqlite::Connection;

use super::Folder;

/// Where copies are kept.
pub(super) enum Snapshots {
    Memory(Mutex<BTreeMap<String, Connection>>),
    Folder(PathBuf),
}

impl Snapshots {
    pub(super) fn of(folder: Option<&Folder>) -> Self {
        match folder {
            None => Self::Memory(Mutex::default()),
            Some(folder) => Self::Folder(folder.snapshots()),
        }
    }
}
