//! Files and folders for their owner alone: personal data of candidates is in them.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Opens a file to read it and to append to it, or makes it.
///
/// # Errors
///
/// Besides those of the system: if there is something that is no file, such as a symbolic link or a pipe, or a file that
/// others can read or write. What is written would go somewhere else, or be seen by them.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true);
    match fs::symlink_metadata(path) {
        Ok(about) => open_old(path, &about, &options),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            private(&mut options);
            match options.create_new(true).open(path) {
                // Another process made it meanwhile.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    options.create_new(false);
                    open_old(path, &fs::symlink_metadata(path)?, &options)
                }
                made => made,
            }
        }
        Err(error) => Err(error),
    }
}

/// Makes a file that was not there.
///
/// # Errors
///
/// Those of the system, and if there is anything by that name, a symbolic link included.
pub fn create(path: &Path) -> io::Result<File> {
    options().create_new(true).open(path)
}

/// Makes a folder that was not there.
///
/// # Errors
///
/// Those of the system, and if there is anything by that name.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    folders().create(folder)
}

/// Makes a folder, and those around it, where they are not there.
///
/// # Errors
///
/// Those of the system.
pub fn ensure_folder(folder: &Path) -> io::Result<()> {
    folders().recursive(true).create(folder)
}

/// Whether others than the owner can read or change it, where the system knows owners.
pub fn is_open_to_others(about: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        about.permissions().mode() & 0o077 != 0
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        false
    }
}

/// Options to write to a file, which has its mode from the beginning if it is made.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).truncate(false);
    private(&mut options);
    options
}

fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    #[cfg(not(unix))]
    let _ = options;
}

fn folders() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "it has a mode elsewhere"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Opens what was there before. It is looked at before it is opened, since a pipe would have to be waited for, and after,
/// since it can be replaced meanwhile.
fn open_old(path: &Path, about: &Metadata, options: &OpenOptions) -> io::Result<File> {
    let refused = |reason: &str| Err(io::Error::new(ErrorKind::InvalidInput, reason.to_owned()));
    if about.is_symlink() {
        return refused("it is a symbolic link, which is not followed; name what it leads to");
    }
    if !about.is_file() {
        return refused("it is no file");
    }
    let file = options.open(path)?;
    let opened = file.metadata()?;
    if !is_same(about, &opened) {
        return refused("it was replaced while it was opened; try again");
    }
    if is_open_to_others(&opened) {
        return refused(
            "it was there before, and others on this computer can read it; run `chmod 600` on it, \
             or name another one",
        );
    }
    Ok(file)
}

#[cfg(unix)]
fn is_same(about: &Metadata, opened: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (about.dev(), about.ino()) == (opened.dev(), opened.ino())
}

#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{Read, Seek, Write};
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn only_an_owners_own_file_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let mode = |name: &str| {
            let about = fs::metadata(path(name)).expect("it is there");
            about.permissions().mode() & 0o777
        };
        // A new one, and the same again.
        for expected in ["a", "aa"] {
            let mut file = open(&path("own")).expect("it opens");
            file.write_all(b"a").expect("written");
            file.rewind().expect("to the start");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("read");
            assert_eq!(text, expected);
        }
        assert_eq!(mode("own"), 0o600);

        for wide in [0o644, 0o640, 0o620, 0o602, 0o666] {
            fs::write(path("wide"), "").expect("written");
            fs::set_permissions(path("wide"), fs::Permissions::from_mode(wide)).expect("set");
            let error = open(&path("wide")).expect_err("it is refused");
            assert!(error.to_string().contains("chmod 600"), "{wide:o}: {error}");
        }
        symlink(path("own"), path("link")).expect("a link");
        symlink(path("nowhere"), path("dangling")).expect("a link");
        symlink("/dev/null", path("device")).expect("a link");
        fs::create_dir(path("folder")).expect("made");
        for name in ["link", "dangling", "device", "folder"] {
            open(&path(name)).expect_err(name);
            create(&path(name)).expect_err(name);
        }
        assert!(!path("nowhere").exists());
        let device = open(Path::new("/dev/null")).expect_err("it is no file");
        assert!(device.to_string().contains("no file"), "{device}");

        create(&path("new")).expect("it is made");
        assert_eq!(mode("new"), 0o600);
        create(&path("new")).expect_err("it is there");
        ensure_folder(&path("b/c")).expect("they are made");
        assert_eq!((mode("b"), mode("b/c")), (0o700, 0o700));
        create_folder(&path("b")).expect_err("it is there");
    }
}
