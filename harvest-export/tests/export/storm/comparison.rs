//! Comparison of an export with what the sandbox lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use harvest_export::catalog::{Catalog, Field, Kind};
use harvest_export::{database, streams};
use harvest_generated::runtime::{Core, Method, RawRequest};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde_json::{Map, Value};

use super::STREAMS;

/// How many of the records that differ are named.
const MOST_NAMED: usize = 20;

/// The records that differ, each as its stream and its id.
#[derive(Default)]
pub(super) struct Comparison {
    records: usize,
    missing: Vec<String>,
    /// That are more than once in what was read of one window.
    doubled: Vec<String>,
    wrong: Vec<String>,
    /// That the sandbox has no more.
    gone: Vec<String>,
}

impl Comparison {
    /// Holds the database of an export against what the service lists, now that nothing changes.
    pub(super) async fn of(core: &Core, catalog: &Catalog, folder: &Path) -> Self {
        let path = folder.join("export.sqlite");
        database(folder, catalog, &path).expect("a database");
        let connection = Connection::open(&path).expect("it opens");
        let shapes = &catalog.shapes;
        let mut comparison = Self::default();
        for stream in streams(catalog).0 {
            if STREAMS.contains(&stream.name.as_str()) {
                let table = Table {
                    connection: &connection,
                    name: &stream.name,
                    fields: stream.fields(shapes),
                };
                let path = stream.operation.path;
                comparison.table(&table, core, path).await;
                comparison.pages(folder, &stream.name);
            }
        }
        comparison
    }

    async fn table(&mut self, table: &Table<'_>, core: &Core, path: &str) {
        let sql = format!("SELECT * FROM {} WHERE id = ?1", table.name);
        let mut statement = table.connection.prepare(&sql).expect("a table");
        let mut left = table.ids();
        let mut listed = BTreeSet::new();
        let request = <RawRequest>::new(core, Method::Get, path).query("per_page", 500);
        let mut items = request.items::<Value>();
        while let Some(record) = items.next().await {
            let record = without_addresses(record.expect("a record"));
            let id = record["id"].as_i64().expect("an id");
            assert!(listed.insert(id), "the service lists {path} {id} twice");
            self.records += 1;
            let place = || format!("{} {id}", table.name);
            if !left.remove(&id) {
                self.missing.push(place());
                continue;
            }
            let found = statement.query_row([id], |row| Ok(table.record(row)));
            if found.expect("a row") != record {
                self.wrong.push(place());
            }
        }
        let gone = left.into_iter().map(|id| format!("{} {id}", table.name));
        self.gone.extend(gone);
    }

    /// Looks for records that are twice in a window: a window has each of its records once.
    fn pages(&mut self, folder: &Path, stream: &str) {
        let mut windows: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
        for entry in fs::read_dir(folder.join(stream)).expect("a folder") {
            let path = entry.expect("a file").path();
            let name = path.file_name().and_then(|it| it.to_str()).expect("a name");
            let (window, _) = name.split_once('-').expect("a window and a page");
            let ids = windows.entry(window.to_owned()).or_default();
            for line in fs::read_to_string(&path).expect("text").lines() {
                let record: Value = serde_json::from_str(line).expect("JSON");
                let id = record["id"].as_i64().expect("an id");
                if !ids.insert(id) {
                    self.doubled.push(format!("{stream} {id}"));
                }
            }
        }
    }

    pub(super) fn problems(&self) -> Vec<String> {
        let kinds = [
            ("missing", &self.missing),
            ("doubled", &self.doubled),
            ("wrong", &self.wrong),
            ("gone, and still there", &self.gone),
        ];
        let found = kinds.into_iter().filter(|(_, places)| !places.is_empty());
        let found = found.map(|(kind, places)| {
            let some = &places[..places.len().min(MOST_NAMED)];
            format!("{} {kind}: {}", places.len(), some.join(", "))
        });
        let mut problems: Vec<_> = found.collect();
        if self.records == 0 {
            problems.push("there was nothing to compare".to_owned());
        }
        problems
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} records compared: {} missing, {} doubled, {} wrong, {} gone and still there",
            self.records,
            self.missing.len(),
            self.doubled.len(),
            self.wrong.len(),
            self.gone.len()
        )
    }
}

/// A record without the addresses of files, which are other ones each time.
fn without_addresses(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object
                .into_iter()
                .filter(|(name, _)| !name.ends_with("url"));
            let kept = kept.map(|(name, value)| (name, without_addresses(value)));
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.into_iter().map(without_addresses).collect(),
        other => other,
    }
}

/// A table of the database.
struct Table<'a> {
    connection: &'a Connection,
    name: &'a str,
    fields: &'a [Field],
}

impl Table<'_> {
    fn ids(&self) -> BTreeSet<i64> {
        let sql = format!("SELECT id FROM {}", self.name);
        let mut statement = self.connection.prepare(&sql).expect("a table");
        let ids = statement.query_map([], |row| row.get(0)).expect("rows");
        ids.collect::<Result<_, _>>().expect("ids")
    }

    /// The record that a row was made of, put together again.
    fn record(&self, row: &Row<'_>) -> Value {
        let own = |name: &str| row.get::<_, Option<String>>(name).expect("a text");
        let parsed = |text: Option<String>| text.map(|it| serde_json::from_str(&it).expect("JSON"));
        let absent: Vec<String> = parsed(own("_absent"))
            .map(|it: Value| serde_json::from_value(it).expect("names"))
            .unwrap_or_default();
        let mut record = Map::new();
        for field in self
            .fields
            .iter()
            .filter(|it| !absent.contains(&it.name.to_owned()))
        {
            let value = row.get_ref(field.name).expect("a column");
            record.insert(field.name.to_owned(), as_json(value, &field.kind));
        }
        for name in ["_extra", "_conflict"] {
            if let Some(Value::Object(more)) = parsed(own(name)) {
                record.extend(more);
            }
        }
        without_addresses(Value::Object(record))
    }
}

fn as_json(value: ValueRef<'_>, kind: &Kind) -> Value {
    match (value, kind) {
        (ValueRef::Null, _) => Value::Null,
        (ValueRef::Integer(number), Kind::Boolean) => (number == 1).into(),
        (ValueRef::Integer(number), _) => number.into(),
        (ValueRef::Real(number), _) => number.into(),
        (ValueRef::Text(text), Kind::Text | Kind::Choice(_) | Kind::Time | Kind::Date) => {
            String::from_utf8_lossy(text).into()
        }
        (ValueRef::Text(text), _) => serde_json::from_slice(text).expect("JSON"),
        (ValueRef::Blob(_), _) => panic!("there are no blobs"),
    }
}
