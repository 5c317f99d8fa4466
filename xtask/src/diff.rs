//! `cargo xtask diff`: what changed in a description since a revision, in the terms of the API.
//!
//! # What counts as breaking
//!
//! A change is breaking if a program that does what the old description says may now be refused, or answered in a way
//! that it was not told of. What the generated code looks like does not count: a model that gets another name breaks
//! nothing on the wire. (What it does to the crate's users shows in the diff of the generated code.)
//!
//! | change | breaking |
//! | --- | --- |
//! | operation removed; its method, path, credentials or permission changed | yes |
//! | operation added, deprecated or moved to another tag | no |
//! | a list that answered at once is paged now; a list paged by number no longer is, but names the next page | yes |
//! | parameter removed, required from now on, or of another type | yes |
//! | parameter added | if it is required |
//! | bounds of what is sent narrowed; a default replaced by another | yes; wider bounds don't |
//! | request body removed, or added and required | yes |
//! | success status removed | no: clients take any 2xx |
//! | success status added | if its body is of a kind that the operation did not answer with before |
//! | body of a status changed, or a header of a success gone | yes |
//! | field removed, or of another type | yes |
//! | field added | if it is required in a model that is sent |
//! | field required from now on, or no longer nullable | in a model that is sent |
//! | field optional from now on, or nullable | in a model that is received |
//! | value of an enumeration added | no: enumerations are open |
//! | value of an enumeration removed | in a model that is sent: the service may refuse it. A value that no longer comes harms nobody |
//! | model added or removed | no: its name is not on the wire; whatever referred to it has changed, and says so |
//! | something else than words, which no rule here knows | yes, until somebody has looked |
//!
//! Which models are sent and which are received is taken from the old description, because old programs do as it says.
//! References are compared by name: what changed in a model is said once, at the model.

mod document;
mod git;
mod operations;
mod report;
mod schemas;

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use crate::workspace::Workspace;
use document::{Document, shape};

pub use git::Error as GitError;
pub use report::report;

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The API as a whole.
    Api,
    /// The operation with this id.
    Operation(String),
    /// The model with this name.
    Schema(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api => write!(f, "the API"),
            Self::Operation(id) => write!(f, "operation {id}"),
            Self::Schema(name) => write!(f, "schema {name}"),
        }
    }
}

/// A change of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub subject: Subject,
    /// How, as a phrase that the subject goes before.
    pub what: String,
    /// Whether a program that does what the old description says may fail. See the [module](self).
    pub breaking: bool,
}

/// All that differs between two descriptions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The changes, by subject.
    pub changes: Vec<Change>,
    /// How many subjects differ in nothing but words (descriptions, summaries, links), examples, or the order of things.
    pub reworded: usize,
}

/// The changes between two documents, by subject. Pure. Both the published form of a document (`harvest-spec/dist`)
/// and the bundled one are understood.
pub fn changes(old: &Value, new: &Value) -> Vec<Change> {
    compare(old, new).changes
}

/// The changes between two documents, and how many subjects differ in nothing but words. Pure.
pub fn compare(old: &Value, new: &Value) -> Comparison {
    let (old, new) = (Document::read(old), Document::read(new));
    let mut out = Comparison::default();
    if old.api != Value::Null && new.api != Value::Null {
        out.add(&Subject::Api, &old.api, &new.api, |notes| {
            operations::api(&old.api, &new.api, notes);
        });
    }
    for id in union(old.operations.keys(), new.operations.keys()) {
        let subject = Subject::Operation(id.clone());
        match (old.operations.get(id), new.operations.get(id)) {
            (Some(before), Some(after)) => {
                out.add(&subject, &before.value, &after.value, |notes| {
                    operations::compare(before, after, notes);
                });
            }
            (None, Some(after)) => {
                let same = |o: &&String| old.operations[*o].request() == after.request();
                let gone = old
                    .operations
                    .keys()
                    .filter(|o| !new.operations.contains_key(*o))
                    .find(same);
                let what = match gone {
                    Some(other) => format!("added: {}, until now `{other}`", after.request()),
                    None => format!("added: {}", after.request()),
                };
                out.changes.push(change(subject, what, false));
            }
            (Some(before), None) => {
                out.changes.push(change(
                    subject,
                    format!("removed: {}", before.request()),
                    true,
                ));
            }
            (None, None) => {}
        }
    }
    for name in union(old.schemas.keys(), new.schemas.keys()) {
        let subject = Subject::Schema(name.clone());
        match (old.schemas.get(name), new.schemas.get(name)) {
            (Some(before), Some(after)) => out.add(&subject, before, after, |notes| {
                schemas::compare("the model", before, after, old.direction(name), notes);
            }),
            (None, Some(_)) => out.changes.push(change(subject, "added".to_owned(), false)),
            (Some(_), None) => out
                .changes
                .push(change(subject, "removed".to_owned(), false)),
            (None, None) => {}
        }
    }
    out
}

