//! Parquet files of exports, read back and held against the pages.

mod same;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use harvest_export::catalog::Catalog;
use harvest_export::{
    Deletions, Export, ExportError, check_database, database, numbered, parquet, verify,
};
use harvest_sandbox::Sandbox;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use self::same::{json, named, of_object};
use super::hostile::{client, of_records};
use super::{catalog, change_title, export, ids, lines, of_examples, of_v1, of_v3};

fn columns(catalog: &Catalog) -> &'static str {
    harvest_spec::columns(catalog.version).expect("it has a list")
}

fn make(folder: &Path, catalog: &Catalog) -> harvest_export::Built {
    parquet(folder, catalog, columns(catalog)).expect("tables")
}

/// The rows of a table in the order of their files.
fn rows(folder: &Path, table: &str) -> Vec<BTreeMap<String, Field>> {
    let entries = fs::read_dir(folder.join("parquet").join(table)).expect("a folder");
    let mut paths: Vec<_> = entries.map(|it| it.expect("a file").path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let file = File::open(&path).expect("a file");
        let reader = SerializedFileReader::new(file).expect("it is Parquet");
        for row in reader.get_row_iter(None).expect("rows") {
            all.push(named(&row.expect("a row")));
        }
    }
    all
}

/// Holds the tables of an export of one run against its pages.
fn hold(folder: &Path, catalog: &Catalog) -> BTreeMap<String, u64> {
    let built = make(folder, catalog);
    for stream in harvest_export::streams(catalog).0 {
        if !folder.join(&stream.name).exists() {
            continue;
        }
        let (records, found) = (lines(folder, &stream.name), rows(folder, &stream.name));
        let found: Vec<_> = found
            .iter()
            .filter(|row| row["_deleted"] == Field::Bool(false))
            .collect();
        assert_eq!(records.len(), found.len(), "{}", stream.name);
        for (record, row) in records.iter().zip(found) {
            let (unknown, conflict) = (json(row.get("_extra")), json(row.get("_conflict")));
            if let Err(problem) = of_object(record, row, &unknown, &conflict) {
                panic!("{}: {problem}", stream.name);
            }
        }
    }
    let report = verify(folder).expect("a report");
    assert!(report.is_whole(), "{:?}", report.problems);
    assert!(built.drift.is_empty(), "{:?}", built.drift);
    built.rows
}

#[tokio::test]
async fn every_list_has_the_values_of_its_pages() {
    let sandbox = Sandbox::start().await.expect("it starts");
    for (version, core) in [("v1", of_v1(&sandbox)), ("v3", of_v3(&sandbox))] {
        let folder = tempfile::tempdir().expect("a folder");
        let catalog = catalog(version);
        export(&core, &catalog, folder.path(), &[])
            .await
            .expect("an export");
        let rows = hold(folder.path(), &catalog);
        assert!(rows["candidates__custom_fields"] > 0, "{rows:?}");
    }
    let (_sandbox, core) = of_examples().await;
    let folder = tempfile::tempdir().expect("a folder");
    let catalog = catalog("v3");
    export(&core, &catalog, folder.path(), &[])
        .await
        .expect("an export");
    let rows = hold(folder.path(), &catalog);
    assert!(rows.values().all(|count| *count > 0), "{rows:?}");
}

