//! Making of the Parquet files: what is not there yet, from the pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::commits;
use super::file::{TableFile, failed};
use super::numbers::Numbers;
use super::schema::Schema;
use super::shred::Shredder;
use super::values::{self, Values};
use super::views::{self, View};
use super::{Due, FOLDER, Place, TableReceipt, VIEWS, file, folder};
use crate::catalog::{Catalog, Field};
use crate::custom_field;
use crate::drift::Drift;
use crate::error::ExportError;
use crate::folder::{self as pages, Folder, files};
use crate::hash::{self, ContentHash};
use crate::journal::Journal;
use crate::keys;
use crate::ledger::{self, Event};
use crate::object::Object;
use crate::sqlite::Built;
use crate::state::Columnar;
use crate::stream::{Stream, streams};

/// The form of the files. Those of another one are made again.
const FORMAT: u32 = 1;

/// Makes the Parquet files of an export, or adds what was read since, in the folder `parquet` of it. `columns` has the
/// numbers of the columns, as [`numbered`](crate::numbered) writes them.
///
/// # Errors
///
/// If the ledger was altered, or a file cannot be read or written; and if the folder `parquet` was made by another program.
pub fn parquet(path: &Path, catalog: &Catalog, columns: &str) -> Result<Built, ExportError> {
    make(path, catalog, columns, false)
}

/// Makes the same files, with a Delta log of each table, by which Spark, Trino and others read them. Tables that have logs have
/// them from then on.
///
/// # Errors
///
/// Those of [`parquet`](crate::parquet), and if another program wrote to a log.
pub fn delta(path: &Path, catalog: &Catalog, columns: &str) -> Result<Built, ExportError> {
    make(path, catalog, columns, true)
}

fn make(
    path: &Path,
    catalog: &Catalog,
    columns: &str,
    wants_logs: bool,
) -> Result<Built, ExportError> {
    // A folder that has none is not made an export.
    ledger::events(path)?;
    let mut journal = Journal::open(path)?;
    claim(&mut journal, catalog, columns)?;
    let columnar = journal.state.columnar.as_ref();
    let has_logs = wants_logs || columnar.is_some_and(|it| it.has_logs);
    let (known, _) = streams(catalog);
    let shapes = &catalog.shapes;
    let windows = journal.state.windows.keys();
    let names: BTreeSet<_> = windows.map(|(stream, _)| stream.clone()).collect();
    let runs: Vec<_> = journal.state.runs.iter().map(|run| run.number).collect();
    let mut views = Vec::new();
    for name in &names {
        // What the description has no more is kept, without columns of its own.
        let stream = known.iter().find(|it| it.name == *name);
        let fields = stream.map_or(&[][..], |it| it.fields(shapes));
        let has_id = fields.iter().any(|field| field.name == "id");
        views.push(View::new(name, stream, has_id));
        let tables = Tables::new(name, stream, fields, columns)?;
        tables.clean(&journal)?;
        for run in &runs {
            tables.run(&mut journal, *run)?;
        }
        if has_logs {
            tables.commit(&mut journal)?;
        }
    }
    let columnar = journal.state.columnar.as_ref();
    let text = columnar.map_or_else(String::new, |it| views::text(&views, it));
    let receipt = (text.len() as u64, ContentHash::of(text.as_bytes()));
    let is_new = columnar.and_then(|it| it.views.as_ref()) != Some(&receipt)
        || fs::read_to_string(path.join(VIEWS)).ok().as_ref() != Some(&text);
    if is_new {
        journal.folder.write(VIEWS, text.as_bytes())?;
        let (bytes, hash) = receipt;
        journal.record(Event::Views { bytes, hash })?;
    }
    journal.finish()?;
    let columnar = journal.state.columnar.as_ref();
    Ok(columnar.map_or_else(Built::default, built))
}

