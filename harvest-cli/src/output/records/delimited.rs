//! Records as comma- or tab-separated values.

use std::io::Write;

use csv::{Writer, WriterBuilder};

use super::cells::Columns;
use crate::failure::{Exit, Failure};

/// Writes a line for each record, behind one with the names.
pub(super) struct Delimited<W: Write> {
    columns: Columns,
    writer: Writer<W>,
    escape_formulas: bool,
    has_names: bool,
}

impl<W: Write> Delimited<W> {
    pub(super) fn new(columns: Columns, delimiter: u8, escape_formulas: bool, out: W) -> Self {
        Self {
            columns,
            writer: WriterBuilder::new().delimiter(delimiter).from_writer(out),
            escape_formulas,
            has_names: false,
        }
    }

    pub(super) fn record(&mut self, json: &str) -> Result<(), Failure> {
        let mut cells = self.columns.cells(json)?;
        self.write_names()?;
        if self.escape_formulas {
            cells.iter_mut().for_each(escape);
        }
        self.writer.write_record(&cells).map_err(failed)
    }

    fn write_names(&mut self) -> Result<(), Failure> {
        if !self.has_names {
            self.has_names = true;
            // Where nothing is described, they are the service's own.
            let mut names = self.columns.names().to_vec();
            if self.escape_formulas {
                names.iter_mut().for_each(escape);
            }
            self.writer.write_record(names).map_err(failed)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.write_names()?;
        Ok(self.writer.flush()?)
    }
}

/// By what a spreadsheet takes a cell for a formula, also behind white space; the wide ones in East Asian editions.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Puts an apostrophe before what a spreadsheet computes: text of strangers is data.
fn escape(cell: &mut String) {
    let begin = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    let is_number = cell.bytes().any(|byte| byte.is_ascii_digit()) && cell.parse::<f64>().is_ok();
    let is_cut = begin.len() < cell.len() && cell.starts_with(char::is_control);
    if (begin.starts_with(FORMULA) || is_cut) && !is_number {
        cell.insert(0, '\'');
    }
}

fn failed(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => Failure::new(Exit::Failed, "a record does not fit the columns"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts() {
        for (cell, escaped) in [
            ("=1+1", "'=1+1"),
            ("+46 18 555", "'+46 18 555"),
            ("-5", "-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("Noor", "Noor"),
            ("\n=1+1", "'\n=1+1"),
            ("\t=1+1", "'\t=1+1"),
            ("\r x", "'\r x"),
            (" =1+1", "' =1+1"),
            ("＝1+1", "'＝1+1"),
            ("－1", "'－1"),
            ("-inf", "'-inf"),
            ("+1e5", "+1e5"),
            ("", ""),
        ] {
            let mut text = cell.to_owned();
            escape(&mut text);
            assert_eq!(text, escaped);
        }
    }
}
