//! Files and folders that only the user who runs the sandbox can use. Where there are no modes, what the system gives them
//! by itself.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};

/// Makes a folder, with those above it.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(path)
}

/// Makes a file that was not there.
pub(super) fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path)
}

/// Opens a file to lock it, and makes it if it is not there.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path)
}

/// The mode of a file or folder that others may use in some way.
#[cfg(unix)]
pub(super) fn shared_mode(of: &Metadata) -> Option<u32> {
    let mode = of.mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
pub(super) fn shared_mode(_: &Metadata) -> Option<u32> {
    None
}

/// Whether others than its owner may have put there what is in a folder.
#[cfg(unix)]
pub(super) fn may_be_planted(folder: &Metadata, entry: &Metadata) -> bool {
    folder.mode() & 0o022 != 0 && entry.uid() != folder.uid()
}

#[cfg(not(unix))]
pub(super) fn may_be_planted(_: &Metadata, _: &Metadata) -> bool {
    false
}

/// Takes from others what they may do with a file or folder, and leaves its owner what the owner may do.
#[cfg(unix)]
pub(super) fn restrict(path: &Path, known: &Metadata) -> io::Result<()> {
    if shared_mode(known).is_none() {
        return Ok(());
    }
    let mut permissions = known.permissions();
    permissions.set_mode(known.mode() & 0o7700);
    std::fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
pub(super) fn restrict(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}