/// Makes sure that the folder of the tables is ours, and has nothing of another form.
fn claim(journal: &mut Journal, catalog: &Catalog, columns: &str) -> Result<(), ExportError> {
    if let Some(origin) = &journal.state.origin
        && origin.version != catalog.version
    {
        return Err(ExportError::OtherExport {
            found: origin.to_string(),
            wanted: catalog.version.to_owned(),
        });
    }
    let columns = hash::of(columns);
    let form = format!("{FORMAT} {} {columns}", catalog.hash);
    match &journal.state.columnar {
        Some(columnar) if columnar.form == form => {}
        Some(columnar) => {
            // With the files goes what names them, before it is forgotten whose it is.
            commits::remove(&journal.folder, columnar)?;
            let has_logs = columnar.has_logs;
            journal.record(Event::Columnar { form, has_logs })?;
            for entry in files(journal.folder.path(), FOLDER)? {
                let table = entry.trim_start_matches(FOLDER).trim_start_matches('/');
                let is_folder = fs::symlink_metadata(journal.folder.path().join(&entry));
                if is_folder.is_ok_and(|it| it.is_dir()) {
                    journal.remove_tables(table)?;
                }
            }
        }
        None => {
            journal.folder.is_free_for(&[FOLDER])?;
            let has_logs = false;
            journal.record(Event::Columnar { form, has_logs })?;
        }
    }
    journal.folder.create(FOLDER)?;
    Ok(())
}

fn built(columnar: &Columnar) -> Built {
    let mut built = Built::default();
    let mut drift: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
    for receipt in columnar.tables.values() {
        *built.rows.entry(receipt.table.clone()).or_default() += receipt.rows;
        for place in &receipt.drift {
            let key = (
                receipt.stream.as_str(),
                place.path.as_str(),
                place.what.as_str(),
            );
            *drift.entry(key).or_default() += place.records;
        }
    }
    let drift = drift.into_iter();
    let drift = drift.map(|((stream, path, what), records)| Drift {
        stream: stream.to_owned(),
        path: path.to_owned(),
        what: what.to_owned(),
        records,
    });
    built.drift = drift.collect();
    built
}

/// The tables of a stream: that of its records, and that of the values of their custom fields.
struct Tables<'a> {
    stream: &'a str,
    custom_fields: Vec<custom_field::Place>,
    records: Schema,
    values: Option<(String, Schema)>,
    is_whole: bool,
}

impl<'a> Tables<'a> {
    fn new(
        name: &'a str,
        stream: Option<&Stream>,
        fields: &'a [Field],
        columns: &str,
    ) -> Result<Self, ExportError> {
        let made = |table: &str, schema: parquet::errors::Result<Schema>| {
            schema.map_err(|error| failed(table, error))
        };
        let numbers = Numbers::new(columns, name);
        let records = made(name, Schema::of_records(fields, &numbers))?;
        let values = if values::has_any(fields) {
            let table = values::table(name);
            let numbers = Numbers::new(columns, &table);
            let schema = made(&table, Schema::of_columns(&values::COLUMNS, &numbers))?;
            Some((table, schema))
        } else {
            None
        };
        Ok(Self {
            stream: name,
            custom_fields: custom_field::places(fields),
            records,
            values,
            is_whole: stream.is_none_or(|it| it.filter.is_none()),
        })
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let values = self.values.iter().map(|(table, _)| table.as_str());
        std::iter::once(self.stream).chain(values)
    }

    /// Removes what a process that ended left.
    fn clean(&self, journal: &Journal) -> Result<(), ExportError> {
        for table in self.names() {
            journal.folder.create(&folder(table))?;
            journal.remove_tables(table)?;
        }
        Ok(())
    }

    /// Writes what a run read, unless it is there.
    fn run(&self, journal: &mut Journal, run: u32) -> Result<(), ExportError> {
        let Some(due) = Due::of(&journal.state, self.stream, run) else {
            return Ok(());
        };
        let columnar = journal.state.columnar.as_ref();
        let is_there = |table: &str| {
            let receipt = columnar.and_then(|it| it.tables.get(&(table.to_owned(), run)));
            receipt.is_some_and(|it| {
                let about = fs::symlink_metadata(journal.folder.path().join(&it.file));
                about.is_ok_and(|about| about.is_file() && about.len() == it.bytes)
            })
        };
        if self.names().all(is_there) {
            return Ok(());
        }
        for receipt in self.write(journal, run, &due)? {
            journal.record(Event::Table(receipt))?;
        }
        Ok(())
    }

    /// Commits the files that are not in the logs of their tables yet.
    fn commit(&self, journal: &mut Journal) -> Result<(), ExportError> {
        commits::commit(journal, self.stream, &self.records)?;
        match &self.values {
            Some((table, schema)) => commits::commit(journal, table, schema),
            None => Ok(()),
        }
    }

