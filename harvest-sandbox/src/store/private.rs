//! Files and folders that only the user who runs the sandbox can use. Where there are no modes, what the system gives them
//! by itself.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};

/// The mode of a folder that is made.
#[cfg(unix)]
const FOLDER: u32 = 0o700;
/// The mode of a file that is made.
#[cfg(unix)]
const FILE: u32 = 0o600;

/// Makes a folder, with those above it.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    match create_one(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let above = path.parent().ok_or(error)?;
            create_folder(above)?;
            create_one(path)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        created => created,
    }
}

/// Gives it its mode a second time, since a umask may have taken something from what its owner may do.
fn create_one(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    builder.mode(FOLDER);
    builder.create(path)?;
    #[cfg(unix)]
    fs::set_permissions(path, fs::Permissions::from_mode(FOLDER))?;
    Ok(())
}

/// Makes a file that was not there.
pub(super) fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    open(options, path)
}

/// Opens a file to lock it, and makes it if it is not there.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    open(options, path)
}

/// Gives a file its mode a second time, since a umask may have taken something from what its owner may do.
#[cfg_attr(not(unix), expect(unused_mut, reason = "there are no modes"))]
fn open(mut options: OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    options.mode(FILE);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(fs::Permissions::from_mode(FILE))?;
    Ok(file)
}

/// What is wrong with the kind of something in a place of the sandbox's, as a sentence about it. A link would lead out of
/// the folder, and to open a pipe is to wait for its other end.
pub(super) fn wrong_kind(known: &Metadata, is_folder: bool) -> Option<&'static str> {
    let kind = known.file_type();
    if kind.is_symlink() {
        Some("is a symbolic link, which a sandbox does not follow")
    } else if is_folder {
        (!kind.is_dir()).then_some("is no folder")
    } else {
        (!kind.is_file()).then_some("is no file")
    }
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
    fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
pub(super) fn restrict(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}