#[tokio::test]
async fn what_is_not_described_is_kept_in_its_place() {
    let long = "ä\\n".repeat(200_000);
    let records = format!(
        r#"[{{"id":1,"name":7,"child_ids":[2,"x",null,4],"orbit":{{"x":1.50}}}},
            {{"id":2,"name":"{long}","child_ids":"none","parent_id":9223372036854775808}},
            {{"id":"three","name":null,"child_ids":[]}},
            {{"id":4,"name":["\ud83d\ude00"]}},
            {{"id":5,"id":6,"name":"twice"}},
            7]"#
    );
    let folder = tempfile::tempdir().expect("a folder");
    let (catalog, outcome) = of_records(&records, "", folder.path()).await;
    outcome.expect("an export");
    let built = make(folder.path(), &catalog);
    let drift = built.drift.iter();
    let drift: Vec<_> = drift
        .map(|it| format!("{} {} {}", it.path, it.what, it.records))
        .collect();
    let expected = [
        " conflict 1",
        "child_ids conflict 2",
        "id conflict 1",
        "name conflict 2",
        "orbit unknown 1",
        "parent_id conflict 1",
    ];
    assert_eq!(drift, expected);
    let found = rows(folder.path(), "departments");
    let text = |row: usize, name: &str| match &found[row][name] {
        Field::Str(text) => Some(text.clone()),
        _ => None,
    };
    assert_eq!(
        text(0, "_extra").as_deref(),
        Some(r#"{"orbit":{"x":1.50}}"#)
    );
    assert_eq!(
        text(0, "_conflict").as_deref(),
        Some(r#"{"name":7,"child_ids":[null,"x"]}"#)
    );
    assert_eq!(text(1, "name"), Some("ä\n".repeat(200_000)));
    assert_eq!(
        text(1, "_conflict").as_deref(),
        Some(r#"{"parent_id":9223372036854775808,"child_ids":"none"}"#)
    );
    assert_eq!(
        text(3, "_conflict").as_deref(),
        Some(r#"{"name":["\ud83d\ude00"]}"#)
    );
    assert_eq!(found[4]["id"], Field::Long(6));
    assert_eq!(text(5, "_conflict").as_deref(), Some("7"));
    let Field::ListInternal(children) = &found[0]["child_ids"] else {
        panic!("no list: {:?}", found[0]["child_ids"]);
    };
    let expected = [Field::Long(2), Field::Null, Field::Null, Field::Long(4)];
    assert_eq!(children.elements(), expected);
    let Field::ListInternal(children) = &found[2]["child_ids"] else {
        panic!("no list");
    };
    assert!(children.elements().is_empty(), "empty is not null");
    assert!(verify(folder.path()).expect("a report").is_whole());
}

#[tokio::test]
async fn a_log_of_changes_with_tombstones() {
    let answers = [
        "[]",
        r#"[{"id":1},{"id":2}]"#,
        r#"[{"id":2}]"#,
        "[]",
        r#"[{"id":1}]"#,
    ];
    let answer = Arc::new(std::sync::Mutex::new(String::new()));
    let shared = Arc::clone(&answer);
    let core = client(Arc::new(move |_| {
        (String::new(), shared.lock().expect("a lock").clone())
    }))
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let catalog = catalog("v1");
    for text in answers {
        text.clone_into(&mut answer.lock().expect("a lock"));
        export(&core, &catalog, folder.path(), &["departments"])
            .await
            .expect("an export");
        let before = verify(folder.path()).expect("a report");
        make(folder.path(), &catalog);
        let report = verify(folder.path()).expect("a report");
        assert!(report.is_whole(), "{:?}", report.problems);
        let is_first = text == answers[0] && before.tables == 0;
        assert!(
            is_first || !before.is_whole(),
            "a run without its file is found"
        );
    }
    let place = |row: &BTreeMap<String, Field>| {
        let number = |name: &str| match row[name] {
            Field::Long(number) => number,
            _ => 0,
        };
        (
            number("_run"),
            number("_row"),
            number("id"),
            row["_deleted"] == Field::Bool(true),
        )
    };
    let found: Vec<_> = rows(folder.path(), "departments")
        .iter()
        .map(place)
        .collect();
    let expected = [
        (1, 1, 0, true),
        (2, 1, 1, false),
        (2, 2, 2, false),
        (3, 1, 2, false),
        (3, 2, 1, true),
        (4, 1, 2, true),
        (5, 1, 1, false),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn each_damage_is_found_and_mended() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let core = of_v3(&sandbox);
    let catalog = catalog("v3");
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let some = ["candidates", "users"];
    export(&core, &catalog, folder, &some)
        .await
        .expect("an export");
    make(folder, &catalog);
    let file = folder.join("parquet/candidates/000001.parquet");
    let bytes = fs::read(&file).expect("a file");
    let problems = || verify(folder).expect("a report").problems;
    assert_eq!(problems(), Vec::<String>::new());
    let middle = bytes.len() / 2;
    for at in [0, middle, bytes.len() - 1] {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        fs::write(&file, altered).expect("written");
        assert!(problems()[0].contains("is not what was written"), "{at}");
    }
    // What is missing or shorter is made again, and is the same.
    for damage in [Some(&bytes[..middle]), None] {
        match damage {
            Some(part) => fs::write(&file, part).expect("written"),
            None => fs::remove_file(&file).expect("removed"),
        }
        assert!(!problems().is_empty());
        make(folder, &catalog);
        assert_eq!(problems(), Vec::<String>::new());
        assert_eq!(fs::read(&file).expect("a file"), bytes);
    }
    // What a process that ended left.
    for name in ["000001.parquet.tmp", "000009.parquet", "000009.parquet.tmp"] {
        let stray = folder.join("parquet/candidates").join(name);
        fs::write(&stray, "x").expect("written");
        assert!(problems()[0].contains("has no receipt"), "{name}");
        make(folder, &catalog);
        assert!(!stray.exists(), "{name}");
    }
    let other = folder.join("parquet/notes.txt");
    fs::write(&other, "x").expect("written");
    make(folder, &catalog);
    assert!(other.exists() && problems()[0].contains("has no receipt"));
    fs::remove_file(other).expect("removed");
    fs::write(folder.join("parquet/views.sql"), "DROP").expect("written");
    assert!(problems()[0].contains("views.sql"));
    make(folder, &catalog);
    assert_eq!(problems(), Vec::<String>::new());
    // A ledger that ends before a receipt: the file is made again.
    let ledger = folder.join("ledger.ndjson");
    let text = fs::read_to_string(&ledger).expect("text");
    for kept in 1..text.lines().count() {
        let part: String = text.split_inclusive('\n').take(kept).collect();
        if !part.contains("\"event\":\"columnar\"") {
            continue;
        }
        fs::write(&ledger, &part).expect("written");
        make(folder, &catalog);
        assert_eq!(problems(), Vec::<String>::new(), "{kept} lines");
        assert_eq!(fs::read(&file).expect("a file"), bytes);
    }
    // With other numbers of columns, all files are made again.
    let others = columns(&catalog).split_inclusive('\n').skip(900);
    let others: String = others.collect();
    parquet(folder, &catalog, &others).expect("tables");
    assert_eq!(problems(), Vec::<String>::new());
    make(folder, &catalog);
    assert_eq!(fs::read(&file).expect("a file"), bytes);
}

#[tokio::test]
async fn a_folder_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (catalog, outcome) = of_records(r#"[{"id":1}]"#, "", folder.path()).await;
    outcome.expect("an export");
    let note = folder.path().join("parquet/departments/000001.parquet");
    fs::create_dir_all(note.parent().expect("a folder")).expect("made");
    fs::write(&note, "mine").expect("written");
    let outcome = parquet(folder.path(), &catalog, "");
    assert!(matches!(outcome, Err(ExportError::Occupied { .. })));
    assert_eq!(fs::read_to_string(&note).expect("text"), "mine");
    let empty = tempfile::tempdir().expect("a folder");
    let outcome = parquet(empty.path(), &catalog, "");
    assert!(matches!(outcome, Err(ExportError::NoExport { .. })));
    assert_eq!(fs::read_dir(empty.path()).expect("a folder").count(), 0);
}

#[tokio::test]
async fn what_changed_is_a_file_of_its_own() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let core = of_v1(&sandbox);
    let catalog = catalog("v1");
    let folder = tempfile::tempdir().expect("a folder");
    let some = ["candidates"];
    export(&core, &catalog, folder.path(), &some)
        .await
        .expect("an export");
    make(folder.path(), &catalog);
    let first = folder.path().join("parquet/candidates/000001.parquet");
    let bytes = fs::read(&first).expect("a file");
    let records = lines(folder.path(), "candidates");
    let changed = ids(&records).first().copied().expect("an id");
    change_title(&core, changed, sandbox.user_id()).await;
    export(&core, &catalog, folder.path(), &some)
        .await
        .expect("an export");
    make(folder.path(), &catalog);
    assert_eq!(fs::read(&first).expect("a file"), bytes);
    let all = rows(folder.path(), "candidates");
    let mut titles = all.iter().filter(|row| row["id"] == Field::Long(changed));
    let last = titles.next_back().expect("a row");
    assert_eq!(last["_run"], Field::Long(2));
    assert_eq!(last["title"], Field::Str("Field lead".to_owned()));
    // A record that a walk over all ids does not find any more.
    let gone = ids(&records).last().copied().expect("an id");
    super::changes::delete(&sandbox, &[gone]).await;
    let again = Export {
        streams: vec!["candidates".to_owned()],
        deletions: Deletions::Find,
        ..Export::new(&core, &catalog, folder.path())
    };
    again.run(&mut |_| {}).await.expect("an export");
    make(folder.path(), &catalog);
    let all = rows(folder.path(), "candidates");
    let last = all.last().expect("a row");
    assert_eq!(last["id"], Field::Long(gone));
    assert_eq!(last["_deleted"], Field::Bool(true));
    assert!(verify(folder.path()).expect("a report").is_whole());
    // The values of the database are those of the tables.
    let path = folder.path().join("export.sqlite");
    database(folder.path(), &catalog, &path).expect("a database");
    let checked = check_database(folder.path(), &path, std::slice::from_ref(&catalog));
    assert_eq!(checked.expect("a check"), Vec::<String>::new());
    let connection = rusqlite::Connection::open(&path).expect("it opens");
    let sql = "SELECT count(*), count(DISTINCT record_id) FROM candidates__custom_fields";
    let (values, people): (usize, usize) = connection
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("a count");
    let values_of_tables = rows(folder.path(), "candidates__custom_fields");
    let present = values_of_tables
        .iter()
        .filter(|row| row["_run"] == Field::Long(1) && row["record_id"] != Field::Long(gone));
    assert_eq!(values, present.count());
    assert!(people > 0);
}

/// `UPDATE_COLUMNS=1` adds the columns that the description has and the lists do not.
#[test]
fn columns_keep_their_numbers() {
    for version in ["v1", "v3"] {
        let catalog = catalog(version);
        let known = columns(&catalog);
        let all = numbered(known, &catalog).expect("a list");
        // cargo runs a test in the folder of its package.
        let path = Path::new("../harvest-spec/columns").join(format!("{version}.txt"));
        if std::env::var_os("UPDATE_COLUMNS").is_some() {
            fs::write(path, &all).expect("written");
            continue;
        }
        let lacking: Vec<_> = all.lines().skip(known.lines().count()).collect();
        assert!(
            lacking.is_empty(),
            "{version} lacks {lacking:?}; UPDATE_COLUMNS=1 adds them, and nothing else is edited"
        );
        let mut numbers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for line in known.lines() {
            let mut words = line.split(' ');
            let number = words.next().and_then(|it| it.parse().ok());
            let table = words.next().expect("a table");
            numbers
                .entry(table)
                .or_default()
                .push(number.expect("a number"));
        }
        for (table, numbers) in &numbers {
            let expected: Vec<_> = (1..).take(numbers.len()).collect();
            assert_eq!(*numbers, expected, "{table}");
        }
        // A property that is new comes last, wherever it stands in the description.
        let lines: Vec<_> = known.split_inclusive('\n').collect();
        let without = [&lines[..3], &lines[4..]].concat().concat();
        let again = numbered(&without, &catalog).expect("a list");
        assert!(again.starts_with(&without));
        let last = again.lines().last().expect("a line");
        let (_, column) = lines[3].split_once(' ').expect("a number");
        assert!(last.ends_with(column.trim_end()), "{last}");
        assert_ne!(last, lines[3].trim_end());
    }
}
