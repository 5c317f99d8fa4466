//! Numbers of columns, which stay the same for good: tables are read together with those of before.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use super::schema::Schema;
use super::values;
use crate::catalog::Catalog;
use crate::error::ExportError;
use crate::stream::streams;

/// The numbers of a table's columns.
pub(super) struct Numbers<'a>(HashMap<&'a str, i32>);

impl<'a> Numbers<'a> {
    /// Out of a list of all tables' columns.
    pub(super) fn new(columns: &'a str, table: &str) -> Self {
        let lines = columns.lines().filter_map(Line::of);
        let own = lines.filter(|line| line.table == table);
        Self(own.map(|line| (line.path, line.number)).collect())
    }

    pub(super) fn of(&self, path: &str) -> Option<i32> {
        self.0.get(path).copied()
    }
}

/// A line of the list.
struct Line<'a> {
    number: i32,
    table: &'a str,
    path: &'a str,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let mut words = line.split(' ');
        let number = words.next()?.parse().ok()?;
        let (table, path) = (words.next()?, words.next()?);
        Some(Self {
            number,
            table,
            path,
        })
    }
}

/// The list of columns with those of the description that it lacks behind it. What it has stays as it is, also if the
/// description has it no more.
///
/// # Errors
///
/// If the description cannot be read.
pub fn numbered(columns: &str, catalog: &Catalog) -> Result<String, ExportError> {
    let shapes = catalog.shapes()?;
    let mut last: BTreeMap<&str, i32> = BTreeMap::new();
    let mut known = HashSet::new();
    for line in columns.lines().filter_map(Line::of) {
        let last = last.entry(line.table).or_default();
        *last = line.number.max(*last);
        known.insert((line.table, line.path));
    }
    let mut text = columns.to_owned();
    for stream in streams(catalog).0 {
        let none = Numbers(HashMap::new());
        let fields = stream.fields(&shapes);
        let mut tables = vec![(stream.name.clone(), Schema::of_records(fields, &none))];
        if values::has_any(fields) {
            let schema = Schema::of_columns(&values::COLUMNS, &none);
            tables.push((values::table(&stream.name), schema));
        }
        for (table, schema) in tables {
            let schema = schema.map_err(|error| super::file::failed(&table, error))?;
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
