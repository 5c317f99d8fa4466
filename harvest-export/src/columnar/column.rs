//! Column of a table: values with their levels, until they are written.

use bytes::Bytes;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::writer::SerializedColumnWriter;

use super::value;
use crate::{number, text};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    Text,
    /// JSON as it came.
    Json,
    Integer,
    Number,
    Flag,
    Moment,
    Day,
    /// A number that each row has.
    Place,
    /// A flag that each row has.
    Mark,
}

enum Values {
    Texts { bytes: Vec<u8>, ends: Vec<usize> },
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Flags(Vec<bool>),
    Days(Vec<i32>),
}

/// A column, with the definition and repetition levels of Parquet.
pub(super) struct Column {
    leaf: Leaf,
    values: Values,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    /// The level of a value.
    depth: i16,
    is_repeated: bool,
    /// The texts that a writer has, until it is done with them.
    lent: Bytes,
}

impl Column {
    pub(super) fn new(leaf: Leaf, depth: i16, is_repeated: bool) -> Self {
        let values = match leaf {
            Leaf::Text | Leaf::Json => Values::Texts {
                bytes: Vec::new(),
                ends: Vec::new(),
            },
            Leaf::Integer | Leaf::Moment | Leaf::Place => Values::Integers(Vec::new()),
            Leaf::Number => Values::Numbers(Vec::new()),
            Leaf::Flag | Leaf::Mark => Values::Flags(Vec::new()),
            Leaf::Day => Values::Days(Vec::new()),
        };
        Self {
            leaf,
            values,
            definitions: Vec::new(),
            repetitions: Vec::new(),
            depth,
            is_repeated,
            lent: Bytes::new(),
        }
    }

    /// About how many bytes of memory an entry takes, besides the bytes of a text.
    pub(super) const ENTRY: usize = 16;

    /// Adds an entry without a value: what is around it is there up to this level.
    pub(super) fn null(&mut self, definition: i16, repetition: i16) {
        self.definitions.push(definition);
        if self.is_repeated {
            self.repetitions.push(repetition);
        }
    }

    fn value(&mut self, repetition: i16) {
        self.null(self.depth, repetition);
    }

    /// Adds a value of JSON, if it is one of this column.
    pub(super) fn json(&mut self, json: &str, repetition: i16) -> bool {
        let is_added = match (&mut self.values, self.leaf) {
            (Values::Texts { bytes, ends }, Leaf::Json) => {
                bytes.extend_from_slice(json.as_bytes());
                ends.push(bytes.len());
                true
            }
            (Values::Texts { bytes, ends }, _) => text::of(json).is_some_and(|text| {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
                true
            }),
            (Values::Integers(all), Leaf::Moment) => add(all, value::moment(json)),
            (Values::Integers(all), _) => add(all, json.parse().ok()),
            (Values::Numbers(all), _) => add(all, number::exact(json)),
            (Values::Flags(all), _) => add(all, json.parse().ok()),
            (Values::Days(all), _) => add(all, value::day(json)),
        };
        if is_added {
            self.value(repetition);
        }
        is_added
    }

    /// Adds a text to a column that is not within a list, or none.
    pub(super) fn text(&mut self, text: Option<&str>) {
        match (&mut self.values, text) {
            (Values::Texts { bytes, ends }, Some(text)) => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
                self.value(0);
            }
            _ => self.null(0, 0),
        }
    }

    pub(super) fn integer(&mut self, integer: Option<i64>) {
        match (&mut self.values, integer) {
            (Values::Integers(all), Some(integer)) => {
                all.push(integer);
                self.value(0);
            }
            _ => self.null(0, 0),
        }
    }

    pub(super) fn number(&mut self, number: Option<f64>) {
        match (&mut self.values, number) {
            (Values::Numbers(all), Some(number)) => {
                all.push(number);
                self.value(0);
            }
            _ => self.null(0, 0),
        }
    }

    pub(super) fn day(&mut self, day: Option<i32>) {
        match (&mut self.values, day) {
            (Values::Days(all), Some(day)) => {
                all.push(day);
                self.value(0);
            }
            _ => self.null(0, 0),
        }
    }

    pub(super) fn flag(&mut self, flag: bool) {
        if let Values::Flags(all) = &mut self.values {
            all.push(flag);
        }
        self.value(0);
    }

    /// Takes the memory of texts back, where the writer is done with them: given away, it would have to grow again for each group
    /// of rows, in other places than before.
    pub(super) fn take_back(&mut self) {
        if let (Values::Texts { bytes, .. }, Ok(lent)) = (
            &mut self.values,
            std::mem::take(&mut self.lent).try_into_mut(),
        ) {
            *bytes = lent.into();
            bytes.clear();
        }
    }

    /// Writes what is there, and is empty then. When the writer is closed, [`take_back`](Self::take_back) comes.
    pub(super) fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let definitions = (self.depth > 0).then_some(self.definitions.as_slice());
        let repetitions = self.is_repeated.then_some(self.repetitions.as_slice());
        let written = match (writer.untyped(), &mut self.values) {
            (ColumnWriter::ByteArrayColumnWriter(to), Values::Texts { bytes, ends }) => {
                self.lent = std::mem::take(bytes).into();
                let all = &self.lent;
                let begins = std::iter::once(0).chain(ends.iter().copied());
                let texts = begins.zip(ends.iter());
                let text = |(from, to): (usize, &usize)| ByteArray::from(all.slice(from..*to));
                let texts: Vec<_> = texts.map(text).collect();
                let written = to.write_batch(&texts, definitions, repetitions);
                ends.clear();
                written
            }
            (ColumnWriter::Int64ColumnWriter(to), Values::Integers(all)) => {
                write(all, |all| to.write_batch(all, definitions, repetitions))
            }
            (ColumnWriter::DoubleColumnWriter(to), Values::Numbers(all)) => {
                write(all, |all| to.write_batch(all, definitions, repetitions))
            }
            (ColumnWriter::BoolColumnWriter(to), Values::Flags(all)) => {
                write(all, |all| to.write_batch(all, definitions, repetitions))
            }
            (ColumnWriter::Int32ColumnWriter(to), Values::Days(all)) => {
                write(all, |all| to.write_batch(all, definitions, repetitions))
            }
            _ => Err(ParquetError::General(
                "a column is of another type than the schema says".to_owned(),
            )),
        };
        written?;
        self.definitions.clear();
        self.repetitions.clear();
        Ok(())
    }
}

fn add<T>(all: &mut Vec<T>, value: Option<T>) -> bool {
    let is_added = value.is_some();
    all.extend(value);
    is_added
}

fn write<T>(all: &mut Vec<T>, to: impl FnOnce(&[T]) -> Result<usize>) -> Result<usize> {
    let written = to(all);
    all.clear();
    written
}
