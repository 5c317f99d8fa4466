//! `cargo xtask new-operation`: the skeleton of an operation, written after the shortest one of its kind.
//!
//! What a version has beside each operation (credentials, headers, errors, paging) is taken from an operation that is
//! there, so that nothing here is about one version. What only the documentation can say is a text that begins with
//! `TODO`, which lint reports until it is written.

mod root;
mod rows;
mod skeleton;
mod steps;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use harvest_openapi::extension;

use crate::workspace::Workspace;

/// What is to be added.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The folder of the version, such as `v1`.
    pub version: String,
    /// The resource: the tag, the folder and the feature.
    pub resource: String,
    /// The `operationId`.
    pub operation: String,
    /// `get`, `post`, `put`, `patch` or `delete`.
    pub method: String,
    /// The path, such as `/v1/rooms/{id}`.
    pub path: String,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read or written.
    #[error("{path}: {1}", path = .0.display())]
    Io(PathBuf, io::Error),
    /// What is wanted cannot be: why, and what to do.
    #[error("{0}")]
    Refused(String),
}

/// What was written, and what is left to do by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Paths in the workspace of the files that were written or changed.
    pub written: Vec<String>,
    /// What to do next, each with the place.
    pub steps: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for path in &self.written {
            writeln!(f, "wrote {path}")?;
        }
        writeln!(f, "\nleft to do:")?;
        for (number, step) in self.steps.iter().enumerate() {
            writeln!(f, "{}. {step}", number + 1)?;
        }
        Ok(())
    }
}

/// Writes the skeleton of an operation. Nothing is written if anything is wrong.
///
/// # Errors
///
/// If a name is not one, the operation is there already, or a file cannot be read or written.
pub fn add(workspace: &Workspace, wanted: &Wanted) -> Result<Report, Error> {
    let folder = workspace.spec().join(&wanted.version);
    check_names(wanted)?;
    let root_file = folder.join("openapi.yaml");
    let root_file = Some(root_file)
        .filter(|path| path.is_file())
        .ok_or_else(|| {
            let known = workspace.versions().unwrap_or_default();
            let known: Vec<_> = known.into_iter().map(|v| v.name).collect();
            refused(format!(
                "there is no version `{}`; there is {}",
                wanted.version,
                known.join(", ")
            ))
        })?;
    let existing = operations(&folder.join("resources"))?;
    if let Some(path) = existing.get(&wanted.operation) {
        return Err(refused(format!(
            "{} is there already: {}",
            wanted.operation,
            path.display()
        )));
    }
    let root = root::add(&read(&root_file)?, wanted).map_err(refused)?;
    let next = next(&root, wanted);
    let template = template(&existing, wanted)?;
    let resource = folder.join("resources").join(&wanted.resource);
    let models = resource.join("schemas.yaml");
    let old = read_if_there(&models)?;
    let mut files = BTreeMap::new();
    files.insert(root_file, root);
    files.insert(
        resource.join(format!("{}.yaml", wanted.operation)),
        skeleton::operation(&template, &old, wanted),
    );
    let theirs = existing
        .get(template.id())
        .map(|path| path.with_file_name("schemas.yaml"));
    let theirs = theirs.map(|path| read_if_there(&path)).transpose()?;
    let classifies = theirs.is_some_and(|text| text.contains(extension::PERSONAL));
    files.insert(
        models,
        skeleton::models(&old, &template, classifies, wanted),
    );
    let ids = folder.join("shared/schemas.yaml");
    files.insert(
        ids.clone(),
        skeleton::ids(&read_if_there(&ids)?, &old, wanted),
    );
    let rows = rows::Rows::of(workspace, wanted, next.as_deref())?;
    files.extend(rows.files);
    let steps = steps::steps(workspace, wanted, rows.steps)?;
    let mut written = Vec::new();
    for (path, text) in files {
        if read_if_there(&path)? == text {
            continue;
        }
        let fail = |error| Error::Io(path.clone(), error);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fail)?;
        }
        fs::write(&path, text).map_err(fail)?;
        let path = path.strip_prefix(workspace.root()).unwrap_or(&path);
        written.push(path.display().to_string());
    }
    Ok(Report { written, steps })
}

