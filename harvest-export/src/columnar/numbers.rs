//! Numbers of columns, which stay the same for good: tables are read together with those of before.

use std::collections::HashMap;

/// The numbers of a table's columns.
pub(super) struct Numbers<'a>(HashMap<&'a str, i32>);

impl<'a> Numbers<'a> {
    /// Of a table that is not in the list.
    pub(super) fn none() -> Self {
        Self(HashMap::new())
    }

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
pub(super) struct Line<'a> {
    pub number: i32,
    pub table: &'a str,
    pub path: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn of(line: &'a str) -> Option<Self> {
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
