//! `cargo xtask regen`: from the descriptions to the files of the repository.

mod parallel;
pub mod report;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use harvest_codegen::inventory::Inventory;
use harvest_codegen::{Described, emit, load};
use serde_json::Value;
use similar::TextDiff;

use crate::workspace::{Version, Workspace};
use crate::{migrating, package};

/// Why regenerating failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("{path}: {1}", path = .0.display())]
    Io(PathBuf, io::Error),
    /// The description of a version did not become code.
    #[error("{}", compile(.0, .1))]
    Compile(String, Box<harvest_codegen::Error>),
    /// The migration from one version to another names what is not there.
    #[error(transparent)]
    Migrating(#[from] migrating::Error),
    /// The code did not fit into files.
    #[error(transparent)]
    Emit(emit::Error),
}

/// A place in a file is what a line begins with that can be clicked, and names the version.
fn compile(version: &str, error: &harvest_codegen::Error) -> String {
    if error.has_location() {
        error.to_string()
    } else {
        format!("harvest-spec/{version}: {error}")
    }
}

/// What should be in the repository.
#[derive(Debug)]
pub struct Plan {
    /// Files by their paths in the workspace, with `/` between folders.
    pub files: BTreeMap<String, String>,
    /// A line for each version: what was made of it.
    pub summary: Vec<String>,
}

/// What differs from the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file is missing.
    Missing(String),
    /// A file has other contents.
    Differs(String),
    /// A file should not be there.
    Stale(String),
}

impl Change {
    /// The path of the file in the workspace.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing(path) | Self::Differs(path) | Self::Stale(path) => path,
        }
    }
}

/// Compiles every version and lays out what should be in the repository. Writes nothing.
///
/// A version is read, and later compiled, on a thread of its own: neither takes anything from another version. Between
/// the two the migration is added, which needs all documents.
///
/// # Errors
///
/// If a description cannot be read or compiled.
pub fn plan(workspace: &Workspace) -> Result<Plan, Error> {
    let versions = workspace
        .versions()
        .map_err(|e| Error::Io(workspace.spec(), e))?;
    let described = parallel::map(versions, |Version { name, root }| {
        let described = harvest_codegen::describe(&root, workspace.root())
            .map_err(|e| Error::Compile(name.clone(), Box::new(e)))?;
        let published = Published::of(&name, &described);
        Ok((name, described, published))
    })?;
    let mut files = BTreeMap::new();
    let mut summary = Vec::new();
    let mut versions = Vec::new();
    for (name, described, published) in described {
        files.extend(published.files);
        summary.push(published.summary);
        versions.push((name, described));
    }
    let successors = migrating(workspace, &versions, &mut files)?;
    let package = package::package();
    versions.retain(|(_, described)| {
        let conventions = &described.conventions;
        conventions.client || conventions.deliveries.is_some()
    });
    let modules = parallel::map(versions, |(name, mut described)| {
        if let Some(successors) = successors.get(&name) {
            migrating::annotate(&mut described.bundle.document, successors);
        }
        let version = described
            .compile(&name)
            .map_err(|e| Error::Compile(name, Box::new(e)))?;
        emit::module(&package, &version).map_err(Error::Emit)
    })?;
    let tree = emit::join(&package, modules).map_err(Error::Emit)?;
    for (path, content) in tree.files {
        files.insert(format!("harvest-generated/{path}"), content);
    }
    Ok(Plan { files, summary })
}

/// A description as other tools take it.
struct Published {
    files: BTreeMap<String, String>,
    summary: String,
}

impl Published {
    fn of(name: &str, described: &Described) -> Self {
        let bundle = &described.bundle;
        let has_client = described.conventions.client;
        let tags = bundle.document.get("tags").and_then(Value::as_array);
        let summary = format!(
            "{name}: {} operations, {} schemas, {} resources{}",
            Inventory::of_document(&bundle.document).operations(),
            schemas(bundle),
            tags.map_or(0, Vec::len),
            match (has_client, &described.conventions.deliveries) {
                (true, _) => "",
                (false, None) => "; no client",
                (false, Some(_)) => "; events, no client",
            },
        );
        let path = |name: &str| format!("harvest-spec/dist/{name}");
        let mut files =
            BTreeMap::from([(path(&format!("{name}.json")), bundle.to_json().to_owned())]);
        if let Some(name) = &described.conventions.openapi_3_1 {
            files.insert(path(name), bundle.to_json_3_1());
        }
        Self { files, summary }
    }
}

