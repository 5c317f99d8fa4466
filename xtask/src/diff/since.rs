//! The working tree against a revision: where both descriptions, and both clients, come from.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::git::{self, Error as GitError};
use super::{Change, Comparison, columns, compare, rust};
use crate::regen;
use crate::workspace::Workspace;

/// Why descriptions could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The old description could not be had.
    #[error(transparent)]
    Git(GitError),
    /// The folder of descriptions cannot be read.
    #[error(transparent)]
    Workspace(std::io::Error),
    /// The description of the working tree cannot be read.
    #[error(transparent)]
    Load(Box<harvest_codegen::load::Error>),
    /// A published document is no JSON.
    #[error("{0} is no JSON: {1}")]
    Json(String, serde_json::Error),
    /// Neither the working tree nor the revision has the version that was asked for.
    #[error("there is no version `{0}`; there is {known}", known = .1.join(", "))]
    Version(String, Vec<String>),
    /// A crate could not be read: which, and why.
    #[error("the generated crate of {0}: {1}")]
    Rust(String, rust::Error),
}

/// A version, compared with what it was.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The name of the version; that of the crate for what belongs to no version.
    pub version: String,
    /// Something to know about the comparison: that the version is new, or gone.
    pub remark: Option<String>,
    /// What differs in the API.
    pub comparison: Comparison,
    /// What differs in the client.
    pub rust: Vec<Change>,
}

/// All that changed since a revision.
#[derive(Debug)]
pub struct Since {
    /// Each version, and the crate last if anything else differs.
    pub compared: Vec<Compared>,
    /// Why nothing is said about the client: the descriptions of the working tree do not compile.
    pub without_rust: Option<regen::Error>,
}

/// Compares the working tree with the revision `rev`: one version, or each that either has.
///
/// # Errors
///
/// If there is no such revision or version, or either description cannot be read.
pub fn since(workspace: &Workspace, rev: &str, version: Option<&str>) -> Result<Since, Error> {
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
    let mut documents = Vec::new();
    for name in names {
        let old = match revision.document(&name).map_err(Error::Git)? {
            Some(text) => Some(json(&format!("{rev}:{}", git::dist(&name)), &text)?),
            None => None,
        };
        let new = match present.iter().find(|v| v.name == name) {
            Some(v) => {
                let bundle = harvest_codegen::load::load(&v.root, workspace.root())
                    .map_err(|e| Error::Load(Box::new(e)))?;
                Some(bundle.published().clone())
            }
            None => None,
        };
        documents.push((name, old, new));
    }
    let (rust, without_rust) = match regen::plan(workspace) {
        Ok(plan) => (crates(workspace, &revision, rev, &plan)?, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let mut compared = Vec::new();
    for (name, old, new) in documents {
        let remark = match (&old, &new) {
            (None, _) => Some(format!(
                "{rev} does not have this version: all of it is new"
            )),
            (_, None) => Some(format!("this version was in {rev}, and is gone")),
            _ => None,
        };
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let own = |change: &&rust::Change| change.version.as_ref() == Some(&name);
        compared.push(Compared {
            comparison: compare(&old, &new),
            rust: columns(rust.iter().filter(own), &old, &new),
            remark,
            version: name,
        });
    }
    let others = rust.iter().filter(|change| change.version.is_none());
    let others = columns(others, &Value::Null, &Value::Null);
    if !others.is_empty() {
        compared.push(Compared {
            version: workspace.crate_name(),
            remark: None,
            comparison: Comparison::default(),
            rust: others,
        });
    }
    Ok(Since {
        compared,
        without_rust,
    })
}

/// The generated crate as it was, and as it would be written now.
fn crates(
    workspace: &Workspace,
    revision: &git::Revision,
    rev: &str,
    plan: &regen::Plan,
) -> Result<Vec<rust::Change>, Error> {
    let folder = workspace.crate_name();
    let is_wanted = |path: &str| {
        path == "Cargo.toml" || Path::new(path).extension().is_some_and(|it| it == "rs")
    };
    let old = revision.texts(&folder, is_wanted).map_err(Error::Git)?;
    let own = |(path, text): (&String, &String)| {
        let path = path.strip_prefix(&folder)?.strip_prefix('/')?;
        is_wanted(path).then(|| (path.to_owned(), text.clone()))
    };
    let new = plan.files.iter().filter_map(own).collect();
    let read = |which: &str, files| {
        rust::Surface::read(files).map_err(|error| Error::Rust(which.to_owned(), error))
    };
    Ok(rust::compare(
        &read(rev, &old)?,
        &read("the working tree", &new)?,
    ))
}

fn json(what: &str, text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|e| Error::Json(what.to_owned(), e))
}
