//! The guide of a version: prose that becomes documentation of its module.
//!
//! It lies in a folder beside the description, one chapter a Markdown file. `index.md` is its front page, and the order
//! of the chapters is that of the links in it. A version without that folder has no guide.
//!
//! A guide is checked like a description: a chapter without a link to it, a link that leads nowhere and a snippet that
//! is not compiled are errors.

mod markdown;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::hash;

/// The front page.
const INDEX: &str = "index";

/// A guide, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// The front page.
    pub index: Page,
    /// The chapters, in the order in which the front page names them.
    pub chapters: Vec<Chapter>,
    hash: String,
}

/// One chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The name of its file, and of the module that it becomes.
    pub name: String,
    /// Its text.
    pub page: Page,
}

/// A text, with the links to chapters cut out: they read differently wherever the text is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What stands in the first heading.
    pub title: String,
    /// The text.
    pub pieces: Vec<Piece>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Markdown as it was written.
    Text(String),
    /// The target of a link.
    Link {
        /// The chapter.
        chapter: String,
        /// A place in it, with its `#`; or nothing.
        fragment: String,
    },
}

/// Why a folder holds no guide that can be laid out.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {kind}", .file.display(),
    .place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default())]
pub struct Error {
    file: PathBuf,
    /// The line and the column, both counted from 1.
    place: Option<(usize, usize)>,
    kind: ErrorKind,
}

#[derive(Debug, thiserror::Error)]
enum ErrorKind {
    #[error("cannot be read: {0}")]
    Read(#[source] io::Error),
    #[error("the guide has no front page; write one that links to each chapter")]
    NoIndex,
    #[error(
        "no page links to this chapter; link to it from index.md, which also gives it its place"
    )]
    Unlinked,
    #[error(
        "the name of a chapter becomes that of a module: a letter, then letters, digits and `_`, \
         all in lower case"
    )]
    Name,
    #[error("begin with a heading, `# Title`")]
    NoTitle,
    #[error("`{0}` is no chapter of this guide; only chapters can be linked to by a file's name")]
    Dangling(String),
    #[error("write the link to `{0}` in one piece, as `[text](file.md)`")]
    Indirect(String),
    #[error(
        "say what the snippet is: `rust` or `rust,no_run` if it is Rust (it is then compiled), \
         otherwise a language"
    )]
    Snippet,
}

impl Guide {
    #[cfg(test)]
    pub(crate) fn new(index: Page, chapters: Vec<Chapter>, hash: String) -> Self {
        Self {
            index,
            chapters,
            hash,
        }
    }

    /// The SHA-256 of all pages with their names, in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// Reads the guide in `folder`; there is none if there is no such folder. Files are named from the folder `base`.
///
/// # Errors
///
/// The first thing that is wrong with it, with file, line and column.
pub fn load(folder: &Path, base: &Path) -> Result<Option<Guide>, Error> {
    read(folder).map_err(|mut error| {
        if let Ok(file) = error.file.strip_prefix(base) {
            error.file = file.to_owned();
        }
        error
    })
}

fn read(folder: &Path) -> Result<Option<Guide>, Error> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut texts = texts(folder)?;
    let file = |name: &str| folder.join(format!("{name}.md"));
    let hash = hash::sha256(texts.iter().flat_map(|(name, text)| [&**name, &**text]));
    let index = texts
        .remove(INDEX)
        .ok_or_else(|| Error::of(file(INDEX), ErrorKind::NoIndex))?;
    let names: BTreeSet<String> = texts.keys().cloned().collect();
    let index = markdown::page(&file(INDEX), &index, &names)?;
    let mut chapters = Vec::new();
    for name in index.links() {
        if let Some(text) = texts.remove(name) {
            chapters.push(Chapter {
                name: name.to_owned(),
                page: markdown::page(&file(name), &text, &names)?,
            });
        }
    }
    match texts.keys().next() {
        Some(name) => Err(Error::of(file(name), ErrorKind::Unlinked)),
        None => Ok(Some(Guide {
            index,
            chapters,
            hash,
        })),
    }
}

impl Page {
    /// The chapters that it links to, in order.
    fn links(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Link { chapter, .. } => Some(chapter.as_str()),
        })
    }
}

impl Error {
    fn of(file: PathBuf, kind: ErrorKind) -> Self {
        Self {
            file,
            place: None,
            kind,
        }
    }
}

/// The pages by name, with line ends as they are everywhere.
fn texts(folder: &Path) -> Result<BTreeMap<String, String>, Error> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |error| Error::of(path, ErrorKind::Read(error))
    };
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(fail(folder))? {
        let path = entry.map_err(fail(folder))?.path();
        if path.extension().is_none_or(|e| e != "md") {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if !is_module(&name) {
            return Err(Error::of(path, ErrorKind::Name));
        }
        let text = fs::read_to_string(&path).map_err(fail(&path))?;
        texts.insert(name.into_owned(), text.replace("\r\n", "\n"));
    }
    Ok(texts)
}

fn is_module(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && syn::parse_str::<syn::Ident>(name).is_ok()
}

#[cfg(test)]
mod tests;