/// Adds the page and the table about moving from one version to another, and returns what to call in place of the
/// operations of a version, by its name.
fn migrating(
    workspace: &Workspace,
    versions: &[(String, Described)],
    files: &mut BTreeMap<String, String>,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, Error> {
    let Some(migration) = migrating::read(workspace.root())? else {
        return Ok(BTreeMap::new());
    };
    let documents = versions
        .iter()
        .map(|(name, described)| (name.clone(), &described.bundle.document))
        .collect();
    let migrating = migration.with(&documents)?;
    files.insert(migrating::PAGE.to_owned(), migrating.page());
    files.extend([migrating.table()]);
    Ok(BTreeMap::from([(
        migration.from.clone(),
        migrating.successors(),
    )]))
}

fn schemas(bundle: &load::Bundle) -> usize {
    bundle
        .document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .map_or(0, serde_json::Map::len)
}

impl Plan {
    /// What differs between the plan and the files of the workspace. Line ends do not count: a checkout may have its
    /// own.
    ///
    /// # Errors
    ///
    /// If a file or folder cannot be read.
    pub fn changes(&self, workspace: &Workspace) -> Result<Vec<Change>, Error> {
        let mut changes = Vec::new();
        for (path, content) in &self.files {
            match read(&workspace.root().join(path))? {
                None => changes.push(Change::Missing(path.clone())),
                Some(text) if text.replace("\r\n", "\n") != *content => {
                    changes.push(Change::Differs(path.clone()));
                }
                Some(_) => {}
            }
        }
        for folder in [workspace.generated(), workspace.dist()] {
            let mut found = Vec::new();
            walk(&folder, &mut found)?;
            for path in found {
                let path = relative(workspace.root(), &path);
                if !self.files.contains_key(&path) {
                    changes.push(Change::Stale(path));
                }
            }
        }
        Ok(changes)
    }

    /// Writes what is missing or differs, removes what is stale, and touches nothing else.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or removed.
    pub fn write(&self, workspace: &Workspace) -> Result<Vec<Change>, Error> {
        let changes = self.changes(workspace)?;
        for change in &changes {
            let path = workspace.root().join(change.path());
            let fail = |error| Error::Io(path.clone(), error);
            if let Change::Stale(_) = change {
                fs::remove_file(&path).map_err(fail)?;
                continue;
            }
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(fail)?;
            }
            fs::write(&path, &self.files[change.path()]).map_err(fail)?;
        }
        Ok(changes)
    }

    /// The changes as a unified diff, from what is in the workspace to what should be.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn diff(&self, workspace: &Workspace, changes: &[Change]) -> Result<String, Error> {
        let mut out = String::new();
        for change in changes {
            let path = change.path();
            let old = read(&workspace.root().join(path))?
                .unwrap_or_default()
                .replace("\r\n", "\n");
            let new = self.files.get(path).map_or("", String::as_str);
            let (from, to) = match change {
                Change::Missing(_) => ("/dev/null".to_owned(), format!("b/{path}")),
                Change::Differs(_) => (format!("a/{path}"), format!("b/{path}")),
                Change::Stale(_) => (format!("a/{path}"), "/dev/null".to_owned()),
            };
            let diff = TextDiff::from_lines(old.as_str(), new);
            let _ = write!(out, "{}", diff.unified_diff().header(&from, &to));
        }
        Ok(out)
    }
}

/// The text of a file; nothing if there is none. What is no text counts as a text that differs.
fn read(path: &Path) -> Result<Option<String>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::Io(path.to_owned(), error)),
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::Io(folder.to_owned(), error)),
    };
    for entry in entries {
        let entry = entry.map_err(|e| Error::Io(folder.to_owned(), e))?;
        let path = entry.path();
        // A crate that was built on its own has these; they are no part of the repository.
        if ["target", "Cargo.lock"]
            .iter()
            .any(|n| path.file_name().is_some_and(|f| f == *n))
        {
            continue;
        }
        if path.is_dir() {
            walk(&path, found)?;
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
