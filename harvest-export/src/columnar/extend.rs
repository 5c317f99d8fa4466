//! The list of columns, extended by those of a description.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use super::file::failed;
use super::numbers::{Line, Numbers};
use super::schema::Schema;
use super::values;
use crate::catalog::Catalog;
use crate::error::ExportError;
use crate::stream::streams;

/// The list of columns with those of the description that it lacks behind it. What it has stays as it is, also if the
/// description has it no more.
///
/// # Errors
///
/// If the description cannot be read.
pub fn numbered(columns: &str, catalog: &Catalog) -> Result<String, ExportError> {
    let shapes = &catalog.shapes;
    let mut last: BTreeMap<&str, i32> = BTreeMap::new();
    let mut known = HashSet::new();
    for line in columns.lines().filter_map(Line::of) {
        let last = last.entry(line.table).or_default();
        *last = line.number.max(*last);
        known.insert((line.table, line.path));
    }
    let mut text = columns.to_owned();
    let none = Numbers::none();
    for stream in streams(catalog).0 {
        let fields = stream.fields(shapes);
        let mut tables = vec![(stream.name.clone(), Schema::of_records(fields, &none))];
        if values::has_any(fields) {
            let schema = Schema::of_columns(&values::COLUMNS, &none);
            tables.push((values::table(&stream.name), schema));
        }
        for (table, schema) in tables {
            let schema = schema.map_err(|error| failed(&table, error))?;
            let mut number = last.get(table.as_str()).copied().unwrap_or(0);
            for path in &schema.paths {
                if !known.contains(&(table.as_str(), path.as_str())) {
                    number += 1;
                    // Writing to a text does not fail.
                    let _ = writeln!(text, "{number} {table} {path}");
                }
            }
        }
    }
    Ok(text)
}
