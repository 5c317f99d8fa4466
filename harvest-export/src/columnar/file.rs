//! File of a table: groups of rows of bounded size, and the hash of its bytes.

use std::fs::File;
use std::io::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;

use super::column::Column;
use super::footer;
use super::schema::Schema;
use crate::error::ExportError;
use crate::folder::Folder;
use crate::hash::{ContentHash, Hashed};

/// The most rows of a group.
const MOST_ROWS: usize = 16_384;
/// About the most memory of a group.
const MOST_SIZE: usize = 16 * 1024 * 1024;

/// A file that is being written.
pub(super) struct TableFile {
    writer: SerializedFileWriter<Hashed<File>>,
    unfinished: PathBuf,
    name: String,
    pub rows: u64,
}

/// An error of a file.
pub(super) fn failed(name: &str, error: ParquetError) -> ExportError {
    ExportError::file(Path::new(name), Error::other(error))
}

/// The rows of a file, if it is one of a table.
pub(super) fn rows(path: &Path) -> Option<u64> {
    footer::rows(File::open(path).ok()?).ok()
}

impl TableFile {
    /// Begins a file. Its folder has to be there.
    pub(super) fn begin(folder: &Folder, name: &str, schema: &Schema) -> Result<Self, ExportError> {
        let (file, unfinished) = folder.begin(name)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .build();
        let types = Arc::clone(&schema.types);
        let writer = SerializedFileWriter::new(Hashed::new(file), types, Arc::new(properties));
        Ok(Self {
            writer: writer.map_err(|error| failed(name, error))?,
            unfinished,
            name: name.to_owned(),
            rows: 0,
        })
    }

    /// Whether so many rows are a group.
    pub(super) fn is_group(rows: usize, size: usize) -> bool {
        rows >= MOST_ROWS || size >= MOST_SIZE
    }

    /// Writes a group of rows. The columns are empty then.
    pub(super) fn group(&mut self, columns: &mut [Column], rows: usize) -> Result<(), ExportError> {
        if rows == 0 {
            return Ok(());
        }
        self.rows += rows as u64;
        let name = &self.name;
        let written = (|| {
            let mut group = self.writer.next_row_group()?;
            for column in columns {
                let Some(mut writer) = group.next_column()? else {
                    break;
                };
                column.write(&mut writer)?;
                writer.close()?;
                column.take_back();
            }
            group.close().map(|_| ())
        })();
        written.map_err(|error| failed(name, error))
    }

    /// Ends the file, which gets its name. Its hash and its length.
    pub(super) fn finish(self, folder: &Folder) -> Result<(ContentHash, u64), ExportError> {
        let hashed = self.writer.into_inner();
        let hashed = hashed.map_err(|error| failed(&self.name, error))?;
        folder.adopt(&self.unfinished, &self.name)?;
        Ok(hashed.finish())
    }
}
