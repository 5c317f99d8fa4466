//! Places in the files of a description, as messages name them.

use std::fmt;

/// A line and a column, both counted from 1 as editors do, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Position {
    /// The first character of a file.
    pub(super) const START: Self = Self { line: 1, column: 1 };

    /// The position of a line and a column that are counted from 1.
    pub(super) fn new(line: usize, column: usize) -> Self {
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            line: number(line),
            column: number(column),
        }
    }
}

/// Where a part of the bundled document was written down.
///
/// It prints as `file:line:column`, which terminals and editors make a link of. A document that was never in a file has
/// no lines; there it is `document#/json/pointer`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceLocation {
    /// The file, relative to the folder that places are named from.
    pub file: String,
    /// Where in the file the key or the item begins. Of what is not there, where the nearest thing around it begins.
    pub position: Option<Position>,
    /// A JSON pointer into the file; empty for the whole file.
    pub pointer: String,
}

impl SourceLocation {
    /// The place of a key or an item in what stands at this place.
    pub(super) fn inside(&self, step: &str) -> Self {
        Self {
            file: self.file.clone(),
            position: None,
            pointer: format!("{}/{step}", self.pointer),
        }
    }
}

impl fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(Position { line, column }) => write!(f, "{}:{line}:{column}", self.file),
            None if self.pointer.is_empty() => write!(f, "{}#/", self.file),
            None => write!(f, "{}#{}", self.file, self.pointer),
        }
    }
}
