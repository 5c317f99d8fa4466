//! Records as entries of columns.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::column::Column;
use super::schema::{Members, Schema, Shape, ShapeForm};
use crate::drift::{CONFLICT, Places, UNKNOWN};
use crate::object::Object;

/// About the most memory that the entries of one record take. A list of empty objects is short, and has an entry in each
/// column for each of them.
const MOST_OF_RECORD: usize = 64 * 1024 * 1024;

/// The columns of a table, as they are filled.
pub(super) struct Shredder<'a> {
    schema: &'a Schema,
    pub columns: Vec<Column>,
    pub rows: usize,
    /// About how many bytes of memory the entries take.
    pub size: usize,
    pub places: Places,
    /// How much of it there was before the present record.
    before: usize,
    path: Vec<&'a str>,
}

/// What columns did not take of a value, as JSON with each part in its place.
#[derive(Default)]
struct Left {
    unknown: String,
    conflict: String,
}

impl<'a> Shredder<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        Self {
            schema,
            columns: schema.columns(),
            rows: 0,
            size: 0,
            places: Places::default(),
            before: 0,
            path: Vec::new(),
        }
    }

    /// Adds a record: its line, read, if it is an object.
    pub(super) fn record(&mut self, line: &str, record: Option<&Object<'_>>, run: u32, row: i64) {
        let members = &self.schema.members;
        self.before = self.size;
        self.places.begin();
        let left = if let Some(record) = record {
            self.members(members, record, 0, 0)
        } else {
            // It is no object: all of it is in conflict.
            self.absent(members);
            self.note(CONFLICT, "");
            Left {
                unknown: String::new(),
                conflict: line.to_owned(),
            }
        };
        self.own(run, row, false, &left);
    }

    /// Adds a record that is gone.
    pub(super) fn tombstone(&mut self, id: Option<i64>, run: u32, row: i64) {
        for (name, shape) in &self.schema.members.all {
            match (*name, id) {
                ("id", Some(id)) => {
                    self.value(shape, &id.to_string(), 0, 0);
                }
                _ => self.null(shape, 0, 0),
            }
        }
        self.own(run, row, true, &Left::default());
    }

    /// The columns that are no properties.
    fn own(&mut self, run: u32, row: i64, is_deleted: bool, left: &Left) {
        let own = self.schema.own();
        if let Some([of_run, of_row, deleted, unknown, conflict]) = self.columns.get_mut(own..) {
            of_run.integer(Some(i64::from(run)));
            of_row.integer(Some(row));
            deleted.flag(is_deleted);
            let some = |text| Some(text).filter(|it: &&str| !it.is_empty());
            unknown.text(some(left.unknown.as_str()));
            conflict.text(some(left.conflict.as_str()));
        }
        self.rows += 1;
        self.size += left.unknown.len() + left.conflict.len() + 5 * Column::ENTRY;
    }

    fn absent(&mut self, members: &'a Members) {
        for (_, shape) in &members.all {
            self.null(shape, 0, 0);
        }
    }

    fn null(&mut self, shape: &Shape, definition: i16, repetition: i16) {
        let columns = shape.node.columns.clone();
        self.size += columns.len() * Column::ENTRY;
        for column in self.columns.get_mut(columns).unwrap_or_default() {
            column.null(definition, repetition);
        }
    }

    /// Adds an object that is there up to this level.
    fn members(
        &mut self,
        members: &'a Members,
        object: &Object<'_>,
        definition: i16,
        repetition: i16,
    ) -> Left {
        let mut values: Vec<Option<&RawValue>> = vec![None; members.all.len()];
        let mut others: BTreeMap<&str, &RawValue> = BTreeMap::new();
        let mut next = 0;
        for (name, value) in &object.0 {
            // They mostly come in the order of the description.
            let expected = members.all.get(next).filter(|(known, _)| known == name);
            let at = match expected {
                Some(_) => Some(next),
                None => members.by_name.get(name.as_ref()).copied(),
            };
            match at.and_then(|at| Some((at, values.get_mut(at)?))) {
                // The last of several counts.
                Some((at, place)) => {
                    *place = Some(value);
                    next = at + 1;
                }
                None => {
                    others.insert(name, value);
                }
            }
        }
        let mut left = Left::default();
        for ((name, shape), value) in members.all.iter().zip(values) {
            let Some(value) = value else {
                self.null(shape, definition, repetition);
                continue;
            };
            self.path.push(name);
            let within = self.value(shape, value.get(), definition, repetition);
            self.path.pop();
            member(&mut left.unknown, name, &within.unknown);
            member(&mut left.conflict, name, &within.conflict);
        }
        for (name, value) in others {
            self.note(UNKNOWN, name);
            member(&mut left.unknown, name, value.get());
        }
        close(&mut left.unknown, '}');
        close(&mut left.conflict, '}');
        left
    }

    /// Adds a value. What is around it is there up to this level.
    fn value(&mut self, shape: &'a Shape, json: &str, definition: i16, repetition: i16) -> Left {
        if json == "null" {
            self.null(shape, definition, repetition);
            return Left::default();
        }
        let node = &shape.node;
        match &shape.form {
            ShapeForm::Leaf => {
                let column = self.columns.get_mut(node.columns.start);
                if column.is_some_and(|it| it.json(json, repetition)) {
                    self.size += json.len() + Column::ENTRY;
                    return Left::default();
                }
            }
            ShapeForm::Object(members) => {
                if let Ok(object) = serde_json::from_str::<Object<'_>>(json) {
                    return self.members(members, &object, node.definition, repetition);
                }
            }
            ShapeForm::List(item) => {
                if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(json)
                    && self.has_room(items.len(), node.columns.len())
                {
                    return self.items(shape, item, &items, repetition);
                }
            }
        }
        self.null(shape, definition, repetition);
        self.note(CONFLICT, "");
        Left {
            unknown: String::new(),
            conflict: json.to_owned(),
        }
    }

    /// Whether so many items fit, each with an entry in so many columns.
    fn has_room(&self, items: usize, columns: usize) -> bool {
        let more = items.saturating_mul(columns).saturating_mul(Column::ENTRY);
        self.size.saturating_add(more) - self.before <= MOST_OF_RECORD
    }

    fn items(
        &mut self,
        list: &'a Shape,
        item: &'a Shape,
        items: &[&RawValue],
        repetition: i16,
    ) -> Left {
        let definition = list.node.definition;
        if items.is_empty() {
            self.null(list, definition, repetition);
        }
        let mut left = Left::default();
        let (mut unknown, mut conflicts) = (0, 0);
        for (at, value) in items.iter().enumerate() {
            let repetition = if at == 0 {
                repetition
            } else {
                item.node.repetition
            };
            let within = self.value(item, value.get(), definition + 1, repetition);
            element(&mut left.unknown, &mut unknown, at, &within.unknown);
            element(&mut left.conflict, &mut conflicts, at, &within.conflict);
        }
        close(&mut left.unknown, ']');
        close(&mut left.conflict, ']');
        left
    }

    /// Notes that the present place, or a property in it, is not as described.
    fn note(&mut self, what: &'static str, name: &str) {
        let mut path = self.path.join(".");
        if !name.is_empty() {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
        self.places.count(path, what);
    }
}

