//! Footer of a Parquet file, as far as the number of rows. A file to be proven may come from anywhere: the crate `parquet`
//! keeps all of a footer, and goes down as deep as its schema says, until the stack ends.
//!
//! It is a struct in the compact form of Thrift: the version, the schema as a list in the order of its tree, the rows, and then
//! the groups of rows, which are not read.

use std::fs::File;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Seek, SeekFrom};

const MAGIC: &[u8; 4] = b"PAR1";
/// What a file ends with: the length of the footer, and the magic.
const END: u64 = 8;
/// The most columns and groups of a schema, and how deep they are in each other. A table has some hundreds, and ten levels.
const MOST_COLUMNS: u64 = 10_000;
const MOST_DEPTH: usize = 64;
/// How deep values are in each other that are passed over: the type of a column has four levels.
const MOST_LEVELS: u32 = 16;

/// The fields that are looked at: of the footer, and of a column or group.
const SCHEMA: i16 = 2;
const ROWS: i16 = 3;
const CHILDREN: i16 = 5;

/// Kinds of values.
const STOP: u8 = 0;
const YES: u8 = 1;
const NO: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;

/// The rows that the footer of a file says.
///
/// # Errors
///
/// If the file cannot be read, or its footer is none that a table has.
pub(super) fn rows(file: File) -> Result<u64> {
    let mut file = BufReader::new(file);
    let length = file.seek(SeekFrom::End(0))?;
    let end = length.checked_sub(END).ok_or_else(other)?;
    file.seek(SeekFrom::Start(end))?;
    let (mut footer, mut magic) = ([0; 4], [0; 4]);
    file.read_exact(&mut footer)?;
    file.read_exact(&mut magic)?;
    let footer = u64::from(u32::from_le_bytes(footer));
    let begin = end.checked_sub(footer).ok_or_else(other)?;
    if magic != *MAGIC {
        return Err(other());
    }
    file.seek(SeekFrom::Start(begin))?;
    Footer(file.take(footer)).rows()
}

fn other() -> Error {
    Error::from(ErrorKind::InvalidData)
}

/// What is left of a footer.
struct Footer<R>(R);

impl<R: BufRead> Footer<R> {
    fn rows(mut self) -> Result<u64> {
        let (mut field, mut has_schema) = (0, false);
        loop {
            match self.field(&mut field)? {
                STOP => return Err(other()),
                LIST if field == SCHEMA => {
                    self.schema()?;
                    has_schema = true;
                }
                I64 if field == ROWS && has_schema => {
                    return u64::try_from(self.number()?).map_err(|_| other());
                }
                kind => self.pass(kind, MOST_LEVELS)?,
            }
        }
    }

    /// Reads a schema, whose columns and groups make up one tree.
    fn schema(&mut self) -> Result<()> {
        let (count, kind) = self.list()?;
        if kind != STRUCT || count > MOST_COLUMNS {
            return Err(other());
        }
        // How many are still to come in each of the groups that it is in.
        let mut open = vec![1];
        for _ in 0..count {
            while open.last() == Some(&0) {
                open.pop();
            }
            let left: &mut i64 = open.last_mut().ok_or_else(other)?;
            *left -= 1;
            let children = self.children()?;
            if children < 0 || open.len() > MOST_DEPTH {
                return Err(other());
            }
            open.push(children);
        }
        if open.iter().any(|left| *left > 0) {
            return Err(other());
        }
        Ok(())
    }

    /// Reads a column or a group: how many are in it.
    fn children(&mut self) -> Result<i64> {
        let (mut field, mut children) = (0, 0);
        loop {
            match self.field(&mut field)? {
                STOP => return Ok(children),
                I32 if field == CHILDREN => children = self.number()?,
                kind => self.pass(kind, MOST_LEVELS)?,
            }
        }
    }

    /// Passes over a value, which is no deeper than so many levels.
    fn pass(&mut self, kind: u8, levels: u32) -> Result<()> {
        let levels = levels.checked_sub(1).ok_or_else(other)?;
        match kind {
            YES | NO => Ok(()),
            BYTE => self.pass_bytes(1),
            I16 | I32 | I64 => self.unsigned().map(drop),
            DOUBLE => self.pass_bytes(8),
            BINARY => {
                let length = self.unsigned()?;
                self.pass_bytes(length)
            }
            LIST | SET => {
                let (count, kind) = self.list()?;
                for _ in 0..count {
                    self.pass_item(kind, levels)?;
                }
                Ok(())
            }
            MAP => {
                let count = self.unsigned()?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                for _ in 0..count {
                    self.pass_item(kinds >> 4, levels)?;
                    self.pass_item(kinds & 0x0f, levels)?;
                }
                Ok(())
            }
            STRUCT => {
                let mut field = 0;
                loop {
                    match self.field(&mut field)? {
                        STOP => return Ok(()),
                        kind => self.pass(kind, levels)?,
                    }
                }
            }
            _ => Err(other()),
        }
    }

    /// Passes over an item of a list or map, where yes and no are bytes.
    fn pass_item(&mut self, kind: u8, levels: u32) -> Result<()> {
        match kind {
            YES | NO => self.pass_bytes(1),
            kind => self.pass(kind, levels),
        }
    }

    fn pass_bytes(&mut self, mut length: u64) -> Result<()> {
        while length > 0 {
            let there = self.0.fill_buf()?.len();
            if there == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            let passed = usize::try_from(length).map_or(there, |it| it.min(there));
            self.0.consume(passed);
            length -= passed as u64;
        }
        Ok(())
    }

