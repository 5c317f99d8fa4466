//! Published documents, and the generated crate, as they were in a revision.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why an old document could not be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// git could not be started.
    #[error("git could not be started: {0}")]
    Start(std::io::Error),
    /// There is no such revision.
    #[error(
        "`{rev}` is no revision of this repository ({message}); name a commit, a branch or a tag"
    )]
    Revision {
        /// As it was asked for.
        rev: String,
        /// What git says.
        message: String,
    },
    /// git found the revision, and failed later.
    #[error("git failed: {0}")]
    Failed(String),
    /// The revision describes the version, but its published document was not committed.
    #[error(
        "{rev} has harvest-spec/{version}, but no {}: choose a revision in which it was committed",
        dist(version)
    )]
    Unpublished {
        /// As it was asked for.
        rev: String,
        /// The version.
        version: String,
    },
}

/// The path of the published document of a version in the workspace.
pub(super) fn dist(version: &str) -> String {
    format!("harvest-spec/dist/{version}.json")
}

/// A revision that exists.
pub(super) struct Revision {
    root: PathBuf,
    rev: String,
    /// The full id of the commit: later commands take it and can misunderstand nothing.
    commit: String,
}

impl Revision {
    /// The revision that `rev` names in the repository around `root`.
    pub fn find(root: &Path, rev: &str) -> Result<Self, Error> {
        let fail = |message: String| Error::Revision {
            rev: rev.to_owned(),
            message,
        };
        if rev.is_empty() || rev.starts_with('-') {
            return Err(fail("it reads like an option".to_owned()));
        }
        let commit = git(
            root,
            &["rev-parse", "--verify", &format!("{rev}^{{commit}}")],
        )?
        .map_err(fail)?;
        Ok(Self {
            root: root.to_owned(),
            rev: rev.to_owned(),
            commit: commit.trim().to_owned(),
        })
    }

    /// The versions that were published then.
    pub fn versions(&self) -> Result<Vec<String>, Error> {
        let files = self.files("harvest-spec/dist/")?;
        // A name with a dot is that of a version in another form.
        let name = |file: &String| {
            let name = file.rsplit('/').next()?.strip_suffix(".json")?;
            (!name.contains('.')).then(|| name.to_owned())
        };
        Ok(files.iter().filter_map(name).collect())
    }

    /// The published document of a version; nothing if the version did not exist.
    pub fn document(&self, version: &str) -> Result<Option<String>, Error> {
        let path = dist(version);
        if self.files(&path)?.is_empty() {
            return if self
                .files(&format!("harvest-spec/{version}/openapi.yaml"))?
                .is_empty()
            {
                Ok(None)
            } else {
                Err(Error::Unpublished {
                    rev: self.rev.clone(),
                    version: version.to_owned(),
                })
            };
        }
        // `./`: seen from the workspace, which may be a folder of a larger repository.
        let text = git(&self.root, &["show", &format!("{}:./{path}", self.commit)])?;
        text.map(Some).map_err(Error::Failed)
    }

    /// The texts in a folder that `is_wanted` takes by their paths in it; none if the folder did not exist.
    pub fn texts(
        &self,
        folder: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, String>, Error> {
        let list = git(
            &self.root,
            &[
                "ls-tree",
                "-r",
                "-z",
                &self.commit,
                "--",
                &format!("{folder}/"),
            ],
        )?;
        let list = list.map_err(Error::Failed)?;
        // 100644 blob 5b0c…\tharvest-generated/src/lib.rs
        let blobs = list.split('\0').filter_map(|line| {
            let (about, path) = line.split_once('\t')?;
            let path = path.strip_prefix(folder)?.trim_start_matches('/');
            let blob = about.split(' ').nth(2)?;
            is_wanted(path).then(|| (path.to_owned(), blob.to_owned()))
        });
        let blobs: Vec<_> = blobs.collect();
        let contents = self.blobs(blobs.iter().map(|(_, blob)| blob.as_str()))?;
        Ok(blobs
            .into_iter()
            .map(|(path, _)| path)
            .zip(contents)
            .collect())
    }

    /// The contents of blobs, in one run of git: a crate has a hundred files.
    fn blobs<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Result<Vec<String>, Error> {
        let ids: Vec<_> = ids.collect();
        let mut child = Command::new("git")
            .arg("-C")
            .arg(&self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Error::Start)?;
        let (Some(mut asked), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Error::Failed("no pipes to it".to_owned()));
        };
        let mut answers = BufReader::new(answers);
        let mut out = Vec::new();
        let fail = |error: std::io::Error| Error::Failed(error.to_string());
        for id in ids {
            // One after the other, so that neither pipe is ever full.
            writeln!(asked, "{id}")
                .and_then(|()| asked.flush())
                .map_err(fail)?;
            let mut head = String::new();
            answers.read_line(&mut head).map_err(fail)?;
            let length = head
                .trim()
                .rsplit(' ')
                .next()
                .and_then(|length| length.parse().ok());
            let length: usize = length.ok_or_else(|| Error::Failed(head.trim().to_owned()))?;
            let mut content = vec![0; length + 1];
            answers.read_exact(&mut content).map_err(fail)?;
            content.pop();
            out.push(String::from_utf8_lossy(&content).into_owned());
        }
        drop(asked);
        child.wait().map_err(fail)?;
        Ok(out)
    }

    fn files(&self, path: &str) -> Result<Vec<String>, Error> {
        let list = git(
            &self.root,
            &["ls-tree", "--name-only", &self.commit, "--", path],
        )?;
        Ok(list
            .map_err(Error::Failed)?
            .lines()
            .map(str::to_owned)
            .collect())
    }
}

/// Runs git: its output, or what it complains about.
fn git(root: &Path, arguments: &[&str]) -> Result<Result<String, String>, Error> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .map_err(Error::Start)?;
    if output.status.success() {
        return Ok(Ok(String::from_utf8_lossy(&output.stdout).into_owned()));
    }
    let message = String::from_utf8_lossy(&output.stderr);
    let message = message.trim().trim_start_matches("fatal: ");
    Ok(Err(if message.is_empty() {
        output.status.to_string()
    } else {
        message.to_owned()
    }))
}
