//! Steps that are left to do by hand, each with the file, the line and what belongs there.

use std::path::Path;

use super::skeleton::{model, parameters, sent};
use super::{Error, Wanted, read_if_there};
use crate::workspace::Workspace;

/// A file of a test that has something for each operation.
struct Place<'a> {
    path: &'a str,
    text: String,
}

impl<'a> Place<'a> {
    /// The file, if there is one and it is about the version.
    fn of(workspace: &Workspace, path: &'a str, about: &str) -> Result<Option<Self>, Error> {
        let text = read_if_there(&workspace.root().join(Path::new(path)))?;
        Ok(text.contains(about).then_some(Self { path, text }))
    }

    /// The number of the first line that is so; of the last, if none is.
    fn line(&self, is_it: impl FnMut(&str) -> bool) -> usize {
        let place = self.text.lines().position(is_it);
        place.unwrap_or(self.text.lines().count().saturating_sub(1)) + 1
    }
}

pub(super) fn steps(workspace: &Workspace, wanted: &Wanted) -> Result<Vec<String>, Error> {
    let (version, resource, id) = (&wanted.version, &wanted.resource, &wanted.operation);
    let folder = format!("harvest-spec/{version}");
    let mut steps = vec![format!(
        "describe it: `cargo xtask lint` names each place in {folder} that holds a TODO, or misses something"
    )];
    let client = format!("harvest_generated::{version}::");
    let is_list = id.starts_with("list_");
    let name = model(resource);
    let arguments: Vec<_> = parameters(&wanted.path)
        .iter()
        .map(|p| format!("{p} id"))
        .collect();
    let arguments = arguments.join(", ");
    let body = sent(wanted);
    if let Some(place) = Place::of(workspace, "tests/tests/contract/table.rs", &client)? {
        let kind = if is_list { "list" } else { "row" };
        let sent = body
            .as_ref()
            .map(|body| format!(": {body}"))
            .unwrap_or_default();
        let answer = if wanted.method == "delete" {
            "()"
        } else {
            &name
        };
        let row = format!("{kind}!({id}({arguments}){sent} => {answer}),");
        let function = format!("fn {resource}() -> Vec<Row> {{");
        if place.text.contains(&function) {
            let line = place.line(|line| line == function);
            steps.push(format!(
                "{}:{line}: add `{row}` to the rows of {resource}, and its optional parameters",
                place.path
            ));
        } else {
            let line = place.line(|line| {
                line.starts_with("        ")
                    && line.trim() > resource.as_str()
                    && line.ends_with("(),")
            });
            steps.push(format!(
                "{}:{line}: add `{resource}(),` to the table, and `{function} vec![{row}] }}` below, and its optional parameters",
                place.path
            ));
        }
    }
    if let Some(place) = Place::of(workspace, "tests/tests/documented/decode.rs", &client)? {
        let row = decoded(wanted, body.as_deref(), &name);
        let line = match next(workspace, wanted)? {
            Some(next) => place.line(|line| line.starts_with(&format!("    {next}: "))),
            None => place.line(|line| line == "}"),
        };
        steps.push(format!(
            "{}:{line}: add `{row}` before this line",
            place.path
        ));
    }
    if is_list && let Some(place) = Place::of(workspace, "fuzz/src/lists.rs", &client)? {
        let ids = parameters(&wanted.path)
            .iter()
            .map(|_| "1_i64")
            .collect::<Vec<_>>()
            .join(", ");
        let line = place.line(|line| line.starts_with("    list_") && line.trim() > id.as_str());
        steps.push(format!("{}:{line}: add `{id}({ids}),`", place.path));
    }
    if let Some(place) = Place::of(
        workspace,
        "harvest-spec/migration.yaml",
        &format!("from: {version}"),
    )? {
        let line = place.line(|line| line == "operations:");
        steps.push(format!(
            "{}:{line}: say what takes the place of {id} in the next version, and of new models under `models:`",
            place.path
        ));
    }
    let sandbox = format!("of {version} without a handler");
    if let Some(place) = Place::of(workspace, "harvest-sandbox/tests/support/mod.rs", &sandbox)? {
        let line = place.line(|line| line.contains("FROM_EXAMPLES"));
        steps.push(format!(
            "{}:{line}: add \"{id}\", or give it a handler, as harvest-sandbox/src/{version}/README.md says",
            place.path
        ));
    }
    steps.push(format!("`cargo xtask regen`, then `cargo xtask diff HEAD --version {version}` says what changes for users"));
    steps.push("`INSTA_UPDATE=always cargo test -p harvest-tests --test digest`, and read what changed in tests/tests/snapshots".to_owned());
    steps.push("`UPDATE_DOCS=1 cargo test -p harvest-sandbox --test docs`".to_owned());
    steps.push("CHANGELOG.md: a line under Unreleased".to_owned());
    Ok(steps)
}

/// `list_rooms: () => List<Room>;`
fn decoded(wanted: &Wanted, body: Option<&str>, name: &str) -> String {
    let answer = if wanted.operation.starts_with("list_") {
        format!("List<{name}>")
    } else if wanted.method == "delete" {
        "()".to_owned()
    } else {
        name.to_owned()
    };
    format!(
        "{}: {} => {answer};",
        wanted.operation,
        body.unwrap_or("()")
    )
}

/// The operation that comes after this one in the order of the description.
fn next(workspace: &Workspace, wanted: &Wanted) -> Result<Option<String>, Error> {
    let folder = workspace.spec().join(&wanted.version);
    let mut root = String::new();
    for name in ["openapi.yaml", "draft.yaml"] {
        root += &read_if_there(&folder.join(name))?;
    }
    let Ok(root) = super::root::add(&root, wanted) else {
        return Ok(None);
    };
    let of_line = |line: &str| {
        let (_, file) = line.split_once("{$ref: resources/")?;
        let (_, file) = file.split_once('/')?;
        Some(file.split_once(".yaml")?.0.to_owned())
    };
    let mut ids = root.lines().filter_map(of_line);
    ids.by_ref().find(|id| *id == wanted.operation);
    Ok(ids.next())
}