    /// The kind of the next field of a struct, which is behind this one.
    fn field(&mut self, before: &mut i16) -> Result<u8> {
        let head = self.byte()?;
        let (step, kind) = (head >> 4, head & 0x0f);
        if kind != STOP {
            let next = match step {
                0 => i16::try_from(self.number()?).ok(),
                step => before.checked_add(i16::from(step)),
            };
            *before = next.ok_or_else(other)?;
        }
        Ok(kind)
    }

    /// The length of a list, and the kind of its items.
    fn list(&mut self) -> Result<(u64, u8)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.unsigned()?,
            count => u64::from(count),
        };
        Ok((count, head & 0x0f))
    }

    fn number(&mut self) -> Result<i64> {
        let bits = self.unsigned()?;
        let magnitude = i64::try_from(bits >> 1).map_err(|_| other())?;
        Ok(if bits & 1 == 0 { magnitude } else { !magnitude })
    }

    fn unsigned(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(other())
    }

    fn byte(&mut self) -> Result<u8> {
        let mut byte = [0];
        self.0.read_exact(&mut byte)?;
        Ok(byte[0])
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;
    use crate::columnar::{self, TableReceipt};
    use crate::hash::ContentHash;
    use crate::ledger::{Event, Ledger};
    use crate::verify::verify;

    fn varint(mut number: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while number > 0x7f {
            bytes.push(u8::try_from(number & 0x7f).expect("seven bits") | 0x80);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).expect("seven bits"));
        bytes
    }

    /// A column or a group.
    fn item(children: usize) -> Vec<u8> {
        let mut bytes = vec![0x35, 0, 0x18, 1, b'a'];
        if children > 0 {
            bytes.push(0x15);
            bytes.extend(varint(children * 2));
        }
        bytes.push(0);
        bytes
    }

    fn schema(items: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = vec![0x15, 2, 0x19, 0xfc];
        bytes.extend(varint(items.len()));
        bytes.extend(items.concat());
        bytes
    }

    fn file_of(footer: &[u8]) -> Vec<u8> {
        let length = u32::try_from(footer.len()).expect("a length");
        [&b"PAR1"[..], footer, &length.to_le_bytes(), b"PAR1"].concat()
    }

    fn rows_of(footer: &[u8]) -> Result<u64> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&file_of(footer)).expect("written");
        rows(file)
    }

    fn nested(depth: usize) -> Vec<u8> {
        let mut items = vec![item(1); depth];
        items.push(item(0));
        schema(&items)
    }

    /// The hash is right: who writes the file writes the ledger.
    #[test]
    fn a_table_that_is_nested_too_deep_is_not_what_was_written() {
        let text = |text: &str| text.to_owned();
        for (depth, is_written) in [(10, true), (100_000, false)] {
            let folder = tempfile::tempdir().expect("a folder");
            let name = columnar::file("users", 1);
            let bytes = file_of(&[&nested(depth)[..], &[0x16, 0, 0x19, 0x0c, 0]].concat());
            let path = folder.path().join(&name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(&path, &bytes).expect("written");
            let (mut ledger, _) = Ledger::open(folder.path()).expect("a ledger");
            let events = [
                Event::of_run(1, "2026-01-01T00:00:00.000Z", "users"),
                Event::Columnar {
                    form: text("1"),
                    has_logs: false,
                },
                Event::Table(TableReceipt {
                    stream: text("users"),
                    table: text("users"),
                    run: 1,
                    file: name.clone(),
                    rows: 0,
                    deleted: 0,
                    bytes: bytes.len() as u64,
                    hash: ContentHash::of(&bytes),
                    drift: Vec::new(),
                }),
            ];
            for event in &events {
                ledger.append(event).expect("a line");
            }
            let report = verify(folder.path()).expect("a report");
            let problem = format!("{name} is not what was written");
            let is_reported = report.problems.iter().any(|it| it.starts_with(&problem));
            assert_eq!(is_reported, !is_written, "{:?}", report.problems);
        }
    }

    #[test]
    fn rows_are_read_and_what_no_table_has_is_refused() {
        // 21 rows, with no group of them.
        let good = [&nested(3)[..], &[0x16, 42, 0x19, 0x0c, 0]].concat();
        assert_eq!(rows_of(&good).expect("rows"), 21);
        for cut in 0..nested(3).len() {
            assert!(rows_of(&good[..cut]).is_err(), "{cut}");
        }
        let end = [0x16, 42, 0x19, 0x0c, 0];
        let lists = [vec![0x19; 200_000], vec![0x19, 0x0c]].concat();
        let structs = vec![0x1c; 200_000];
        let bad: [Vec<u8>; 9] = [
            // Deep in one another: groups, lists and structs that are passed over.
            nested(100_000),
            nested(100),
            [vec![0x15, 2, 0x39], lists].concat(),
            [vec![0x15, 2, 0x3c], structs].concat(),
            // No tree: less than a group says, more, or fewer than none.
            schema(&[item(2), item(0)]),
            schema(&[item(1), item(0), item(0)]),
            schema(&[vec![0x55, 3, 0]]),
            // As many as no table has, and more than are there.
            schema(&[vec![item(10_000)], vec![item(0); 10_000]].concat()),
            [&[0x15, 2, 0x19, 0xfc][..], &varint(usize::MAX)].concat(),
        ];
        for (at, bad) in bad.into_iter().enumerate() {
            assert!(rows_of(&[&bad[..], &end].concat()).is_err(), "{at}");
        }
        for length in [0, 7, 8] {
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(&b"PAR1\xff\xff\xff\xffPAR1"[..length])
                .expect("written");
            assert!(rows(file).is_err());
        }
    }
}