fn refused(why: String) -> Error {
    Error::Refused(why)
}

fn check_names(wanted: &Wanted) -> Result<(), Error> {
    let is_name = |text: &str| {
        let has_letters = text.starts_with(|c: char| c.is_ascii_lowercase());
        let is_snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        has_letters && text.chars().all(is_snake) && !text.ends_with('_') && !text.contains("__")
    };
    if !is_name(&wanted.version) {
        return Err(refused(format!(
            "`{}` is no folder of a version",
            wanted.version
        )));
    }
    if !is_name(&wanted.resource) {
        return Err(refused(format!(
            "`{}` is no resource: name it in the plural, in snake_case, such as interview_rooms",
            wanted.resource
        )));
    }
    if !is_name(&wanted.operation) || !wanted.operation.contains('_') {
        return Err(refused(format!(
            "`{}` is no operation: name it verb_noun in snake_case, such as list_rooms",
            wanted.operation
        )));
    }
    if !["get", "post", "put", "patch", "delete"].contains(&wanted.method.as_str()) {
        return Err(refused(format!(
            "`{}` is no method: get, post, put, patch and delete are",
            wanted.method
        )));
    }
    let steps = wanted.path.strip_prefix('/').unwrap_or_default().split('/');
    let is_step = |step: &str| match step.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
        Some(parameter) => is_name(parameter),
        None => is_name(step),
    };
    if !steps.into_iter().all(is_step) {
        return Err(refused(format!(
            "`{}` is no path: it begins with `/`, ends without one, and its parts are words or \
             {{parameters}}",
            wanted.path
        )));
    }
    Ok(())
}

/// The files of operations, by their ids.
fn operations(resources: &Path) -> Result<BTreeMap<String, PathBuf>, Error> {
    let mut found = BTreeMap::new();
    let list = |folder: &Path| -> Result<Vec<PathBuf>, Error> {
        let fail = |error| Error::Io(folder.to_owned(), error);
        let entries = fs::read_dir(folder).map_err(fail)?;
        let paths: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
        paths.map_err(fail)
    };
    for folder in list(resources)?.into_iter().filter(|path| path.is_dir()) {
        for path in list(&folder)? {
            let name = path
                .file_stem()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            let is_yaml = path
                .extension()
                .is_some_and(|extension| extension == "yaml");
            if is_yaml && name != "schemas" {
                found.insert(name.to_owned(), path);
            }
        }
    }
    Ok(found)
}

/// The operation that follows in the order of the description.
fn next(root: &str, wanted: &Wanted) -> Option<String> {
    let id = |line: &str| {
        let (_, file) = line.split_once("{$ref: resources/")?;
        let (_, file) = file.split_once('/')?;
        Some(file.split_once(".yaml")?.0.to_owned())
    };
    let mut ids = root.lines().filter_map(id);
    ids.by_ref().find(|id| *id == wanted.operation)?;
    ids.next()
}

/// The shortest operation of the same kind.
fn template(
    existing: &BTreeMap<String, PathBuf>,
    wanted: &Wanted,
) -> Result<skeleton::Template, Error> {
    let mut best: Option<(usize, skeleton::Template)> = None;
    for (id, path) in existing {
        let text = read(path)?;
        let tag = path
            .parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_str());
        let template = skeleton::Template::read(id, tag.unwrap_or_default(), &text);
        let distance = template.distance(wanted) + text.len();
        if best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, template));
        }
    }
    let found = best.map(|(_, template)| template);
    found.ok_or_else(|| refused(format!("{} has no operation to begin with", wanted.version)))
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::Io(path.to_owned(), error))
}

fn read_if_there(path: &Path) -> Result<String, Error> {
    match read(path) {
        Err(Error::Io(_, error)) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        other => other,
    }
}
