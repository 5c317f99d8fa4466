//! Delta logs of tables: a commit for each file, made once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use harvest_export::{Deletions, Export, ExportError, delta, parquet, verify};
use harvest_sandbox::Sandbox;
use serde_json::Value;

use super::{catalog, change_title, of_v1};

const FOLDER: &str = "parquet/candidates/_delta_log";

fn make(folder: &Path) -> Result<harvest_export::Built, ExportError> {
    let catalog = catalog("v1");
    let columns = harvest_spec::columns("v1").expect("it has a list");
    delta(folder, &catalog, columns)
}

/// The commits of a table, by their names.
fn commits(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder.join(FOLDER)).expect("a log");
    let files = entries.map(|it| it.expect("a file").path());
    let texts = files.map(|path| {
        let name = path.file_name().expect("a name").to_str().expect("text");
        (name.to_owned(), fs::read_to_string(&path).expect("text"))
    });
    texts.collect()
}

fn actions(text: &str) -> BTreeMap<String, Value> {
    let lines = text.lines().map(|line| {
        let action: BTreeMap<String, Value> = serde_json::from_str(line).expect("JSON");
        assert_eq!(action.len(), 1, "{line}");
        action.into_iter().next().expect("one")
    });
    lines.collect()
}

async fn run(sandbox: &Sandbox, folder: &Path) {
    let (core, catalog) = (of_v1(sandbox), catalog("v1"));
    let export = Export {
        streams: vec!["candidates".to_owned(), "departments".to_owned()],
        deletions: Deletions::Find,
        ..Export::new(&core, &catalog, folder)
    };
    export.run(&mut |_| {}).await.expect("an export");
}

/// The folder of an export with tables of two runs, and the log of the candidates.
async fn of_two_runs() -> (tempfile::TempDir, Sandbox, BTreeMap<String, String>) {
    let sandbox = Sandbox::start().await.expect("it starts");
    let folder = tempfile::tempdir().expect("a folder");
    run(&sandbox, folder.path()).await;
    make(folder.path()).expect("tables");
    let first = super::ids(&super::lines(folder.path(), "candidates"));
    let changed = *first.first().expect("an id");
    change_title(&of_v1(&sandbox), changed, sandbox.user_id()).await;
    run(&sandbox, folder.path()).await;
    make(folder.path()).expect("tables");
    let commits = commits(folder.path());
    (folder, sandbox, commits)
}

fn problems(folder: &Path) -> Vec<String> {
    verify(folder).expect("a report").problems
}

#[tokio::test]
async fn a_commit_for_each_file_and_no_second_one() {
    let (folder, _sandbox, made) = of_two_runs().await;
    let folder = folder.path();
    let names: Vec<_> = made.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["00000000000000000000.json", "00000000000000000001.json"]
    );
    let mut adds = Vec::new();
    for (run, (name, text)) in (1..).zip(&made) {
        let actions = actions(text);
        let (add, txn) = (&actions["add"], &actions["txn"]);
        let path = add["path"].as_str().expect("a path");
        let file = format!("parquet/candidates/{path}");
        let bytes = fs::metadata(folder.join(&file)).expect("it is there").len();
        assert_eq!(add["size"], bytes, "{name}");
        assert_eq!(txn["version"], run, "{name}");
        assert_eq!(txn["appId"], "harvest-export/candidates");
        assert_eq!(actions.contains_key("metaData"), run == 1);
        adds.push(file);
    }
    assert_eq!(adds.len(), 2);
    let first = actions(&made["00000000000000000000.json"]);
    let schema = first["metaData"]["schemaString"].as_str().expect("text");
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let fields = schema["fields"].as_array().expect("a list");
    let of = |name: &str| {
        fields
            .iter()
            .find(|it| it["name"] == name)
            .expect("a column")
    };
    assert_eq!(of("id")["type"], "long");
    assert_eq!(of("_deleted")["nullable"], false);
    assert_eq!(of("updated_at")["type"], "timestamp");
    let addresses = &of("email_addresses")["type"];
    assert_eq!(addresses["type"], "array");
    assert_eq!(addresses["elementType"]["fields"][0]["type"], "string");
    // A reader that finds the numbers of columns here looks for no names.
    let metadata = of("id")["metadata"].as_object().expect("an object");
    assert!(metadata.is_empty(), "{metadata:?}");

    let ledger = fs::read(folder.join("ledger.ndjson")).expect("a ledger");
    make(folder).expect("tables");
    assert_eq!(
        fs::read(folder.join("ledger.ndjson")).expect("a ledger"),
        ledger
    );
    assert_eq!(commits(folder), made);
    assert_eq!(problems(folder), Vec::<String>::new());
    assert_eq!(
        verify(folder).expect("a report").commits,
        6,
        "of three tables"
    );
}

