//! Records on standard output, in the format that was asked for.

mod cells;
mod delimited;
mod table;

use std::io::Write;

use clap::ValueEnum;
use harvest_export::catalog::{Entry, Kind, Property};
use serde_json::value::RawValue;

use self::cells::Columns;
use self::delimited::Delimited;
use self::table::Table;
use super::jq::Filter;
use super::{is_for_person, json};
use crate::failure::{Exit, Failure};

/// The columns of a table, unless they are chosen.
const TABLE_COLUMNS: usize = 6;

/// A format of records.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// One array, or one object
    Json,
    /// A record a line, as it came
    Ndjson,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
}

/// Writes records as they come.
pub(crate) struct Records<'a, W: Write> {
    form: Form<W>,
    entry: &'a Entry,
}

enum Form<W: Write> {
    Table(Table<W>),
    Json(json::List<W>),
    Lines(W),
    Delimited(Box<Delimited<W>>),
    Jq(W, Box<Filter>),
}

/// How records are written.
pub(crate) struct Style<'a> {
    pub format: Option<Format>,
    pub columns: Option<Vec<String>>,
    pub filter: Option<&'a str>,
    /// The most that a record may count for, if it goes through the filter.
    pub max_size: u64,
    pub escape_formulas: bool,
}

impl<'a, W: Write> Records<'a, W> {
    pub(crate) fn new(style: &Style<'_>, entry: &'a Entry, out: W) -> Result<Self, Failure> {
        let for_person = is_for_person();
        let usual = if for_person {
            Format::Table
        } else {
            Format::Ndjson
        };
        let format = style.format.unwrap_or(usual);
        let columns = |few: bool| match style.columns.clone() {
            Some(chosen) => Columns::new(chosen),
            None => Columns::new(usual_columns(entry, few)),
        };
        let form = match (style.filter, format) {
            (Some(filter), _) => Form::Jq(out, Box::new(Filter::new(filter, style.max_size)?)),
            (None, Format::Table) => Form::Table(Table::new(columns(true), out)),
            (None, Format::Json) => Form::Json(json::List::new(out, for_person)),
            (None, Format::Ndjson) => Form::Lines(out),
            (None, Format::Csv | Format::Tsv) => {
                let delimiter = if format == Format::Csv { b',' } else { b'\t' };
                let columns = columns(false);
                Form::Delimited(Box::new(Delimited::new(
                    columns,
                    delimiter,
                    style.escape_formulas,
                    out,
                )))
            }
        };
        Ok(Self { form, entry })
    }

    /// Writes an answer that is no list of pages: an array of records, or one.
    pub(crate) fn answer(&mut self, body: &[u8]) -> Result<(), Failure> {
        let failed = |_| {
            let message = format!("the answer of {} is not JSON", self.entry.operation);
            Failure::new(Exit::Failed, message)
        };
        if body.trim_ascii_start().starts_with(b"[") {
            let records: Vec<&RawValue> = serde_json::from_slice(body).map_err(failed)?;
            return records.into_iter().try_for_each(|it| self.record(it.get()));
        }
        let record: &RawValue = serde_json::from_slice(body).map_err(failed)?;
        match &mut self.form {
            Form::Json(list) => list.one(record.get()),
            _ => self.record(record.get()),
        }
    }

    /// Writes a record.
    pub(crate) fn record(&mut self, json: &str) -> Result<(), Failure> {
        match &mut self.form {
            Form::Table(table) => table.record(json),
            Form::Json(list) => Ok(list.record(json)?),
            Form::Lines(out) => {
                // Between tokens only: within texts they are escaped.
                let line = json.replace(['\n', '\r'], " ");
                out.write_all(line.as_bytes())?;
                Ok(out.write_all(b"\n")?)
            }
            Form::Delimited(delimited) => delimited.record(json),
            Form::Jq(out, filter) => filter.write(json.as_bytes(), out),
        }
    }

    /// Writes what was kept back.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self.form {
            Form::Table(table) => table.finish(),
            Form::Json(list) => Ok(list.finish()?),
            Form::Lines(mut out) | Form::Jq(mut out, _) => Ok(out.flush()?),
            Form::Delimited(delimited) => delimited.finish(),
        }
    }
}

/// The columns of records where none are chosen: for a table the id and the first plain properties, otherwise all.
fn usual_columns(entry: &Entry, few: bool) -> Vec<String> {
    let names = |all: Vec<&Property>| all.iter().map(|it| it.name.to_owned()).collect();
    if !few {
        return names(entry.answer.iter().collect());
    }
    let rank = |property: &&Property| match (property.name, &property.kind) {
        ("id", _) => 0,
        (_, Kind::Time) => 2,
        _ => 1,
    };
    let mut plain: Vec<_> = entry
        .answer
        .iter()
        .filter(|it| it.kind.is_scalar())
        .collect();
    plain.sort_by_key(rank);
    plain.truncate(TABLE_COLUMNS);
    names(plain)
}
