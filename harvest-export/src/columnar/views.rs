//! Views of the tables, for `DuckDB`: records as they are now, and the log of what was read.

use std::fmt::Write as _;

use super::values;
use crate::state::Columnar;
use crate::stream::Stream;

/// What the file begins with.
const HEAD: &str = "\
-- Views of the files beside this one, for DuckDB: duckdb -init views.sql, in this folder.
-- Each table is as the service has it now; with __log behind its name, it is all that was read.
";

/// What a table is about.
pub(super) struct View<'a> {
    pub name: &'a str,
    /// Whether the list is read as a whole each time, or by what changed.
    pub is_whole: bool,
    pub has_id: bool,
}

impl<'a> View<'a> {
    pub(super) fn new(name: &'a str, stream: Option<&Stream>, has_id: bool) -> Self {
        Self {
            name,
            is_whole: stream.is_none_or(|it| it.filter.is_none()),
            has_id,
        }
    }

    /// Which rows of the log are the present ones.
    fn condition(&self) -> String {
        let log = format!("\"{}__log\"", self.name);
        match (self.is_whole, self.has_id) {
            (true, _) => format!("WHERE _run = (SELECT max(_run) FROM {log}) AND NOT _deleted"),
            (false, true) => "QUALIFY (id IS NULL OR row_number() OVER \
                 (PARTITION BY id ORDER BY _run DESC, _row DESC) = 1) AND NOT _deleted"
                .to_owned(),
            (false, false) => "WHERE NOT _deleted".to_owned(),
        }
    }
}

/// The statements, for the tables that have files.
pub(super) fn text(views: &[View<'_>], columnar: &Columnar) -> String {
    let mut out = HEAD.to_owned();
    for view in views {
        let name = view.name;
        let (of_values, log) = (values::table(name), format!("{name}__log"));
        let has = |table: &str| columnar.tables.values().any(|it| it.table == table);
        if !has(name) {
            continue;
        }
        // Writing to a text does not fail.
        let _ = write!(
            out,
            "\nCREATE OR REPLACE VIEW \"{log}\" AS\n  \
             SELECT * FROM read_parquet('{name}/*.parquet');\n\
             CREATE OR REPLACE VIEW \"{name}\" AS\n  SELECT * FROM \"{log}\"\n  {};\n",
            view.condition()
        );
        if has(&of_values) {
            let _ = write!(
                out,
                "CREATE OR REPLACE VIEW \"{of_values}\" AS\n  \
                 SELECT * FROM read_parquet('{of_values}/*.parquet') AS value\n  \
                 SEMI JOIN \"{name}\" AS record\n  \
                 ON record._run = value._run AND record._row = value._row;\n"
            );
        }
    }
    out
}
