//! Folders of the first released layout: what they held is there after an upgrade, and what they confused is apart.

use std::collections::BTreeSet;

use harvest_openapi::Document;
use harvest_sandbox::Sandbox;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Client;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::organization::{Organization, ids};
use crate::support;
use crate::temp_dir::TempDir;

/// The text that the first layout had in the place of a file.
fn mark(id: &str, filename: &str) -> String {
    let name = utf8_percent_encode(filename, NON_ALPHANUMERIC);
    format!("harvest-file:{id}/{name}")
}

/// Brings a folder back to the first layout, with the application that made it unnamed.
fn downgrade(folder: &TempDir) {
    let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
    for table in ["candidate", "application"] {
        let select = format!("SELECT id, state, document FROM {table}");
        let mut select = connection.prepare(&select).unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let rows: Vec<(i64, String, String)> = rows.unwrap().map(Result::unwrap).collect();
        for (id, state, document) in rows {
            let mut state: Value = serde_json::from_str(&state).unwrap();
            for attachment in state["attachments"].as_array_mut().unwrap() {
                let attachment = attachment.as_object_mut().unwrap();
                if let Some(file) = attachment.remove("file") {
                    let filename = attachment["filename"].as_str().unwrap();
                    let mark = mark(&file.to_string(), filename);
                    attachment.insert("url".to_owned(), mark.into());
                }
            }
            let document = old_document(&document);
            let update = format!("UPDATE {table} SET state = ?2, document = ?3 WHERE id = ?1");
            let update = connection.execute(&update, (id, state.to_string(), document));
            assert_eq!(update.unwrap(), 1);
        }
    }
    as_of_the_third_layout(&connection);
    connection.pragma_update(None, "user_version", 1).unwrap();
    connection.pragma_update(None, "application_id", 0).unwrap();
}

/// Takes out of a database of today what the migrations after the third one add, so that they can be run again. The tables
/// that they replace stay: they are dropped on the way. One that took the name of another is there under that name.
fn as_of_the_third_layout(connection: &Connection) {
    let mut files: Vec<_> = std::fs::read_dir("migrations").unwrap().collect();
    files.sort_by_key(|file| file.as_ref().unwrap().file_name());
    for file in files.into_iter().skip(3).rev() {
        let sql = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let lines = || {
            sql.lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>())
        };
        let run = |sql: &str| connection.execute_batch(sql).unwrap();
        for words in lines() {
            match words[..] {
                ["CREATE", "INDEX", name, ..] | ["CREATE", "UNIQUE", "INDEX", name, ..] => {
                    run(&format!("DROP INDEX IF EXISTS {name}"));
                }
                _ => {}
            }
        }
        for words in lines() {
            match words[..] {
                ["ALTER", "TABLE", table, "ADD", "COLUMN", column, ..] => {
                    run(&format!("ALTER TABLE {table} DROP COLUMN {column}"));
                }
                ["CREATE", "TABLE", name, ..] if !sql.contains(&format!("DROP TABLE {name};")) => {
                    run(&format!("DROP TABLE IF EXISTS {name}"));
                }
                _ => {}
            }
        }
    }
}

fn old_document(document: &str) -> String {
    let parts: Vec<&str> = document.split('\t').collect();
    let parts = parts.iter().enumerate().map(|(place, part)| {
        if place % 2 == 1 {
            let (id, name) = part.split_once(',').unwrap();
            return format!("\"harvest-file:{id}/{}\"", name.trim_matches('"'));
        }
        let after = if place > 0 { &part[1..] } else { part };
        let is_last = place + 1 == parts.len();
        if is_last {
            after
        } else {
            after.strip_suffix('[').unwrap()
        }
        .to_owned()
    });
    parts.collect()
}

/// The attachments that a candidate shows.
async fn attachments(organization: &Organization, path: &str) -> Vec<Value> {
    let read = organization.read(path).await;
    read["attachments"].as_array().unwrap().clone()
}

async fn fetch(attachment: &Value) -> (u16, String) {
    let link = attachment["url"].as_str().unwrap();
    let fetched = support::send(Client::new().get(link)).await;
    (fetched.status, fetched.text)
}