    fn write(
        &self,
        journal: &Journal,
        run: u32,
        due: &Due<'_>,
    ) -> Result<Vec<TableReceipt>, ExportError> {
        let Journal { folder, state, .. } = journal;
        let mut records = Records {
            file: TableFile::begin(folder, &file(self.stream, run), &self.records)?,
            rows: Shredder::new(&self.records),
            run,
            row: 0,
        };
        let mut values = match &self.values {
            Some((table, schema)) => Some((
                table,
                TableFile::begin(folder, &file(table, run), schema)?,
                Values::new(schema),
            )),
            None => None,
        };
        let before = if due.is_whole() && run > 1 {
            keys::live(state, folder.path(), self.stream, run - 1)?
        } else {
            BTreeSet::new()
        };
        let mut gone: BTreeSet<_> = before;
        for receipt in due.windows.iter().flat_map(|window| &window.receipts) {
            let mut lines = pages::lines(folder.path(), receipt)?;
            while let Some(line) = lines.next()? {
                let record = serde_json::from_str::<Object<'_>>(line).ok();
                let id = record.as_ref().and_then(Object::id);
                id.inspect(|id| {
                    gone.remove(id);
                });
                records.add(line, record.as_ref())?;
                if let (Some((_, file, values)), Some(record)) = (&mut values, &record) {
                    custom_field::each(&self.custom_fields, record, &mut |value| {
                        values.add(&value, id, run, records.row);
                    });
                    if TableFile::is_group(values.rows, values.size) {
                        file.group(&mut values.columns, values.rows)?;
                        (values.rows, values.size) = (0, 0);
                    }
                }
            }
        }
        gone.extend(due.gone);
        let read = records.row;
        let mut deleted: Vec<_> = gone.into_iter().map(Some).collect();
        if read == 0 && deleted.is_empty() && self.is_whole {
            // The list is empty now: a row of this run says so.
            deleted.push(None);
        }
        for id in &deleted {
            records.tombstone(*id)?;
        }
        let (mut receipts, deleted) = (Vec::new(), deleted.len() as u64);
        if let Some((table, mut file, mut values)) = values {
            file.group(&mut values.columns, values.rows)?;
            receipts.push(self.finish(folder, table, run, file, Vec::new())?);
        }
        let Records {
            mut file, mut rows, ..
        } = records;
        file.group(&mut rows.columns, rows.rows)?;
        let places = rows.places.all();
        let drift = places.map(|(path, what, records)| Place {
            path: path.replace(char::is_control, "\u{fffd}"),
            what: what.to_owned(),
            records,
        });
        let drift = drift.collect();
        // It comes last: where it is there, the other one is, too.
        let receipt = self.finish(folder, self.stream, run, file, drift)?;
        receipts.push(TableReceipt { deleted, ..receipt });
        Ok(receipts)
    }

    fn finish(
        &self,
        folder: &Folder,
        table: &str,
        run: u32,
        made: TableFile,
        drift: Vec<Place>,
    ) -> Result<TableReceipt, ExportError> {
        let rows = made.rows;
        let (hash, bytes) = made.finish(folder)?;
        Ok(TableReceipt {
            stream: self.stream.to_owned(),
            table: table.to_owned(),
            run,
            file: file(table, run),
            rows,
            deleted: 0,
            bytes,
            hash,
            drift,
        })
    }
}

/// The records of a run, on their way to a file.
struct Records<'a> {
    file: TableFile,
    rows: Shredder<'a>,
    run: u32,
    row: i64,
}

impl Records<'_> {
    fn add(&mut self, line: &str, record: Option<&Object<'_>>) -> Result<(), ExportError> {
        self.row += 1;
        self.rows.record(line, record, self.run, self.row);
        self.flush()
    }

    fn tombstone(&mut self, id: Option<i64>) -> Result<(), ExportError> {
        self.row += 1;
        self.rows.tombstone(id, self.run, self.row);
        self.flush()
    }

    fn flush(&mut self) -> Result<(), ExportError> {
        let Shredder {
            columns,
            rows,
            size,
            ..
        } = &mut self.rows;
        if TableFile::is_group(*rows, *size) {
            self.file.group(columns, *rows)?;
            (*rows, *size) = (0, 0);
        }
        Ok(())
    }
}
