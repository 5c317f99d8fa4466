//! Kinds of files in the folder: a link or a pipe under a name of the sandbox's is refused, and nothing outside is touched.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::temp_dir::TempDir;
use super::{Process, is_closed, mode, names, set_mode, state};

/// The names that a sandbox gives, and may find again.
const NAMES: [&str; 12] = [
    "demo-credential",
    "demo-credential.new",
    "demo-key",
    "demo-key.new",
    "harvest.lock",
    "harvest.sqlite3",
    "harvest.sqlite3.new",
    "harvest.sqlite3-journal",
    "harvest.sqlite3-shm",
    "harvest.sqlite3-wal",
    "snapshots",
    "snapshots/one.sqlite3",
];

/// A folder, and a file and a folder beside it that are open to everyone.
struct Scene {
    folder: PathBuf,
    file: PathBuf,
    beside: PathBuf,
    temp_dir: TempDir,
}

impl Scene {
    fn new(name: &str) -> Self {
        let temp_dir = TempDir::new(name);
        let [folder, file, beside] =
            ["data", "victim", "beside"].map(|it| temp_dir.path().join(it));
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir(&beside).unwrap();
        fs::write(&file, "a-key-of-others").unwrap();
        fs::write(beside.join("one.sqlite3"), "Dear rivers").unwrap();
        for path in [&folder, &beside] {
            set_mode(path, 0o755);
        }
        for path in [file.clone(), beside.join("one.sqlite3")] {
            set_mode(&path, 0o644);
        }
        Self {
            folder,
            file,
            beside,
            temp_dir,
        }
    }

    /// Starts a sandbox, which refuses what is at this path and leaves everything as it is.
    fn refuses(&self, path: &Path, words: &str) {
        let before = mode(&self.folder);
        let said = Process::start(&self.folder, &[]).complaint();
        assert!(said.contains(words), "{said}");
        assert!(said.contains(path.to_str().unwrap()), "{said}");
        assert_eq!(state(&self.file), (b"a-key-of-others".to_vec(), 0o644));
        assert_eq!(mode(&self.beside), 0o755);
        let inside = self.beside.join("one.sqlite3");
        assert_eq!(state(&inside), (b"Dear rivers".to_vec(), 0o644));
        assert_eq!(mode(&self.folder), before);
        assert_eq!(names(self.temp_dir.path()), ["beside", "data", "victim"]);
        assert!(path.symlink_metadata().is_ok(), "it was removed");
    }
}

fn remove(path: &Path) {
    let known = path.symlink_metadata().unwrap();
    if known.is_dir() {
        fs::remove_dir(path).unwrap();
    } else {
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn links_are_not_followed() {
    let scene = Scene::new("links");
    let dangling = scene.temp_dir.path().join("nothing");
    for name in NAMES {
        let path = scene.folder.join(name);
        let is_within = name.contains('/');
        if is_within {
            fs::create_dir(path.parent().unwrap()).unwrap();
        }
        for target in [&scene.file, &scene.beside, &dangling] {
            symlink(target, &path).unwrap();
            scene.refuses(&path, "symbolic link");
            remove(&path);
        }
        if is_within {
            remove(path.parent().unwrap());
        }
    }
    assert!(names(&scene.folder).is_empty());
    // The folder itself may be reached by one.
    let link = scene.temp_dir.path().join("link");
    symlink(&scene.folder, &link).unwrap();
    assert!(Process::start(&link, &[]).is_up());
    is_closed(&scene.folder);
}

#[test]
fn what_is_no_file_is_not_opened() {
    let scene = Scene::new("pipes");
    for name in NAMES {
        let path = scene.folder.join(name);
        let is_within = name.contains('/');
        if is_within {
            fs::create_dir(path.parent().unwrap()).unwrap();
        }
        let made = Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        let words = if name == "snapshots" {
            "is no folder"
        } else {
            "is no file"
        };
        scene.refuses(&path, words);
        remove(&path);
        if name == "snapshots" {
            File::create(&path).unwrap();
        } else {
            fs::create_dir(&path).unwrap();
        }
        scene.refuses(&path, words);
        remove(&path);
        if is_within {
            remove(path.parent().unwrap());
        }
    }
}

#[tokio::test]
async fn a_link_that_comes_after_the_start_is_not_followed_either() {
    let scene = Scene::new("late-links");
    let process = Process::start(&scene.folder, &["--key", "kept"]);
    let snapshots = scene.folder.join("snapshots");
    symlink(&scene.beside, &snapshots).unwrap();
    let put = "/_sandbox/snapshots/one";
    assert_eq!(process.status("PUT", put, "kept").await, 500);
    remove(&snapshots);
    assert_eq!(process.status("PUT", put, "kept").await, 204);
    let kept = snapshots.join("one.sqlite3");
    let moved = scene.temp_dir.path().join("moved.sqlite3");
    fs::rename(&kept, &moved).unwrap();
    symlink(&moved, &kept).unwrap();
    let restore = "/_sandbox/snapshots/one/restore";
    assert_eq!(process.status("POST", restore, "kept").await, 500);
    // A new one takes the place of the link, and not of what it leads to.
    let before = fs::read(&moved).unwrap();
    assert_eq!(process.status("PUT", put, "kept").await, 204);
    assert_eq!(process.status("POST", restore, "kept").await, 204);
    assert!(kept.symlink_metadata().unwrap().is_file());
    assert!(before == fs::read(&moved).unwrap());
    let inside = scene.beside.join("one.sqlite3");
    assert_eq!(state(&inside), (b"Dear rivers".to_vec(), 0o644));
}

#[tokio::test]
async fn no_umask_takes_what_the_owner_needs() {
    let temp_dir = TempDir::new("umask");
    let folder = temp_dir.path().join("above/data");
    let process = Process::spawn_with("umask 0777", &folder, "5", &["--key", "kept"]).ready();
    assert_eq!(process.status("GET", "/v1/users", "kept").await, 200);
    let put = "/_sandbox/snapshots/one";
    assert_eq!(process.status("PUT", put, "kept").await, 204);
    is_closed(temp_dir.path());
    drop(process);
    let of_database = |name: &String| name.starts_with("harvest.sqlite3");
    for name in names(&folder).into_iter().filter(of_database) {
        fs::remove_file(folder.join(name)).unwrap();
    }
    // The key of its own is written, too.
    let process = Process::spawn_with("umask 0777", &folder, "5", &[]).ready();
    let key = process.key.clone().unwrap();
    assert_eq!(process.status("GET", "/v1/users", &key).await, 200);
    is_closed(temp_dir.path());
}