/// Adds a property to an object, which is begun with the first one.
fn member(object: &mut String, name: &str, json: &str) {
    if json.is_empty() {
        return;
    }
    object.push(if object.is_empty() { '{' } else { ',' });
    // A text is always JSON.
    object.push_str(&serde_json::to_string(name).unwrap_or_default());
    object.push(':');
    object.push_str(json);
}

/// Adds an item to a list, with null for each before it that is not in it.
fn element(list: &mut String, count: &mut usize, at: usize, json: &str) {
    if json.is_empty() {
        return;
    }
    for _ in *count..at {
        list.push(if list.is_empty() { '[' } else { ',' });
        list.push_str("null");
    }
    list.push(if list.is_empty() { '[' } else { ',' });
    list.push_str(json);
    *count = at + 1;
}

fn close(json: &mut String, by: char) {
    if !json.is_empty() {
        json.push(by);
    }
}

#[cfg(test)]
mod tests {
    use super::super::numbers::Numbers;
    use super::*;
    use crate::catalog::{Field, Form, Kind};

    fn field(name: &'static str, kind: Kind, fields: Vec<Field>) -> Field {
        let form = if fields.is_empty() {
            Form::Other
        } else {
            Form::Object
        };
        Field {
            name,
            kind,
            class: None,
            fields,
            form,
        }
    }

