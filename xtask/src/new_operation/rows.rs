//! Rows of the tests that have one for each operation, inserted where they belong.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::skeleton::{model, parameters, sent};
use super::{Error, Wanted, read_if_there};
use crate::workspace::Workspace;

/// The files with their new rows, and what is left to do in them.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) files: BTreeMap<PathBuf, String>,
    pub(super) steps: Vec<String>,
}

impl Rows {
    /// The rows of an operation. `next` is the operation that follows it in the description.
    pub(super) fn of(
        workspace: &Workspace,
        wanted: &Wanted,
        next: Option<&str>,
    ) -> Result<Self, Error> {
        let mut rows = Self::default();
        let client = format!("harvest_generated::{}::", wanted.version);
        let is_list = wanted.operation.starts_with("list_");
        rows.edit(workspace, CONTRACT, &client, |text| contract(text, wanted))?;
        if rows.has(workspace, CONTRACT) {
            rows.steps.push(format!(
                "{CONTRACT}: the row of {} has its required parameters only; add the optional ones",
                wanted.operation
            ));
        }
        let calls = format!("tests/tests/documented/{}/decode.rs", wanted.version);
        rows.edit(workspace, &calls, &client, |text| {
            decode(text, wanted, next)
        })?;
        if is_list {
            rows.edit(workspace, LISTS, &client, |text| lists(text, wanted))?;
        }
        let about = format!("of {} without a handler", wanted.version);
        rows.edit(workspace, SUPPORT, &about, |text| {
            from_examples(text, &wanted.operation)
        })?;
        if rows.has(workspace, SUPPORT) {
            rows.steps.push(format!(
                "the sandbox answers {id} from its example ({SUPPORT}, FROM_EXAMPLES); to give it \
                 a handler, see harvest-sandbox/src/faces/{version}/README.md",
                id = wanted.operation,
                version = wanted.version,
            ));
        }
        Ok(rows)
    }

    /// Changes a file that is about the version, if it is there.
    fn edit(
        &mut self,
        workspace: &Workspace,
        path: &str,
        about: &str,
        change: impl FnOnce(&str) -> Option<String>,
    ) -> Result<(), Error> {
        let file = workspace.root().join(path);
        let text = read_if_there(&file)?;
        if !text.contains(about) {
            return Ok(());
        }
        match change(&text) {
            Some(changed) => drop(self.files.insert(file, changed)),
            None => self.steps.push(format!(
                "{path}: the place of a new row was not found; add one"
            )),
        }
        Ok(())
    }

    fn has(&self, workspace: &Workspace, path: &str) -> bool {
        self.files.contains_key(&workspace.root().join(path))
    }
}

const CONTRACT: &str = "tests/tests/contract/table.rs";
const LISTS: &str = "fuzz/src/lists.rs";
const SUPPORT: &str = "harvest-sandbox/tests/support/mod.rs";

/// The text with lines before the first line that is so.
fn before(text: &str, lines: &str, is_it: impl FnMut(&str) -> bool) -> Option<String> {
    let place = text.lines().position(is_it)?;
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        if number == place {
            out += lines;
        }
        out += line;
        out.push('\n');
    }
    Some(out)
}

/// A row in the function of the resource, or such a function.
fn contract(text: &str, wanted: &Wanted) -> Option<String> {
    let (resource, id) = (&wanted.resource, &wanted.operation);
    let kind = if id.starts_with("list_") {
        "list"
    } else {
        "row"
    };
    let arguments: Vec<_> = parameters(&wanted.path)
        .iter()
        .map(|parameter| format!("{parameter} id"))
        .collect();
    let sent = sent(wanted).map(|body| format!(": {body}"));
    let row = format!(
        "{kind}!({id}({}){} => {})",
        arguments.join(", "),
        sent.unwrap_or_default(),
        answer(wanted)
    );
    let function = format!("fn {resource}() -> Vec<Row> {{");
    let Some((head, body)) = text.split_once(&format!("{function}\n")) else {
        let entry = format!("        {resource}(),\n");
        let text = before(text, &entry, |line| {
            let name = line.strip_prefix("        ").unwrap_or_default();
            name == "]" || name.ends_with("(),") && name > resource.as_str()
        })
        .or_else(|| before(text, &entry, |line| line == "    ]"))?;
        let added = format!("{function}\n    vec![{row}]\n}}\n\n");
        let is_later = |line: &str| {
            let name = line
                .strip_prefix("fn ")
                .and_then(|line| line.strip_suffix("() -> Vec<Row> {"));
            name.is_some_and(|name| name > resource.as_str())
        };
        return Some(before(&text, &added, is_later).unwrap_or_else(|| format!("{text}\n{added}")));
    };
    let (first, rest) = body.split_once('\n')?;
    let body = match first.strip_prefix("    vec![") {
        Some("") => before(body, &format!("        {row},\n"), |line| line == "    ]")?,
        Some(one) => {
            let one = one.strip_suffix(']')?;
            format!("    vec![\n        {one},\n        {row},\n    ]\n{rest}")
        }
        None => return None,
    };
    Some(format!("{head}{function}\n{body}"))
}

