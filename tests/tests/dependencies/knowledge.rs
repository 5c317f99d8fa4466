//! The table "What each crate may not know" of `ARCHITECTURE.md`, against the manifests and the sources of the crates.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// A row of the table: the crate, the words of the table, the crates of the workspace that it may depend on, and what its
/// sources are searched for.
struct Row {
    name: &'static str,
    may_not_know: &'static str,
    may_use: &'static [&'static str],
    rules: &'static [fn(&Source) -> Option<String>],
}

const ROWS: [Row; 11] = [
    Row {
        name: "harvest-spec",
        may_not_know: "anything: it embeds text",
        may_use: &[],
        rules: &[],
    },
    Row {
        name: "harvest-openapi",
        may_not_know: "any version or operation: it reads documents, and names extensions",
        may_use: &[],
        rules: &[names_no_version, names_no_operation],
    },
    Row {
        name: "codegen",
        may_not_know: "which API it compiles: no path, name or version of one. A stage does not \
                       call an earlier one",
        may_use: &["harvest-openapi"],
        rules: &[names_no_version, names_no_operation, calls_no_stage],
    },
    Row {
        name: "harvest-runtime",
        may_not_know: "any operation, model, version or vendor page; base URL, authentication, \
                       header and variable names come in from generated code",
        may_use: &[],
        rules: &[names_no_version, names_no_operation, names_no_vendor],
    },
    Row {
        name: "harvest-generated",
        may_not_know: "anything that is not in the description. No file is edited by hand",
        may_use: &["harvest-runtime"],
        rules: &[says_that_it_is_generated],
    },
    Row {
        name: "harvest-sandbox",
        may_not_know: "the client; it reads the published document only. Operations are known by \
                       name in its faces alone",
        may_use: &["harvest-openapi", "harvest-spec"],
        rules: &[names_no_client, names_operations_in_versions],
    },
    Row {
        name: "harvest-export",
        may_not_know: "any operation or version, and no terminal: the table of operations and the \
                       description come in",
        may_use: &["harvest-openapi", "harvest-runtime"],
        rules: &[names_no_version, names_no_operation],
    },
    Row {
        name: "harvest-cli",
        may_not_know: "any operation: its commands come from the table and the description of each \
                       version",
        may_use: &[
            "harvest-export",
            "harvest-generated",
            "harvest-openapi",
            "harvest-sandbox",
            "harvest-spec",
        ],
        rules: &[names_no_operation],
    },
    Row {
        name: "xtask",
        may_not_know: "how code is made; it knows folders, and what the crate is called",
        may_use: &["harvest-codegen", "harvest-openapi"],
        rules: &[names_no_version, names_no_operation],
    },
    Row {
        name: "benches",
        may_not_know: "how anything works inside; it measures processes, and single steps through \
                       a hidden module",
        may_use: &[
            "harvest-export",
            "harvest-generated",
            "harvest-runtime",
            "harvest-spec",
        ],
        rules: &[],
    },
    Row {
        name: "fuzz",
        may_not_know: "anything but public functions and the examples; it is a workspace of its \
                       own, so that its crates stay out of ours",
        may_use: &[
            "harvest-codegen",
            "harvest-generated",
            "harvest-runtime",
            "harvest-spec",
        ],
        rules: &[],
    },
];

/// Files that name what they may not know, and why they still do.
const EXCEPTIONS: [(&str, &str); 4] = [
    (
        "harvest-sandbox/src/openapi/examples/users.rs",
        "without records, the users that may act are those in the example of one list; both \
         versions call it `list_users`",
    ),
    (
        "harvest-sandbox/src/faces/webhooks/action.rs",
        "an event of webhooks is called as an operation is",
    ),
    (
        "harvest-sandbox/src/faces/webhooks/causes.rs",
        "an event of webhooks is called as an operation is",
    ),
    (
        "xtask/src/clients/generators.rs",
        "the path of a Go module ends with the version of that module",
    ),
];

/// A file of a crate, without documentation, comments and tests.
pub(super) struct Source {
    pub(super) path: PathBuf,
    text: String,
    pub(super) tokens: Vec<String>,
}

impl Source {
    pub(super) fn of(path: &Path, code: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: code.to_owned(),
            tokens: tokens(code),
        }
    }
}

pub(super) fn root() -> &'static Path {
    // cargo runs a test in the folder of its package.
    Path::new("..")
}

