//! Table of a stream: its columns, and the row of a record.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::name::quoted;
use super::unknown;
use super::value::{Value, column_type, value};
use super::views;
use crate::catalog::Field;
use crate::custom_field;
use crate::drift::{CONFLICT, UNKNOWN};
use crate::object::Object;

/// Names of the columns that are no properties.
const OWN: [&str; 3] = ["_absent", "_extra", "_conflict"];

/// How many columns the values of custom fields have.
const WIDTH: usize = 12;

/// The columns of the values of custom fields.
const VALUES: [(&str, &str); WIDTH] = [
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
    custom_fields: Vec<custom_field::Place>,
}

impl<'a> Table<'a> {
    pub(super) fn new(stream: &'a str, fields: &'a [Field]) -> Self {
        Self {
            stream,
            fields,
            custom_fields: custom_field::places(fields),
        }
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
        (!self.custom_fields.is_empty()).then(|| quoted(&custom_field::table(self.stream)))
    }

    /// Hands out the values of the custom fields of a record.
    pub(super) fn each_value(
        &self,
        record: &Object<'_>,
        found: &mut dyn FnMut([Value<'_>; WIDTH]),
    ) {
        let id = record.id();
        custom_field::each(&self.custom_fields, record, &mut |it| {
            let date = it.date.map(|date| date.to_string().into());
            let text = |text| Option::map_or(text, Value::Null, Value::Text);
            let number = |number: Option<f64>| number.map_or(Value::Null, Value::Real);
            let integer = |integer: Option<i64>| integer.map_or(Value::Null, Value::Integer);
            found([
                integer(id),
                Value::Text(it.place.into()),
                Value::Text(it.key.into()),
                text(it.name),
                text(it.value_type),
                text(it.text),
                number(it.number),
                text(it.unit),
                number(it.min),
                number(it.max),
                text(date),
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

    /// The values of a record; `record` is its line, read, if it is an object. What the description does not foresee is handed
    /// to `drift`.
    pub(super) fn row<'l>(
        &self,
        line: &'l str,
        record: Option<&Object<'l>>,
        drift: &mut dyn FnMut(String, &'static str),
    ) -> Vec<Value<'l>> {
        let Some(record) = record else {
            // All of it is in conflict.
            drift(String::new(), CONFLICT);
            let nulls = self.fields.iter().map(|_| Value::Null);
            let own = [Value::Null, Value::Null, Value::Text(Cow::Borrowed(line))];
            return nulls.chain(own).collect();
        };
        let (found, unknown) = self.sorted(record);
        let mut absent: Vec<&str> = Vec::new();
        let mut conflicts: BTreeMap<&str, &RawValue> = BTreeMap::new();
        let mut values: Vec<Value<'_>> = Vec::with_capacity(self.fields.len() + OWN.len());
        for (field, found) in self.fields.iter().zip(found) {
            let Some(found) = found else {
                absent.push(field.name);
                values.push(Value::Null);
                continue;
            };
            if let Some(value) = value(&field.kind, found.get()) {
                unknown::within(found.get(), field, drift);
                values.push(value);
            } else {
                drift(field.name.to_owned(), CONFLICT);
                conflicts.insert(field.name, found);
                values.push(Value::Null);
            }
        }
        for name in unknown.keys() {
            drift((*name).to_owned(), UNKNOWN);
        }
        values.push(json(&absent, absent.is_empty()));
        values.push(json(&unknown, unknown.is_empty()));
        values.push(json(&conflicts, conflicts.is_empty()));
        values
    }

    /// The properties of a record by their columns, and those that have none. Of several of a name the last one counts.
    fn sorted<'r, 'l>(
        &self,
        record: &'r Object<'l>,
    ) -> (Vec<Option<&'l RawValue>>, BTreeMap<&'r str, &'l RawValue>) {
        let mut found = vec![None; self.fields.len()];
        let mut unknown = BTreeMap::new();
        let mut next = 0;
        for (name, value) in &record.0 {
            // They mostly come in the order of the description, with some left out.
            let mut others = (next..self.fields.len()).chain(0..next);
            match others.find(|at| self.fields.get(*at).is_some_and(|it| it.name == name)) {
                Some(at) => {
                    if let Some(place) = found.get_mut(at) {
                        *place = Some(*value);
                    }
                    next = at + 1;
                }
                None => {
                    unknown.insert(&**name, *value);
                }
            }
        }
        (found, unknown)
    }
}

/// A JSON text, or null where there is nothing.
fn json(value: &impl serde::Serialize, is_empty: bool) -> Value<'static> {
    if is_empty {
        return Value::Null;
    }
    let text = serde_json::to_string(value).ok();
    text.map_or(Value::Null, |text| Value::Text(text.into()))
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
            let record = serde_json::from_str(line).ok();
            let mut note = |path, what| drift.push(format!("{path} {what}"));
            let values = table.row(line, record.as_ref(), &mut note);
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

        let line = r#"{"id":3,"name":7}"#;
        let record = serde_json::from_str(line).ok();
        let conflict = table.row(line, record.as_ref(), &mut |_, _| {});
        let own = &conflict[fields.len()..];
        let expected = [r#"["pay","tags"]"#, r#"{"name":7}"#];
        assert_eq!(own[0], Value::Text(expected[0].into()));
        assert_eq!(own[1], Value::Null);
        assert_eq!(own[2], Value::Text(expected[1].into()));
    }
}
