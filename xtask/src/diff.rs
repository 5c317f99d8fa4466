//! `cargo xtask diff`: what changed in a description since a revision, in the terms of the API and in those of Rust.
//!
//! # What counts as breaking
//!
//! A change is breaking in two respects, which are two columns of the report. In that of the API, it is if a program that
//! does what the old description says may now be refused, or answered in a way that was not described: the table below
//! has the rules. In that of Rust, it is if a program that compiles with the old client may not compile with the new one:
//! [`rust`] has those. A model that gets another name breaks nothing on the wire, and every program that names it; a
//! property that is always sent from now on breaks nothing on the wire, and changes the type of a field.
//!
//! | change | breaking |
//! | --- | --- |
//! | operation renamed, and `x-harvest-formerly` has its former name | no |
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
//! | value of an enumeration removed | in a model that is sent: the service may refuse it. A value that no longer comes does no harm |
//! | model added or removed | no: its name is not on the wire; whatever referred to it has changed, and says so |
//! | something else than words, which no rule here knows | yes, until a person has looked |
//!
//! Which models are sent and which are received is taken from the old description, because old programs do as it says.
//! References are compared by name: what changed in a model is said once, at the model.

mod columns;
mod document;
mod git;
mod operations;
mod report;
pub mod rust;
mod schemas;
mod since;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use document::{Document, shape};

pub use columns::columns;
pub use git::Error as GitError;
pub use report::report;
pub use since::{Compared, Error, Since, since};

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The API as a whole.
    Api,
    /// The client as a whole.
    Client,
    /// The operation with this id.
    Operation(String),
    /// The model with this name.
    Schema(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api => write!(f, "the API"),
            Self::Client => write!(f, "the client"),
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
    let renamed = renamed(&old, &new);
    let current = |id| !renamed.contains_key(id);
    for id in union(
        old.operations.keys().filter(|id| current(*id)),
        new.operations.keys(),
    ) {
        let subject = Subject::Operation(id.clone());
        let former = renamed
            .iter()
            .find(|(_, now)| *now == id)
            .map(|(was, _)| was);
        let before = old.operations.get(former.unwrap_or(id));
        match (before, new.operations.get(id)) {
            (Some(before), Some(after)) => {
                out.add(&subject, &before.value, &after.value, |notes| {
                    if let Some(former) = former {
                        notes.add(false, format!("is called so now, was `{former}`"));
                    }
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

/// Operations that have another name now, and say so: the new names by the old ones.
fn renamed(old: &Document, new: &Document) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (id, operation) in &new.operations {
        // That the operation is there by both names is an addition.
        if old.operations.contains_key(id) {
            continue;
        }
        for former in operation.former_names() {
            if old.operations.contains_key(former) && !new.operations.contains_key(former) {
                out.insert(former.to_owned(), id.clone());
                break;
            }
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