/// `list_rooms: () => List<Room>;`, in the order of the description.
fn decode(text: &str, wanted: &Wanted, next: Option<&str>) -> Option<String> {
    let answer = answer(wanted);
    let answer = if wanted.operation.starts_with("list_") {
        format!("List<{answer}>")
    } else {
        answer
    };
    let body = sent(wanted).unwrap_or_else(|| "()".to_owned());
    let row = format!("    {}: {body} => {answer};\n", wanted.operation);
    let next = next.map(|next| format!("    {next}: "));
    next.and_then(|next| before(text, &row, |line| line.starts_with(&next)))
        .or_else(|| before(text, &row, |line| line == "}"))
}

/// `list_rooms(1_i64),`, by the alphabet.
fn lists(text: &str, wanted: &Wanted) -> Option<String> {
    let ids = parameters(&wanted.path)
        .iter()
        .map(|_| "1_i64")
        .collect::<Vec<_>>();
    let id = &wanted.operation;
    let row = format!("    {id}({}),\n", ids.join(", "));
    let mut is_among = false;
    before(text, &row, |line| {
        let is_list = line.starts_with("    list_");
        let ends = is_among && !is_list;
        is_among |= is_list;
        ends || is_list && line.trim() > id.as_str()
    })
}

/// One more operation that is answered from its example.
fn from_examples(text: &str, id: &str) -> Option<String> {
    let (head, list) = text.split_once("FROM_EXAMPLES: &[&str] = &[")?;
    let (names, rest) = list.split_once("];")?;
    let names = names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let mut names: Vec<_> = names.map(str::to_owned).collect();
    names.push(format!("{id:?}"));
    names.sort();
    Some(format!(
        "{head}FROM_EXAMPLES: &[&str] = &[{}];{rest}",
        names.join(", ")
    ))
}

/// The model that is answered.
fn answer(wanted: &Wanted) -> String {
    if wanted.method == "delete" {
        "()".to_owned()
    } else {
        model(&wanted.resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(operation: &str) -> Wanted {
        Wanted {
            version: "one".to_owned(),
            resource: "rooms".to_owned(),
            operation: operation.to_owned(),
            method: "get".to_owned(),
            path: "/rooms".to_owned(),
        }
    }

    #[test]
    fn rows_stand_in_order() {
        let text = "    vec![\n        jobs(),\n        users(),\n    ]\n}\n\nfn jobs() -> \
                    Vec<Row> {\n    vec![row!(a)]\n}\n\nfn users() -> Vec<Row> {\n    \
                    vec![\n        row!(b),\n    ]\n}\n";
        let once = contract(text, &wanted("list_rooms")).expect("a place");
        assert!(
            once.contains("        jobs(),\n        rooms(),\n        users(),\n"),
            "{once}"
        );
        let row = "fn rooms() -> Vec<Row> {\n    vec![list!(list_rooms() => Room)]\n}\n\nfn users";
        assert!(once.contains(row), "{once}");
        let twice = contract(&once, &wanted("get_rooms")).expect("a place");
        let rows = "    vec![\n        list!(list_rooms() => Room),\n        row!(get_rooms() => \
                    Room),\n    ]\n}\n";
        assert!(twice.contains(rows), "{twice}");
        let thrice = contract(&twice, &wanted("find_rooms")).expect("a place");
        assert!(
            thrice.contains("row!(get_rooms() => Room),\n        row!(find_rooms"),
            "{thrice}"
        );

        let text = "lists! {\n    list_jobs(),\n    list_users(),\n}\n";
        let text = lists(text, &wanted("list_rooms")).expect("a place");
        assert_eq!(
            text,
            "lists! {\n    list_jobs(),\n    list_rooms(),\n    list_users(),\n}\n"
        );
        let text = lists(&text, &wanted("list_zones")).expect("a place");
        assert!(
            text.ends_with("    list_users(),\n    list_zones(),\n}\n"),
            "{text}"
        );

        let text = "const FROM_EXAMPLES: &[&str] = &[];\n";
        let text = from_examples(text, "list_rooms").expect("a place");
        let text = from_examples(&text, "get_room").expect("a place");
        assert_eq!(
            text,
            "const FROM_EXAMPLES: &[&str] = &[\"get_room\", \"list_rooms\"];\n"
        );
    }
}
