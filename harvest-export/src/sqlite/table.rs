//! Table of a stream: its columns, and the row of a record.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use serde_json::value::RawValue;

use super::name::quoted;
use super::value::{column_type, value};
use super::views;
use crate::catalog::Field;
use crate::custom_field;
use crate::drift::{CONFLICT, UNKNOWN};
use crate::object::Object;
use crate::row;

/// Names of the columns that are no properties.
const OWN: [&str; 3] = ["_absent", "_extra", "_conflict"];

/// The columns of the values of custom fields.
const VALUES: [(&str, &str); 12] = [
    ("record_id", "INTEGER"),
    ("place", "TEXT NOT NULL"),
    ("key", "TEXT NOT NULL"),
    ("name", "TEXT"),
    ("type", "TEXT"),
    ("text", "TEXT"),
    ("number", "REAL"),
    ("unit", "TEXT"),
    ("min", "REAL"),
    ("max", "REAL"),
    ("date", "TEXT"),
    ("user_id", "INTEGER"),
];

/// A table, before it is made.
pub(super) struct Table<'a> {
    stream: &'a str,
    fields: &'a [Field],
}

impl<'a> Table<'a> {
    pub(super) fn new(stream: &'a str, fields: &'a [Field]) -> Self {
        Self { stream, fields }
    }

    pub(super) fn name(&self) -> String {
        quoted(self.stream)
    }

    fn has_id(&self) -> bool {
        self.fields.iter().any(|field| field.name == "id")
    }

    /// The statements that make the table and its views, where they are not there.
    pub(super) fn definition(&self) -> String {
        let columns = self.fields.iter().map(|field| {
            let name = quoted(field.name);
            match field.name {
                // As a primary key it would get a number where a record has none.
                "id" => format!("{name} INTEGER UNIQUE"),
                _ => format!("{name} {}", column_type(&field.kind)),
            }
        });
        let own = OWN.iter().map(|name| format!("{name} TEXT"));
        let columns: Vec<_> = columns.chain(own).collect();
        let table = format!(
            "CREATE TABLE IF NOT EXISTS {} ({});\n",
            self.name(),
            columns.join(", ")
        );
        let table = table + &self.values_definition();
        table + &views::definitions(self.stream, self.fields, self.has_id())
    }

    fn columns(&self) -> Vec<String> {
        let names = self.fields.iter().map(|field| quoted(field.name));
        names.chain(OWN.map(str::to_owned)).collect()
    }

    fn values_definition(&self) -> String {
        let Some(table) = self.values() else {
            return String::new();
        };
        let columns = VALUES
            .map(|(name, kind)| format!("{name} {kind}"))
            .join(", ");
        let index = quoted(&format!("{}__of", custom_field::table(self.stream)));
        format!(
            "CREATE TABLE IF NOT EXISTS {table} ({columns});\n\
             CREATE INDEX IF NOT EXISTS {index} ON {table} (record_id);\n"
        )
    }

    /// The table of the values of custom fields, if records have any.
    pub(super) fn values(&self) -> Option<String> {
        custom_field::has_any(self.fields).then(|| quoted(&custom_field::table(self.stream)))
    }

    /// Hands out the values of the custom fields of a record.
    pub(super) fn each_value(&self, line: &str, found: &mut dyn FnMut(Vec<Value>)) {
        let id = row::id(line).ok().flatten();
        custom_field::each(self.fields, line, &mut |it| {
            let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
            let number = |number: Option<f64>| number.map_or(Value::Null, Value::Real);
            let integer = |integer: Option<i64>| integer.map_or(Value::Null, Value::Integer);
            found(vec![
                integer(id),
                Value::Text(it.place),
                Value::Text(it.key),
                text(it.name),
                text(it.value_type),
                text(it.text),
                number(it.number),
                text(it.unit),
                number(it.min),
                number(it.max),
                text(it.date.map(|date| date.to_string())),
                integer(it.user_id),
            ]);
        });
    }

    /// The statements that read all rows, in an order that does not depend on how they came in.
    pub(super) fn readings(&self) -> Vec<String> {
        let order = if self.has_id() { "id, rowid" } else { "rowid" };
        let columns = self.columns().join(", ");
        let records = format!("SELECT {columns} FROM {} ORDER BY {order}", self.name());
        let values = self.values();
        let values = values.map(|table| format!("SELECT * FROM {table} ORDER BY record_id, rowid"));
        [records].into_iter().chain(values).collect()
    }

    /// The statement that puts in a value of a custom field.
    pub(super) fn values_insertion(&self) -> Option<String> {
        let places = ["?"; VALUES.len()].join(", ");
        Some(format!("INSERT INTO {} VALUES ({places})", self.values()?))
    }

    /// The statement that puts a row in, or in the place of the one that has its id.
    pub(super) fn insertion(&self) -> String {
        let names = self.columns();
        let places = vec!["?"; names.len()].join(", ");
        format!(
            "INSERT OR REPLACE INTO {} ({}) VALUES ({places})",
            self.name(),
            names.join(", ")
        )
    }

