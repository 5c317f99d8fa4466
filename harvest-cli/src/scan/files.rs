//! The files of a code base, within bounds.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::failure::Failure;

/// The most folders within each other.
const MOST_DEPTH: usize = 64;
/// The most bytes of all files.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// Folders that hold what others wrote, or what was made.
const NOT_OURS: [&str; 11] = [
    "__pycache__",
    "bower_components",
    "build",
    "coverage",
    "dist",
    "env",
    "node_modules",
    "site-packages",
    "target",
    "vendor",
    "venv",
];

/// How the names of sources end.
const SOURCES: [&str; 70] = [
    "bash",
    "bicep",
    "bru",
    "cfg",
    "cjs",
    "clj",
    "cls",
    "conf",
    "cpp",
    "cr",
    "cs",
    "csproj",
    "dart",
    "edn",
    "env",
    "erb",
    "erl",
    "ex",
    "exs",
    "fs",
    "gemspec",
    "go",
    "gql",
    "gradle",
    "groovy",
    "hs",
    "http",
    "ini",
    "ipynb",
    "java",
    "jl",
    "js",
    "json",
    "jsx",
    "kt",
    "kts",
    "lua",
    "m",
    "mjs",
    "mod",
    "mts",
    "php",
    "pl",
    "pm",
    "properties",
    "ps1",
    "py",
    "pyi",
    "r",
    "rake",
    "rb",
    "rest",
    "rs",
    "ru",
    "scala",
    "sh",
    "sql",
    "svelte",
    "swift",
    "tf",
    "toml",
    "ts",
    "tsx",
    "vb",
    "vue",
    "xml",
    "yaml",
    "yml",
    "yy",
    "zsh",
];

/// Sources that are known by their whole name.
const NAMES: [&str; 7] = [
    "Dockerfile",
    "Gemfile",
    "Justfile",
    "Makefile",
    "Pipfile",
    "Rakefile",
    "requirements.txt",
];

/// How much is read.
pub(crate) struct Bounds {
    /// The most bytes of a file.
    pub file_bytes: u64,
    /// The most files.
    pub files: usize,
    /// The most entries of one folder.
    pub entries: usize,
}

/// Something that was not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// Below the folder, with `/` between its steps.
    pub path: String,
    pub reason: String,
}

/// What a walk came to.
#[derive(Default)]
pub(super) struct Walked {
    pub read: usize,
    pub skipped: Vec<Skipped>,
    bytes: u64,
}

/// Reads every source in a folder, in the order of their paths, for as long as the reader wants more. Symbolic links are not
/// followed: what they lead to may lie outside, or around them.
pub(super) fn walk(
    folder: &Path,
    bounds: &Bounds,
    reader: &mut dyn FnMut(&str, &str) -> bool,
) -> Result<Walked, Failure> {
    let mut walked = Walked::default();
    let failed =
        |error: io::Error| Failure::usage(format!("{} cannot be read: {error}", folder.display()));
    if !fs::metadata(folder).map_err(failed)?.is_dir() {
        return Err(Failure::usage(format!("{} is no folder", folder.display())));
    }
    let listed = list(folder, bounds.entries).map_err(failed)?;
    let mut open = Vec::new();
    walked.enter(&mut open, String::new(), listed, bounds);
    while let Some((parent, entries)) = open.last_mut() {
        let Some(entry) = entries.pop() else {
            open.pop();
            continue;
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{parent}{name}");
        let Ok(kind) = entry.file_type() else {
            walked.skip(path, "it cannot be looked at");
            continue;
        };
        if kind.is_dir() {
            if name.starts_with('.') && name != ".github" || NOT_OURS.contains(&name.as_str()) {
                continue;
            }
            if open.len() == MOST_DEPTH {
                walked.skip(path, "it lies too deep");
                continue;
            }
            match list(&entry.path(), bounds.entries) {
                Ok(listed) => walked.enter(&mut open, format!("{path}/"), listed, bounds),
                Err(error) => walked.skip(path, &error.to_string()),
            }
        } else if kind.is_file() && is_source(&name) {
            if walked.read == bounds.files {
                walked.skip(path, &format!("{} files were read before", bounds.files));
                break;
            }
            if !walked.file(path, &entry.path(), bounds, reader) {
                break;
            }
        }
    }
    Ok(walked)
}

/// A folder on the way: its path, and the entries that are still to be looked at.
type Open = (String, Vec<fs::DirEntry>);

/// The entries of a folder, the last one first, and whether there are more of them than that.
fn list(folder: &Path, most: usize) -> io::Result<(Vec<fs::DirEntry>, bool)> {
    let entries = fs::read_dir(folder)?.take(most.saturating_add(1));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    let has_more = entries.len() > most;
    entries.truncate(most);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.file_name()));
    Ok((entries, has_more))
}

fn is_source(name: &str) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    NAMES.contains(&name) || ending.is_some_and(|it| SOURCES.contains(&it.as_str()))
}

