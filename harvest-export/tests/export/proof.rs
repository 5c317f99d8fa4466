//! Findings of a proof: every change to any file of an export, and to every value of its database.

use std::fs;
use std::path::Path;

use harvest_export::{Deletions, Export, check_database, database, verify};
use harvest_sandbox::Sandbox;

use super::{catalog, export, of_v1};

fn is_whole(folder: &Path) -> bool {
    verify(folder).is_ok_and(|report| report.is_whole())
}

#[tokio::test]
async fn every_byte_of_every_file_counts() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let find = Export {
        streams: vec!["sources".to_owned(), "departments".to_owned()],
        deletions: Deletions::Find,
        ..Export::new(&core, &catalog, folder)
    };
    find.run(&mut |_| {}).await.expect("an export");
    assert!(is_whole(folder));
    let page = "departments/000001-00001.ndjson";
    for name in ["ledger.ndjson", "manifest.json", page] {
        let path = folder.join(name);
        let whole = fs::read(&path).expect("bytes");
        for at in 0..whole.len() {
            let place = String::from_utf8_lossy(&whole[at.saturating_sub(30)..at]).into_owned();
            let mut altered = whole.clone();
            altered[at] ^= 1;
            fs::write(&path, &altered).expect("written");
            assert!(!is_whole(folder), "{name}: byte {at}, behind {place:?}");
            altered.clone_from(&whole);
            altered.insert(at, b' ');
            fs::write(&path, &altered).expect("written");
            assert!(
                !is_whole(folder),
                "{name}: a space at {at}, behind {place:?}"
            );
        }
        // However many lines are cut off.
        for (at, _) in whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
            fs::write(&path, &whole[..at]).expect("written");
            assert!(!is_whole(folder), "{name}: up to byte {at}");
        }
        fs::write(&path, &whole).expect("written");
        assert!(is_whole(folder));
    }
}

#[tokio::test]
async fn every_value_of_a_database_counts() {
    let sandbox = Sandbox::start().await.expect("it starts");
    let (core, catalog) = (of_v1(&sandbox), catalog("v1"));
    let folder = tempfile::tempdir().expect("a folder");
    let streams = &["departments", "candidates"][..];
    export(&core, &catalog, folder.path(), streams)
        .await
        .expect("an export");
    let path = folder.path().join("export.sqlite");
    // Built in two steps, and compared with one that is built in one.
    database(folder.path(), &catalog, &path).expect("a database");
    export(&core, &catalog, folder.path(), streams)
        .await
        .expect("an export");
    database(folder.path(), &catalog, &path).expect("a database");
    let catalogs = [catalog];
    let problems = || check_database(folder.path(), &path, &catalogs).expect("a check");
    assert_eq!(problems(), Vec::<String>::new());
    let whole = fs::read(&path).expect("bytes");
    let altered = |sql: &str| {
        let connection = rusqlite::Connection::open(&path).expect("it opens");
        connection
            .execute_batch(sql)
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        drop(connection);
        assert!(!problems().is_empty(), "{sql}");
        fs::write(&path, &whole).expect("written");
    };
    for stream in streams {
        let connection = rusqlite::Connection::open(&path).expect("it opens");
        let sql = "SELECT name FROM pragma_table_info(?)";
        let mut statement = connection.prepare(sql).expect("a statement");
        let names = statement
            .query_map([stream], |row| row.get(0))
            .expect("names");
        let names: Vec<String> = names.collect::<Result<_, _>>().expect("names");
        drop(statement);
        drop(connection);
        assert!(names.len() > 4, "{names:?}");
        for name in names {
            altered(&format!(
                "UPDATE {stream} SET \"{name}\" = 77777 WHERE rowid = (SELECT min(rowid) \
                 FROM {stream})"
            ));
        }
        altered(&format!(
            "DELETE FROM {stream} WHERE rowid = (SELECT min(rowid) FROM {stream})"
        ));
        altered(&format!("INSERT INTO {stream} (id) VALUES (77777)"));
        altered(&format!("INSERT INTO {stream} DEFAULT VALUES"));
        altered(&format!("DROP TABLE {stream}"));
        altered(&format!(
            "DROP TABLE {stream}; CREATE VIEW {stream} AS SELECT 1 AS id"
        ));
    }
    altered("DELETE FROM _export WHERE key = 'until'");
    altered("UPDATE _export SET value = '0' WHERE key = 'format'");
    assert_eq!(problems(), Vec::<String>::new());
    // By another catalog records are counted.
    let counted = || check_database(folder.path(), &path, &[]).expect("a check");
    assert_eq!(counted(), Vec::<String>::new());
    let connection = rusqlite::Connection::open(&path).expect("it opens");
    connection
        .execute_batch("DROP TABLE departments")
        .expect("dropped");
    drop(connection);
    assert!(!counted().is_empty());
}