#[test]
fn the_table_is_that_of_the_architecture() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("it is there");
    let (_, table) = text
        .split_once("| crate | may not know |\n| --- | --- |\n")
        .expect("the table is there");
    let rows: Vec<_> = table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .collect();
    let known = ROWS.map(|row| format!("| `{}` | {} |", row.name, row.may_not_know));
    assert_eq!(
        rows, known,
        "ARCHITECTURE.md and tests/tests/dependencies/knowledge.rs say different things"
    );
}

#[test]
fn no_crate_depends_on_what_it_may_not_know() {
    for row in ROWS {
        let manifest =
            fs::read_to_string(root().join(row.name).join("Cargo.toml")).expect("a manifest");
        let begin = manifest
            .find("\n[dependencies]\n")
            .map_or(manifest.len(), |at| at + 1);
        let lines = manifest[begin..]
            .lines()
            .skip(1)
            .take_while(|line| !line.starts_with('['));
        for line in lines {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            assert!(
                !name.starts_with("harvest-") || row.may_use.contains(&name),
                "{} depends on {name}",
                row.name
            );
        }
    }
    let fuzz = fs::read_to_string(root().join("fuzz/Cargo.toml")).expect("a manifest");
    assert!(
        fuzz.contains("[workspace]"),
        "fuzz is no workspace of its own"
    );
}