#[tokio::test]
async fn files_of_the_first_layout_are_found_and_made_up_ones_are_not() {
    let folder = TempDir::new("upgrade");
    let start = || Organization::with(Sandbox::builder().data(folder.path()).key("kept"));
    let organization = start().await;
    let mut people = Vec::new();
    for last_name in ["Sol", "Moe", "Lind"] {
        let body = json!({"first_name": "Iva", "last_name": last_name});
        let person = organization.write("POST", "/v1/prospects", body, 201).await;
        people.push(format!("/v1/candidates/{}", person["id"]));
    }
    let [owner, forger, other] = &people[..] else {
        unreachable!()
    };
    let attach = async |to: &str, file: Value| {
        let to = format!("{to}/attachments");
        organization.write("POST", &to, file, 201).await
    };
    let file = |name: &str| {
        json!({"filename": name, "type": "resume", "content": "SGVsbG8=",
        "content_type": "text/plain"})
    };
    let own = attach(owner, file("own (1).txt")).await;
    let claimed = attach(owner, file("claimed.txt")).await;
    let outside = json!({"filename": "out.txt", "type": "resume",
        "url": "https://files.example.com/out.txt"});
    for name in ["forged.txt", "claimed.txt", "other.txt"] {
        let mut file = outside.clone();
        file["filename"] = name.into();
        attach(forger, file).await;
    }
    attach(other, outside).await;
    // A prospect and the application that came of it share a file.
    let prospect = organization.read(owner).await["application_ids"][0].clone();
    let prospect = format!("/v1/applications/{prospect}");
    attach(&prospect, file("shared.txt")).await;
    let job = crate::jobs::open_job(&organization).await;
    let convert = format!("{prospect}/convert_prospect");
    organization
        .write("PATCH", &convert, json!({"job_id": job["id"]}), 200)
        .await;
    let before = attachments(&organization, owner).await;
    assert_eq!(before.len(), 4);
    organization.sandbox.stop().await;

    downgrade(&folder);
    let [own, claimed] = [&own, &claimed].map(|it| {
        let link = it["url"].as_str().unwrap();
        link.split('/').nth_back(1).unwrap()
    });
    let marks = [
        // Of another candidate, under another name; of two; of nothing.
        mark(own, "own (1).txt"),
        mark(claimed, "claimed.txt"),
        mark("7799999", "other.txt"),
    ];
    let id: i64 = forger.rsplit('/').next().unwrap().parse().unwrap();
    let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
    for (place, mark) in marks.iter().enumerate() {
        let set = format!(
            "UPDATE candidate SET state = json_set(state, '$.attachments[{place}].url', ?2), \
             document = NULL WHERE id = ?1"
        );
        assert_eq!(connection.execute(&set, (id, mark)).unwrap(), 1);
    }
    // As an early version showed it.
    let changed = connection.execute("UPDATE department SET document = '{}'", []);
    assert!(changed.unwrap() > 0);
    drop(connection);

    let organization = start().await;
    let departments = organization.read("/v1/departments").await;
    assert!(departments[0]["name"].is_string(), "{departments}");
    let shown = attachments(&organization, forger).await;
    let urls: Vec<_> = shown.iter().map(|it| it["url"].as_str().unwrap()).collect();
    assert_eq!(urls, marks);
    let shown = attachments(&organization, owner).await;
    let names: Vec<_> = shown.iter().map(|it| &it["filename"]).collect();
    assert_eq!(
        names,
        ["own (1).txt", "claimed.txt", "shared.txt", "shared.txt"]
    );
    for place in [0, 2, 3] {
        assert_eq!(fetch(&shown[place]).await, (200, "Hello".to_owned()));
    }
    // The owner can't be known, so it is a text.
    assert_eq!(shown[1]["url"], mark(claimed, "claimed.txt"));
    let out = attachments(&organization, other).await;
    assert_eq!(out[0]["url"], "https://files.example.com/out.txt");
    // The documents of the seed have links, too.
    let all = organization.get("/v1/candidates?per_page=500").await;
    assert!(
        all.text.contains("%5Fresume%2Etxt?expires="),
        "{}",
        all.text
    );
    // What goes with the forger is nothing of the owner's.
    organization.write("DELETE", forger, json!({}), 200).await;
    assert_eq!(fetch(&shown[0]).await.0, 200);
    // Opened again, it is as it was left.
    organization.sandbox.stop().await;
    let organization = start().await;
    let again = attachments(&organization, owner).await;
    assert_eq!(fetch(&again[0]).await.0, 200);
}