    /// Records with a list of objects that have a number and a list.
    fn fields() -> Vec<Field> {
        let numbers = Kind::List(Box::new(Kind::Integer));
        let within = vec![
            field("grade", Kind::Integer, Vec::new()),
            field("marks", numbers, Vec::new()),
        ];
        let list = Kind::List(Box::new(Kind::Json));
        vec![
            field("id", Kind::Integer, Vec::new()),
            field("tests", list, within.clone()),
            field("last", Kind::Json, within),
        ]
    }

    fn left(line: &str) -> (Left, Vec<String>) {
        let schema = Schema::of_records(&fields(), &Numbers::new("", "")).expect("a schema");
        let mut shredder = Shredder::new(&schema);
        let record: Object<'_> = serde_json::from_str(line).expect("an object");
        shredder.places.begin();
        let left = shredder.members(&schema.members, &record, 0, 0);
        let found = shredder.places.all();
        let found = found
            .map(|(path, what, _)| format!("{path} {what}"))
            .collect();
        (left, found)
    }

    #[test]
    fn what_is_left_has_its_place() {
        for (line, unknown, conflict, found) in [
            (
                r#"{"id":1,"tests":[{"grade":1,"marks":[1,2]},null,{}],"last":null}"#,
                "",
                "",
                "",
            ),
            (r#"{"tests":[],"last":{}}"#, "", "", ""),
            (
                r#"{"tests":[{"grade":1},{"by":"a\"b","grade":2},{"by":null}]}"#,
                r#"{"tests":[null,{"by":"a\"b"},{"by":null}]}"#,
                "",
                "tests.by unknown",
            ),
            (
                r#"{"tests":[{"marks":[1,"x",3.5,4]},"none"],"last":[{}]}"#,
                "",
                r#"{"tests":[{"marks":[null,"x",3.5]},"none"],"last":[{}]}"#,
                "last conflict, tests conflict, tests.marks conflict",
            ),
            (
                r#"{"last":{"marks":7,"new":{"a":1.50}},"a \"b\"":1}"#,
                r#"{"last":{"new":{"a":1.50}},"a \"b\"":1}"#,
                r#"{"last":{"marks":7}}"#,
                "a \"b\" unknown, last.marks conflict, last.new unknown",
            ),
        ] {
            let (left, places) = left(line);
            assert_eq!(
                (left.unknown.as_str(), left.conflict.as_str()),
                (unknown, conflict)
            );
            assert_eq!(places.join(", "), found, "{line}");
        }
    }

    #[test]
    fn a_short_record_does_not_take_much_memory() {
        let many = |count: usize| {
            let items = vec!["{}"; count].join(",");
            format!(r#"{{"id":1,"tests":[{items}]}}"#)
        };
        let (kept, _) = left(&many(100_000));
        assert!(kept.conflict.is_empty());
        let (kept, places) = left(&many(3_000_000));
        assert_eq!(
            kept.conflict.len(),
            many(3_000_000).len() - r#""id":1,"#.len()
        );
        assert_eq!(places, ["tests conflict"]);
    }
}