#[test]
fn no_source_names_what_its_crate_may_not_know() {
    let mut problems = Vec::new();
    let mut excepted = BTreeSet::new();
    for row in ROWS {
        let sources = sources(&root().join(row.name).join("src"));
        assert!(!sources.is_empty(), "{} has no sources", row.name);
        for source in &sources {
            let path = source.path.display().to_string().replace('\\', "/");
            let path = path.trim_start_matches("../");
            let found: Vec<_> = row.rules.iter().filter_map(|rule| rule(source)).collect();
            if EXCEPTIONS.iter().any(|(excepted, _)| *excepted == path) {
                excepted.extend((!found.is_empty()).then(|| path.to_owned()));
                continue;
            }
            problems.extend(found.iter().map(|problem| format!("{path}: {problem}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let known: BTreeSet<_> = EXCEPTIONS
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    assert_eq!(
        excepted, known,
        "an exception is no longer needed: take it out"
    );
}

#[test]
fn what_is_searched_for_is_found() {
    let source = |path: &str, code: &str| Source::of(Path::new(path), code);
    for code in [
        "use a::v1::b;",
        "fn a() { b(\"/v2/users\") }",
        "m!(x, v3);",
        "mod v1;",
    ] {
        assert!(names_no_version(&source("a.rs", code)).is_some(), "{code}");
    }
    for code in [
        "/// `/v1/users`\nfn a() {}",
        "#[cfg(test)] mod tests { use a::v1; }",
        "fn a(v: u8, v1beta: u8) { b(\"ipv6 v\") }",
    ] {
        assert_eq!(names_no_version(&source("a.rs", code)), None, "{code}");
    }
    assert!(names_no_operation(&source("a.rs", "fn a() { b(\"list_users\") }")).is_some());
    for text in ["tick it in Dev Center", "On-Behalf-Of", "HARVEST_API_KEY"] {
        let code = format!("fn a() {{ b(\"{text}\") }}");
        assert!(names_no_vendor(&source("a.rs", &code)).is_some(), "{text}");
    }
    assert_eq!(
        names_no_vendor(&source("a.rs", "/// Dev Center\nfn a() {}")),
        None
    );
    assert!(names_no_client(&source("a.rs", "use harvest_generated::x;")).is_some());
    assert!(
        calls_no_stage(&source(
            "src/emit/mod.rs",
            "fn a() { crate::lower::lower(b) }"
        ))
        .is_some()
    );
    assert_eq!(
        calls_no_stage(&source("src/lib.rs", "fn a() { lower::lower(b) }")),
        None
    );
    assert!(
        names_operations_in_versions(&source("src/list.rs", "fn a() { b(\"list_users\") }"))
            .is_some()
    );
    assert_eq!(
        names_operations_in_versions(&source("src/faces/v1/a.rs", "fn a() { b(\"list_users\") }")),
        None
    );
}

pub(super) fn sources(folder: &Path) -> Vec<Source> {
    let mut out = Vec::new();
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a file");
            out.push(Source::of(&path, &text));
        }
    }
    out
}

/// Words and literals of a file that are compiled into the crate.
fn tokens(code: &str) -> Vec<String> {
    let file = syn::parse_file(code).expect("Rust");
    let mut out = Vec::new();
    for item in &file.items {
        flatten(item.to_token_stream(), &mut out);
    }
    out
}

fn flatten(stream: TokenStream, out: &mut Vec<String>) {
    let tokens: Vec<_> = stream.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match (token, tokens.get(at + 1)) {
            // Documentation is for people. What only tests compile goes on to the end of the item.
            (TokenTree::Punct(punct), Some(TokenTree::Group(group)))
                if punct.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
            {
                let text = group.stream().to_string().replace(' ', "");
                at += 2;
                if text == "cfg(test)" {
                    let is_end = |token: &TokenTree| match token {
                        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                        TokenTree::Punct(punct) => punct.as_char() == ';',
                        _ => false,
                    };
                    let length = tokens[at..].iter().position(is_end);
                    at += length.map_or(tokens.len(), |length| length + 1);
                } else if !text.starts_with("doc") {
                    flatten(group.stream(), out);
                }
                continue;
            }
            (TokenTree::Group(group), _) => {
                // Paths in braces go on from the path in front of them.
                let is_braced = group.delimiter() == Delimiter::Brace;
                out.extend(is_braced.then(|| "{".to_owned()));
                flatten(group.stream(), out);
                out.extend(is_braced.then(|| "}".to_owned()));
            }
            (token, _) => out.push(token.to_string()),
        }
        at += 1;
    }
}

/// `v1`, alone or as a part of a path.
fn is_version(word: &str) -> bool {
    word.strip_prefix('v')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn names_no_version(source: &Source) -> Option<String> {
    let is_part = |token: &&String| {
        let mut words = token.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        words.any(is_version)
    };
    let found = source.tokens.iter().find(is_part)?;
    Some(format!("it names a version: {found}"))
}

/// The operations of every document that is published.
fn operations() -> BTreeSet<String> {
    let documents = harvest_spec::DOCUMENTS.iter();
    let ids = documents.flat_map(|document| {
        let root: serde_json::Value = serde_json::from_str(document.json).expect("JSON");
        let items = root["paths"].as_object().expect("paths").values();
        let operations = items.flat_map(|item| item.as_object().expect("an item").values());
        let ids = operations.filter_map(|it| it["operationId"].as_str().map(str::to_owned));
        ids.collect::<Vec<_>>()
    });
    ids.collect()
}

fn names_no_operation(source: &Source) -> Option<String> {
    let known = operations();
    let is_one = |token: &&String| known.contains(token.trim_matches('"'));
    let found = source.tokens.iter().find(is_one)?;
    Some(format!("it names an operation: {found}"))
}

/// Pages, headers and environment variables of one vendor are the description's to say.
fn names_no_vendor(source: &Source) -> Option<String> {
    const NAMES: [&str; 3] = ["dev center", "greenhouse", "on-behalf-of"];
    let is_one = |token: &&String| {
        let lower = token.to_ascii_lowercase();
        let is_named = NAMES.iter().any(|name| lower.contains(name));
        token.starts_with('"') && (is_named || token.contains("HARVEST_"))
    };
    let found = source.tokens.iter().find(is_one)?;
    Some(format!("it names something of a vendor: {found}"))
}

fn names_operations_in_versions(source: &Source) -> Option<String> {
    let is_of_version = source
        .path
        .components()
        .any(|step| is_version(&step.as_os_str().to_string_lossy()));
    if is_of_version {
        return None;
    }
    let known = operations();
    let is_one =
        |token: &&String| token.starts_with('"') && known.contains(token.trim_matches('"'));
    let found = source.tokens.iter().find(is_one)?;
    Some(format!("it names an operation: {found}"))
}

fn names_no_client(source: &Source) -> Option<String> {
    let is_client =
        |token: &&String| ["harvest_generated", "harvest_runtime"].contains(&token.as_str());
    let found = source.tokens.iter().find(is_client)?;
    Some(format!("it knows the client: {found}"))
}

/// What a stage makes is handed to the next by the crate's root, so no stage calls another by its function.
fn calls_no_stage(source: &Source) -> Option<String> {
    const STAGES: [&str; 6] = ["load", "lint", "lower", "generate", "refine", "emit"];
    let path = source.path.to_string_lossy().replace('\\', "/");
    let (_, inside) = path.rsplit_once("src/")?;
    let own = inside.split(['/', '.']).next()?;
    if !STAGES.contains(&own) {
        return None;
    }
    let found = STAGES.iter().filter(|stage| **stage != own).find(|stage| {
        let call = [**stage, ":", ":", **stage];
        source.tokens.windows(4).any(|tokens| tokens == call)
    })?;
    Some(format!("the stage `{own}` calls `{found}`"))
}

fn says_that_it_is_generated(source: &Source) -> Option<String> {
    let first = source.text.lines().next().unwrap_or_default();
    (!first.contains("@generated")).then(|| "it does not say that it is generated".to_owned())
}