/// The process ends after each line of the ledger, with the files that it had written by then and may have written behind
/// the line.
#[tokio::test]
async fn a_process_that_ends_commits_what_it_did_once() {
    let (folder, _sandbox, made) = of_two_runs().await;
    let folder = folder.path();
    let ledger = fs::read_to_string(folder.join("ledger.ndjson")).expect("a ledger");
    let lines: Vec<_> = ledger.split_inclusive('\n').collect();
    let begin = lines
        .iter()
        .position(|it| it.contains("\"columnar\""))
        .expect("tables");
    let events = ["commit", "table", "views", "columnar"].map(|it| format!("\"{it}\""));
    let is_of_run = |line: &&str| !events.iter().any(|event| line.contains(event));
    let last = lines.iter().rposition(is_of_run).expect("a run");
    // What the second run read has to be there, for the same tables to be made.
    for cut in (last + 1..=lines.len()).filter(|it| *it > begin) {
        fs::write(folder.join("ledger.ndjson"), lines[..cut].concat()).expect("written");
        make(folder).expect("tables");
        assert_eq!(commits(folder), made, "after {cut} lines");
        assert_eq!(problems(folder), Vec::<String>::new(), "after {cut} lines");
    }
    // The commit itself was not written yet.
    for name in made.keys() {
        fs::write(folder.join("ledger.ndjson"), lines[..=last].concat()).expect("written");
        fs::remove_file(folder.join(FOLDER).join(name)).expect("removed");
        make(folder).expect("tables");
        assert_eq!(commits(folder), made, "without {name}");
        assert_eq!(problems(folder), Vec::<String>::new(), "without {name}");
    }
    // It was linked into its place, and has its other name still.
    let name = made.keys().next_back().expect("a commit");
    fs::write(folder.join("ledger.ndjson"), lines[..=last].concat()).expect("written");
    let unfinished = folder.join(FOLDER).join(format!("{name}.tmp"));
    fs::write(&unfinished, &made[name]).expect("written");
    make(folder).expect("tables");
    assert_eq!(commits(folder), made);
    assert_eq!(problems(folder), Vec::<String>::new());
}

#[tokio::test]
async fn what_another_program_commits_is_left_alone() {
    let (folder, sandbox, made) = of_two_runs().await;
    let folder = folder.path();
    let next = folder.join(FOLDER).join("00000000000000000002.json");
    let theirs = "{\"commitInfo\":{\"operation\":\"OPTIMIZE\"}}\n";
    fs::write(&next, theirs).expect("written");
    let found = problems(folder);
    assert!(
        found.iter().any(|it| it.contains("no receipt")),
        "{found:?}"
    );
    let all = super::ids(&super::lines(folder, "candidates"));
    let changed = *all.last().expect("an id");
    change_title(&of_v1(&sandbox), changed, sandbox.user_id()).await;
    run(&sandbox, folder).await;
    let refused = make(folder).expect_err("it is another writer's");
    assert!(matches!(refused, ExportError::Foreign { .. }), "{refused}");
    assert_eq!(fs::read_to_string(&next).expect("text"), theirs);
    fs::remove_file(&next).expect("removed");
    make(folder).expect("tables");
    assert_eq!(problems(folder), Vec::<String>::new());

    // A commit that was altered or is gone is found; it is ours, and written again.
    let (name, text) = made.iter().next().expect("one");
    let first = folder.join(FOLDER).join(name);
    let altered = text.replacen("nullable", "nullablo", 1);
    fs::write(&first, altered).expect("written");
    let found = problems(folder);
    assert!(
        found.iter().any(|it| it.contains("not what was written")),
        "{found:?}"
    );
    fs::remove_file(&first).expect("removed");
    assert!(!problems(folder).is_empty());
    make(folder).expect("tables");
    assert_eq!(problems(folder), Vec::<String>::new());
    assert_eq!(fs::read_to_string(&first).expect("text"), *text);
}

/// With other numbers of columns all tables are made again. That they have logs is remembered.
#[tokio::test]
async fn logs_are_made_again_with_their_tables() {
    let (folder, _sandbox, made) = of_two_runs().await;
    let folder = folder.path();
    let columns = format!("{}\n", harvest_spec::columns("v1").expect("it has a list"));
    parquet(folder, &catalog("v1"), &columns).expect("tables");
    let second = commits(folder);
    assert!(second.keys().eq(made.keys()), "{:?}", second.keys());
    let id = |commits: &BTreeMap<String, String>| {
        let first = commits.values().next().expect("a commit");
        actions(first)["metaData"]["id"].clone()
    };
    assert_ne!(id(&second), id(&made), "it is another table");
    assert_eq!(problems(folder), Vec::<String>::new());
}