impl Walked {
    fn enter(
        &mut self,
        open: &mut Vec<Open>,
        path: String,
        (entries, has_more): (Vec<fs::DirEntry>, bool),
        bounds: &Bounds,
    ) {
        if has_more {
            let folder = if path.is_empty() { "." } else { &path };
            let reason = format!(
                "it has more than {} entries, and only so many were looked at, in no particular \
                 order",
                bounds.entries
            );
            self.skip(folder.to_owned(), &reason);
        }
        open.push((path, entries));
    }

    fn skip(&mut self, path: String, reason: &str) {
        self.skipped.push(Skipped {
            path,
            reason: reason.to_owned(),
        });
    }

    /// Reads a file. False if no more is to be read.
    fn file(
        &mut self,
        path: String,
        place: &Path,
        bounds: &Bounds,
        reader: &mut dyn FnMut(&str, &str) -> bool,
    ) -> bool {
        let mut bytes = Vec::new();
        let opened = File::open(place);
        let read = opened.and_then(|file| file.take(bounds.file_bytes + 1).read_to_end(&mut bytes));
        if let Err(error) = read {
            self.skip(path, &error.to_string());
            return true;
        }
        if bytes.len() as u64 > bounds.file_bytes {
            self.skip(
                path,
                &format!("it has more than {} bytes", bounds.file_bytes),
            );
            return true;
        }
        self.bytes += bytes.len() as u64;
        if self.bytes > MOST_BYTES {
            self.skip(path, &format!("{MOST_BYTES} bytes were read before"));
            return false;
        }
        self.read += 1;
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            self.skip(path, "it is in UTF-16; write it in UTF-8");
            return true;
        }
        if bytes.contains(&0) {
            return true;
        }
        reader(&path, &String::from_utf8_lossy(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk_of(folder: &Path, bounds: &Bounds) -> (Vec<String>, Vec<Skipped>) {
        let mut read = Vec::new();
        let walked = walk(folder, bounds, &mut |path, _| {
            read.push(path.to_owned());
            true
        });
        (read, walked.expect("a folder").skipped)
    }

    #[test]
    fn bounds_are_kept_and_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        };
        write("a.rb", "1");
        write("b/c.py", "22");
        write("b/large.py", "333333");
        write("b/binary.py", "\0");
        write("node_modules/d.js", "4");
        write(".git/e.rb", "5");
        write("notes.md", "6");
        let bounds = Bounds {
            file_bytes: 5,
            files: 10,
            entries: 100,
        };
        let (read, skipped) = walk_of(folder.path(), &bounds);
        assert_eq!(read, ["a.rb", "b/c.py"]);
        let paths: Vec<_> = skipped.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["b/large.py"]);

        let (read, skipped) = walk_of(folder.path(), &Bounds { files: 1, ..bounds });
        assert_eq!((read.len(), skipped.len()), (1, 1));
        assert!(walk(&folder.path().join("a.rb"), &bounds_of(5), &mut |_, _| true).is_err());
    }

    fn bounds_of(file_bytes: u64) -> Bounds {
        Bounds {
            file_bytes,
            files: 10,
            entries: 100,
        }
    }

    #[test]
    fn a_folder_with_too_many_entries_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).expect("made");
        for number in 0..12 {
            fs::write(inner.join(format!("{number}.rb")), "1").expect("written");
        }
        let bounds = |entries| Bounds {
            files: 100,
            entries,
            ..bounds_of(100)
        };
        let (read, skipped) = walk_of(folder.path(), &bounds(12));
        assert_eq!((read.len(), skipped.len()), (12, 0));
        let (read, skipped) = walk_of(folder.path(), &bounds(11));
        assert_eq!((read.len(), skipped.len()), (11, 1));
        assert_eq!(skipped[0].path, "inner/");
        assert!(skipped[0].reason.contains("more than 11 entries"));
        let (read, skipped) = walk_of(&inner, &bounds(1));
        assert_eq!((read.len(), skipped[0].path.as_str()), (1, "."));
    }

    #[test]
    fn a_source_in_utf_16_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, mark) in [("a.cs", [0xff, 0xfe]), ("b.cs", [0xfe, 0xff])] {
            let bytes = [&mark[..], b"\0a"].concat();
            fs::write(folder.path().join(name), bytes).expect("written");
        }
        let (read, skipped) = walk_of(folder.path(), &bounds_of(100));
        assert_eq!((read.len(), skipped.len()), (0, 2));
    }

    /// A link to the folder around it would never end, and one to a file outside would show what is not asked for.
    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let outside = tempfile::tempdir().expect("a folder");
        fs::write(outside.path().join("secret.py"), "1").expect("written");
        symlink(folder.path(), folder.path().join("around")).expect("a link");
        symlink(outside.path(), folder.path().join("out")).expect("a link");
        symlink(
            outside.path().join("secret.py"),
            folder.path().join("secret.py"),
        )
        .expect("a link");
        let (read, _) = walk_of(folder.path(), &bounds_of(100));
        assert!(read.is_empty(), "{read:?}");
    }

    #[test]
    fn too_deep_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = (0..70).fold(folder.path().to_owned(), |path, _| path.join("d"));
        fs::create_dir_all(&deep).expect("made");
        fs::write(deep.join("a.py"), "1").expect("written");
        let (read, skipped) = walk_of(folder.path(), &bounds_of(100));
        assert_eq!((read.len(), skipped.len()), (0, 1));
    }
}
