//! Table of the values of custom fields: a row for each field that a record has a value of.

use super::column::{Column, Leaf};
use super::schema::Schema;
use super::value;
use crate::custom_field::CustomValue;
pub(super) use crate::custom_field::{has_any, table};

/// The columns.
pub(super) const COLUMNS: [(&str, Leaf); 14] = [
    ("_run", Leaf::Place),
    ("_row", Leaf::Place),
    ("record_id", Leaf::Integer),
    ("place", Leaf::Text),
    ("key", Leaf::Text),
    ("name", Leaf::Text),
    ("type", Leaf::Text),
    ("text", Leaf::Text),
    ("number", Leaf::Number),
    ("unit", Leaf::Text),
    ("min", Leaf::Number),
    ("max", Leaf::Number),
    ("date", Leaf::Day),
    ("user_id", Leaf::Integer),
];

/// Rows of the table, before they are written.
pub(super) struct Values {
    pub columns: Vec<Column>,
    pub rows: usize,
    /// About how many bytes of memory they take.
    pub size: usize,
}

impl Values {
    pub(super) fn new(schema: &Schema) -> Self {
        Self {
            columns: schema.columns(),
            rows: 0,
            size: 0,
        }
    }

    /// Adds a value of the record in this row of this run.
    pub(super) fn add(&mut self, value: &CustomValue<'_>, record: Option<i64>, run: u32, row: i64) {
        let [
            of_run,
            of_row,
            record_id,
            place,
            key,
            name,
            value_type,
            text,
            number,
            unit,
            min,
            max,
            date,
            user_id,
        ] = self.columns.as_mut_slice()
        else {
            return;
        };
        of_run.integer(Some(i64::from(run)));
        of_row.integer(Some(row));
        record_id.integer(record);
        place.text(Some(value.place));
        key.text(Some(value.key));
        name.text(value.name.as_deref());
        value_type.text(value.value_type.as_deref());
        text.text(value.text.as_deref());
        number.number(value.number);
        unit.text(value.unit.as_deref());
        min.number(value.min);
        max.number(value.max);
        date.day(value.date.map(value::days));
        user_id.integer(value.user_id);
        let texts = [&value.name, &value.value_type, &value.text, &value.unit];
        let texts = texts.into_iter().flatten().map(|text| text.len());
        self.size += texts.sum::<usize>() + value.place.len() + value.key.len();
        self.size += COLUMNS.len() * Column::ENTRY;
        self.rows += 1;
    }
}