    /// The values of a record. What the description does not foresee is handed to `drift`.
    pub(super) fn row(
        &self,
        line: &str,
        drift: &mut dyn FnMut(String, &'static str),
    ) -> Vec<Value> {
        let Ok(record) = serde_json::from_str::<Object<'_>>(line) else {
            // It is no object: all of it is in conflict.
            drift(String::new(), CONFLICT);
            let nulls = self.fields.iter().map(|_| Value::Null);
            let own = [Value::Null, Value::Null, Value::Text(line.to_owned())];
            return nulls.chain(own).collect();
        };
        let mut absent: Vec<&str> = Vec::new();
        let mut conflicts: BTreeMap<&str, &RawValue> = BTreeMap::new();
        let mut values: Vec<Value> = Vec::with_capacity(self.fields.len() + OWN.len());
        for field in self.fields {
            let Some(json) = record.get(field.name) else {
                absent.push(field.name);
                values.push(Value::Null);
                continue;
            };
            if let Some(value) = value(&field.kind, json) {
                unknown_within(json, &field.fields, field.name, drift);
                values.push(value);
            } else {
                drift(field.name.to_owned(), CONFLICT);
                let found = record.0.iter().rev().find(|(name, _)| name == field.name);
                conflicts.extend(found.map(|(_, json)| (field.name, *json)));
                values.push(Value::Null);
            }
        }
        let is_known = |name: &str| self.fields.iter().any(|field| field.name == name);
        let unknown = record.0.iter().filter(|(name, _)| !is_known(name));
        let unknown: BTreeMap<&str, &RawValue> =
            unknown.map(|(name, json)| (&**name, *json)).collect();
        for name in unknown.keys() {
            drift((*name).to_owned(), UNKNOWN);
        }
        values.push(json(&absent, absent.is_empty()));
        values.push(json(&unknown, unknown.is_empty()));
        values.push(json(&conflicts, conflicts.is_empty()));
        values
    }
}

/// A JSON text, or null where there is nothing.
fn json(value: &impl serde::Serialize, is_empty: bool) -> Value {
    let text = serde_json::to_string(value).ok().filter(|_| !is_empty);
    text.map_or(Value::Null, Value::Text)
}

/// Properties within a value that the description does not know. They stay where they are, in the text of the column.
fn unknown_within(
    json: &str,
    fields: &[Field],
    path: &str,
    drift: &mut dyn FnMut(String, &'static str),
) {
    if fields.is_empty() {
        return;
    }
    match json.as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            for item in items {
                unknown_within(item.get(), fields, path, drift);
            }
        }
        Some(b'{') => {
            let object: Object<'_> = serde_json::from_str(json).unwrap_or_default();
            for (name, value) in &object.0 {
                let path = format!("{path}.{name}");
                match fields.iter().find(|field| field.name == name) {
                    Some(field) => unknown_within(value.get(), &field.fields, &path, drift),
                    None => drift(path, UNKNOWN),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Form, Kind};

    fn field(name: &'static str, kind: Kind, fields: Vec<Field>) -> Field {
        Field {
            name,
            kind,
            class: None,
            fields,
            form: Form::default(),
        }
    }

    #[test]
    fn what_is_not_described_is_kept_and_counted() {
        let fields = [
            field("id", Kind::Integer, Vec::new()),
            field("name", Kind::Text, Vec::new()),
            field("pay", Kind::Number, Vec::new()),
            field(
                "tags",
                Kind::List(Box::new(Kind::Json)),
                vec![field("label", Kind::Text, Vec::new())],
            ),
        ];
        let table = Table::new("people", &fields);
        let connection = rusqlite::Connection::open_in_memory().expect("a database");
        connection
            .execute_batch(&table.definition())
            .expect("a table");
        let mut drift = Vec::new();
        for line in [
            concat!(
                r#"{"id":1,"name":null,"pay":12.50,"tags":[{"label":"a","new":1},{"label":"b"}],"#,
                r#""more":{"x":1.50}}"#
            ),
            r#"{"id":2,"name":7,"tags":"none"}"#,
            r#"{"id":2,"name":"Mira","pay":1,"tags":[]}"#,
        ] {
            let values = table.row(line, &mut |path, what| drift.push(format!("{path} {what}")));
            connection
                .execute(&table.insertion(), rusqlite::params_from_iter(values))
                .expect("a row");
        }
        let expected = [
            "tags.new unknown",
            "more unknown",
            "name conflict",
            "tags conflict",
        ];
        assert_eq!(drift, expected);
        let texts = |sql: &str| -> Vec<Option<String>> {
            let mut statement = connection.prepare(sql).expect("a statement");
            let found = statement.query_map([], |row| row.get(0)).expect("rows");
            found.collect::<Result<_, _>>().expect("texts")
        };
        let some = |text: &str| Some(text.to_owned());
        // The last reading of a record counts.
        assert_eq!(
            texts("SELECT name FROM people ORDER BY id"),
            [None, some("Mira")]
        );
        assert_eq!(
            texts("SELECT pay FROM people WHERE id = 1"),
            [some("12.50")]
        );
        assert_eq!(
            texts("SELECT _extra FROM people WHERE id = 1"),
            [some(r#"{"more":{"x":1.50}}"#)]
        );
        let labels = texts("SELECT label FROM people__tags WHERE record_id = 1 ORDER BY position");
        assert_eq!(labels, [some("a"), some("b")]);

        let conflict = table.row(r#"{"id":3,"name":7}"#, &mut |_, _| {});
        let own = &conflict[fields.len()..];
        let expected = [r#"["pay","tags"]"#, r#"{"name":7}"#];
        assert_eq!(own[0], Value::Text(expected[0].to_owned()));
        assert_eq!(own[1], Value::Null);
        assert_eq!(own[2], Value::Text(expected[1].to_owned()));
    }
}