impl Comparison {
    /// Adds what differs in one subject. What no rule noticed still counts, as a change or as words.
    fn add(&mut self, subject: &Subject, old: &Value, new: &Value, rules: impl FnOnce(&mut Notes)) {
        let mut notes = Notes::default();
        rules(&mut notes);
        if notes.0.is_empty() && old != new {
            match document::difference(&shape(old), &shape(new)) {
                Some(at) => notes.add(
                    true,
                    format!("differs at `{at}`, in a way that no rule judges"),
                ),
                None => self.reworded += 1,
            }
        }
        let changes = notes
            .0
            .into_iter()
            .map(|(breaking, what)| change(subject.clone(), what, breaking));
        self.changes.extend(changes);
    }

    /// How many of the changes are breaking.
    pub fn breaking(&self) -> usize {
        self.changes.iter().filter(|c| c.breaking).count()
    }
}

fn change(subject: Subject, what: String, breaking: bool) -> Change {
    Change {
        subject,
        what,
        breaking,
    }
}

/// What the rules note about one subject.
#[derive(Default)]
struct Notes(Vec<(bool, String)>);

impl Notes {
    fn add(&mut self, breaking: bool, what: String) {
        self.0.push((breaking, what));
    }
}

fn union<'a, T: Ord>(
    old: impl Iterator<Item = &'a T>,
    new: impl Iterator<Item = &'a T>,
) -> BTreeSet<&'a T> {
    old.chain(new).collect()
}

/// Why descriptions could not be compared.
#[derive(Debug)]
pub enum Error {
    /// The old description could not be had.
    Git(GitError),
    /// The folder of descriptions cannot be read.
    Workspace(std::io::Error),
    /// The description of the working tree cannot be read.
    Load(Box<harvest_codegen::load::Error>),
    /// A published document is no JSON.
    Json(String, serde_json::Error),
    /// Neither the working tree nor the revision has the version that was asked for.
    Version(String, Vec<String>),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Git(error) => error.fmt(f),
            Self::Workspace(error) => error.fmt(f),
            Self::Load(error) => error.fmt(f),
            Self::Json(what, error) => write!(f, "{what} is no JSON: {error}"),
            Self::Version(version, known) => {
                write!(
                    f,
                    "there is no version `{version}`; there is {}",
                    known.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for Error {}

/// A version, compared with what it was.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The name of the version.
    pub version: String,
    /// Something to know about the comparison: that the version is new, or gone.
    pub remark: Option<String>,
    /// What differs.
    pub comparison: Comparison,
}

/// Compares the working tree with the revision `rev`: one version, or each that either has.
///
/// # Errors
///
/// If there is no such revision or version, or either description cannot be read.
pub fn since(
    workspace: &Workspace,
    rev: &str,
    version: Option<&str>,
) -> Result<Vec<Compared>, Error> {
    let revision = git::Revision::find(workspace.root(), rev).map_err(Error::Git)?;
    let present = workspace.versions().map_err(Error::Workspace)?;
    let past = revision.versions().map_err(Error::Git)?;
    let mut names: BTreeSet<String> = present.iter().map(|v| v.name.clone()).chain(past).collect();
    if let Some(wanted) = version {
        if !names.contains(wanted) {
            return Err(Error::Version(
                wanted.to_owned(),
                names.into_iter().collect(),
            ));
        }
        names.retain(|name| name == wanted);
    }
    let mut out = Vec::new();
    for name in names {
        let old = match revision.document(&name).map_err(Error::Git)? {
            Some(text) => Some(json(&format!("{rev}:{}", git::dist(&name)), &text)?),
            None => None,
        };
        let new = match present.iter().find(|v| v.name == name) {
            Some(v) => {
                let bundle = harvest_codegen::load::load(&v.root, workspace.root())
                    .map_err(|e| Error::Load(Box::new(e)))?;
                Some(json(&format!("the bundle of {name}"), bundle.to_json())?)
            }
            None => None,
        };
        let remark = match (&old, &new) {
            (None, _) => Some(format!(
                "{rev} does not have this version: all of it is new"
            )),
            (_, None) => Some(format!("this version was in {rev}, and is gone")),
            _ => None,
        };
        out.push(Compared {
            comparison: compare(&old.unwrap_or_default(), &new.unwrap_or_default()),
            version: name,
            remark,
        });
    }
    Ok(out)
}

fn json(what: &str, text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|e| Error::Json(what.to_owned(), e))
}
