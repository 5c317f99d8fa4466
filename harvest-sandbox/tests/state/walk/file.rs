//! The file that the organization is in.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use serde_json::Value as Json;

pub struct File {
    connection: Connection,
    tables: Vec<Table>,
}

struct Table {
    name: String,
    /// Those that hold texts, and are not made from others.
    texts: Vec<String>,
    /// Those of the key, or all where there is none.
    keys: Vec<String>,
    /// All but the documents.
    columns: Vec<String>,
}

impl File {
    /// The one in the folder of a sandbox.
    pub fn of(folder: &Path) -> Self {
        let connection = Connection::open(folder.join("harvest.sqlite3")).unwrap();
        let tables =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let names = texts(&connection, tables, []);
        let tables = names.into_iter().map(|name| {
            let columns =
                "SELECT name FROM pragma_table_xinfo(?1) WHERE type = 'TEXT' AND hidden = 0";
            let of = |columns| texts(&connection, columns, [&name]);
            let all = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 1";
            let keys = of("SELECT name FROM pragma_table_xinfo(?1) WHERE pk > 0 ORDER BY pk");
            let columns_of_all = of(all).into_iter().filter(|it| !is_of_documents(it));
            Table {
                texts: of(columns),
                keys: if keys.is_empty() { of(all) } else { keys },
                columns: columns_of_all.collect(),
                name,
            }
        });
        let tables = tables.collect();
        Self { connection, tables }
    }

    /// Everything that is kept, but for the documents, which are made of it.
    pub fn contents(&self) -> Vec<Vec<Value>> {
        let mut contents = Vec::new();
        self.each_row(|table, row| contents.push(values(row, &table.columns)));
        contents
    }

    /// The same as text, by tables and keys.
    pub fn rows(&self) -> BTreeMap<(&str, String), String> {
        let mut rows = BTreeMap::new();
        self.each_row(|table, row| {
            let [key, values] = [&table.keys, &table.columns].map(|of| values(row, of));
            let key = (table.name.as_str(), format!("{key:?}"));
            rows.insert(key, format!("{values:?}"));
        });
        rows
    }

    fn each_row<'a>(&'a self, mut each: impl FnMut(&'a Table, &Row<'_>)) {
        for table in &self.tables {
            let sql = format!("SELECT * FROM {}", table.name);
            let mut records = self.connection.prepare(&sql).unwrap();
            let mut rows = records.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                each(table, row);
            }
        }
    }

    /// Has every record rendered again by its next reader.
    pub fn forget_documents(&self) {
        for Table { name, texts, .. } in &self.tables {
            for column in texts.iter().filter(|column| is_of_documents(column)) {
                let sql = format!("UPDATE {name} SET {column} = NULL");
                self.connection.execute(&sql, []).unwrap();
            }
        }
    }

    /// Adds a record that is like another, with these changes.
    pub fn copy(&self, table: &str, from: i64, id: i64, changes: &Json) {
        let sql = format!(
            "INSERT INTO {table} (id, state)
             SELECT ?2, json_patch(state, ?3) FROM {table} WHERE id = ?1"
        );
        let rows = self
            .connection
            .execute(&sql, (from, id, changes.to_string()));
        assert_eq!(rows.unwrap(), 1, "{table} {from}");
        let sql = "INSERT INTO block (kind, number, records) VALUES (?1, ?2 >> 8, 1)
                   ON CONFLICT (kind, number) DO UPDATE SET records = records + 1";
        self.connection.execute(sql, (table, id)).unwrap();
    }

    /// Changes a record.
    pub fn patch(&self, table: &str, id: i64, changes: &Json) {
        let sql = format!("UPDATE {table} SET state = json_patch(state, ?2) WHERE id = ?1");
        let rows = self.connection.execute(&sql, (id, changes.to_string()));
        assert_eq!(rows.unwrap(), 1, "{table} {id}");
    }

    /// Changes a table that holds no records.
    pub fn execute<P: rusqlite::Params>(&self, sql: &str, parameters: P) {
        self.connection.execute(sql, parameters).unwrap();
    }

    /// The first value that a query selects.
    pub fn value<P: rusqlite::Params>(&self, sql: &str, parameters: P) -> Value {
        self.connection
            .query_row(sql, parameters, |row| row.get(0))
            .unwrap()
    }

    /// Puts another text for one wherever it is, behind the back of the sandbox.
    pub fn replace(&self, old: &str, new: &str) {
        for Table { name, texts, .. } in &self.tables {
            for text in texts {
                let sql = format!(
                    "UPDATE {name} SET {text} = replace({text}, ?1, ?2) WHERE instr({text}, ?1)"
                );
                self.connection.execute(&sql, [old, new]).unwrap();
            }
        }
    }
}

/// Whether a face stores in this column how it shows the records.
fn is_of_documents(column: &str) -> bool {
    column.starts_with("document")
}

/// What a row has in these columns.
fn values(row: &Row<'_>, columns: &[String]) -> Vec<Value> {
    let values = columns.iter().map(|column| row.get(column.as_str()));
    values.collect::<Result<_, _>>().unwrap()
}

fn texts<P: rusqlite::Params>(connection: &Connection, sql: &str, of: P) -> Vec<String> {
    let mut query = connection.prepare(sql).unwrap();
    let texts = query.query_map(of, |row| row.get(0)).unwrap();
    texts.map(Result::unwrap).collect()
}