/// A folder that an earlier commit left, from `tests/fixtures/`.
fn folder_of(commit: &str) -> TempDir {
    let folder = TempDir::new(&format!("data-{commit}"));
    let file = format!("tests/fixtures/data-{commit}.zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    archive.extract(folder.path()).unwrap();
    folder
}

/// What is stored of all records of a kind.
fn documents(connection: &Connection, table: &str) -> Value {
    let sql = format!("SELECT document FROM {table} ORDER BY id");
    let mut documents = connection.prepare(&sql).unwrap();
    let documents = documents.query_map([], |row| row.get::<_, String>(0));
    let documents = documents.unwrap().map(Result::unwrap);
    documents
        .map(|it| serde_json::from_str::<Value>(&it).unwrap())
        .collect()
}

#[tokio::test]
async fn a_folder_of_the_first_release_is_taken_up_where_it_was_left() {
    let folder = folder_of("7bca9b4");
    let key = std::fs::read_to_string(folder.path().join("demo-key")).unwrap();
    let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
    let layout: u32 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(layout, 1);
    let scorecards = documents(&connection, "scorecard");
    assert!(!scorecards.as_array().unwrap().is_empty());
    drop(connection);

    // As it was left, and then as that start leaves it.
    for start in 0..2 {
        let organization = Organization::with(Sandbox::builder().data(folder.path())).await;
        assert_eq!(organization.sandbox.key(), key.trim());
        let candidates = organization.read("/v1/candidates").await;
        let names = candidates.as_array().unwrap().iter();
        let names: Vec<_> = names.map(|it| it["last_name"].as_str().unwrap()).collect();
        assert_eq!((names.len(), names[3]), (4, "Sol"));
        let path = "/v1/candidates/119540880220";
        let person = organization.read(path).await;
        assert_eq!(person["tags"], json!(["Rowing"]));
        assert_eq!(person["created_at"], "2026-11-29T06:29:39.072Z");
        assert_eq!(
            fetch(&person["attachments"][0]).await,
            (200, "Hello".to_owned())
        );
        // Ratings and answers are records since, and read the same.
        let mut shown = organization.read("/v1/scorecards?per_page=500").await;
        for scorecard in shown.as_array_mut().unwrap() {
            // They were shown without milliseconds then.
            let at = scorecard["submitted_at"].as_str();
            let at = at.map(|at| format!("{}Z", &at[..19]));
            scorecard["submitted_at"] = json!(at);
        }
        assert_eq!(shown, scorecards);
        let token = organization.sandbox.access_token(None).unwrap();
        let url = organization.sandbox.url();
        let url = format!("{url}/v3/scorecard_candidate_attributes?per_page=500");
        let ratings = support::send(Client::new().get(url).bearer_auth(token)).await;
        let of = |scorecard: &Value| scorecard["attributes"].as_array().unwrap().len();
        let rated = scorecards.as_array().unwrap().iter().map(of).sum::<usize>();
        assert_eq!(ratings.json().as_array().unwrap().len(), rated);
        let feed = organization.read(&format!("{path}/activity_feed")).await;
        assert_eq!(feed["notes"][0]["body"], "Rows on Tuesdays");
        // The key may do all that it might, under the names of then.
        for list in ["offices", "jobs", "job_posts", "users", "offers"] {
            organization.read(&format!("/v1/{list}")).await;
        }
        // Ids go on from where they were.
        let body = json!({"first_name": "Oda", "last_name": "Lind"});
        let added = organization.write("POST", "/v1/prospects", body, 201).await;
        assert_eq!(added["id"], 119_540_880_221_i64 + start);
        let added = format!("/v1/candidates/{}", added["id"]);
        organization.write("DELETE", &added, json!({}), 200).await;
        organization.sandbox.stop().await;
    }
}

/// What Dev Center calls each permission, and what the documentation does.
fn permissions() -> Vec<(String, String)> {
    let described = harvest_spec::document("v1").unwrap();
    let described: Value = serde_json::from_str(described.json).unwrap();
    let operations = Document::new(&described).operations();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let names = operations.filter_map(|operation| {
        let name = text(&operation.value["x-harvest-permission"])?;
        let documented = text(&operation.value["x-harvest-documented-permission"]);
        Some((name.clone(), documented.unwrap_or(name)))
    });
    names.collect()
}

#[tokio::test]
async fn keys_keep_permissions_that_had_the_names_of_the_documentation() {
    let folder = TempDir::new("renamed-permissions");
    let start = || Sandbox::builder().data(folder.path()).key("kept").start();
    let sandbox = start().await.unwrap();
    sandbox.stop().await;
    let names = permissions();
    let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
    connection
        .execute("DELETE FROM api_key_permission", [])
        .unwrap();
    // One key has a permission by both names, which nothing refused.
    let both = names.iter().find(|(name, documented)| name != documented);
    let both = both.map(|(name, _)| name.clone());
    for name in names.iter().map(|(_, documented)| documented).chain(&both) {
        let insert = "INSERT OR IGNORE INTO api_key_permission SELECT id, ?1 FROM api_key";
        connection.execute(insert, [name]).unwrap();
    }
    as_of_the_third_layout(&connection);
    connection.pragma_update(None, "user_version", 2).unwrap();
    drop(connection);

    let sandbox = start().await.unwrap();
    sandbox.stop().await;
    let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
    let mut kept = connection
        .prepare("SELECT permission FROM api_key_permission")
        .unwrap();
    let kept = kept.query_map([], |row| row.get(0)).unwrap();
    let kept: BTreeSet<String> = kept.map(Result::unwrap).collect();
    let all: BTreeSet<String> = names.into_iter().map(|(name, _)| name).collect();
    assert_eq!(kept, all);
}

/// A database whose indexes are in the order that SQLite has for names: one that ends at U+0000, and then by their lengths.
fn in_the_order_of_sqlite(folder: &TempDir) {
    let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
    let select = "SELECT sql FROM sqlite_schema WHERE name = 'candidate_email'";
    let table: String = connection.query_row(select, [], |row| row.get(0)).unwrap();
    let sorted = format!(
        "REINDEX department_name; REINDEX office_name; REINDEX tag_name;
         REINDEX user_email_address;
         CREATE TEMP TABLE kept AS SELECT * FROM candidate_email NOT INDEXED;
         DROP TABLE candidate_email;
         {table};
         INSERT OR IGNORE INTO candidate_email SELECT * FROM kept ORDER BY address, candidate_id;
         CREATE INDEX candidate_email_candidate ON candidate_email (candidate_id);
         PRAGMA user_version = 20"
    );
    connection.execute_batch(&sorted).unwrap();
    let check = "PRAGMA integrity_check";
    let sound: String = connection.query_row(check, [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}

#[tokio::test]
async fn names_and_addresses_that_agree_up_to_a_nul_are_found_after_an_upgrade() {
    // Each is longer than the one before it, and comes before it.
    let names = ["q\0d", "q\0cc", "q\0bbb", "q\0aaaa"];
    let folder = TempDir::new("whole-names");
    let start = || Organization::with(support::builder().data(folder.path()).key("kept"));
    let organization = start().await;
    let candidates = organization.read("/v1/candidates?per_page=4").await;
    let candidates = ids(&candidates);
    let address = |name: &str| format!("{name}@x.com");
    let mut made = Vec::new();
    for (name, candidate) in names.iter().zip(&candidates) {
        let body = json!({ "name": name });
        let tag = organization.write("POST", "/v1/tags/candidate", body.clone(), 201);
        made.push(tag.await["id"].clone());
        for units in ["/v1/departments", "/v1/offices"] {
            organization.write("POST", units, body.clone(), 201).await;
        }
        let body = json!({"first_name": "A", "last_name": "B", "email": address(name)});
        organization.write("POST", "/v1/users", body, 201).await;
        // The second has the length of the first, for which it was left out.
        let addresses = [address(name), address(name).replace('x', "y")];
        let addresses = addresses.map(|it| json!({"value": it, "type": "personal"}));
        let body = json!({ "email_addresses": addresses });
        let path = format!("/v1/candidates/{candidate}");
        organization.write("PATCH", &path, body, 200).await;
    }
    organization.sandbox.stop().await;
    in_the_order_of_sqlite(&folder);

    let organization = start().await;
    for ((name, id), candidate) in names.iter().zip(&made).zip(&candidates) {
        let body = json!({ "name": name.to_uppercase() });
        let tag = organization.write("POST", "/v1/tags/candidate", body.clone(), 200);
        assert_eq!(tag.await["id"], *id);
        for units in ["/v1/departments", "/v1/offices"] {
            let taken = organization.problems("POST", units, body.clone()).await;
            assert_eq!(taken, ["name"], "{units}");
        }
        let address = address(name).replace('\0', "%00");
        for (list, address) in [
            ("users", address.clone()),
            ("candidates", address.clone()),
            ("candidates", address.replace('x', "y")),
        ] {
            let found = organization
                .read(&format!("/v1/{list}?email={address}"))
                .await;
            assert_eq!(found.as_array().unwrap().len(), 1, "{list} {name:?}");
            if list == "candidates" {
                assert_eq!(ids(&found), [*candidate]);
            }
        }
    }
    organization.sandbox.stop().await;
}
