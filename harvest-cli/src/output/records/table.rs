//! Records as a table for people.

use std::io::Write;

use unicode_width::UnicodeWidthStr;

use super::cells::Columns;
use crate::failure::{Failure, printable};
use crate::output::width;

/// How many records the widths of the columns are made from. The table goes on with them, so that a long list is seen
/// while it comes, in memory that does not grow.
const LOOKED_AT: usize = 500;
/// After how many bytes of cells, empty ones too, it begins with fewer records.
const HELD: usize = 4 << 20;
/// The width of a terminal that does not say.
const USUAL_WIDTH: usize = 120;
/// What no column gets less of, if it has more.
const LEAST_WIDTH: usize = 8;
/// The most bytes of a cell for each column of the terminal.
const MOST_BYTES: usize = 16;
const GAP: &str = "  ";

/// Writes a line for each record.
pub(super) struct Table<W: Write> {
    columns: Columns,
    first: Vec<Vec<String>>,
    /// How many bytes these have.
    held: usize,
    widths: Option<Vec<usize>>,
    /// The width of the terminal.
    total: usize,
    out: W,
}

impl<W: Write> Table<W> {
    pub(super) fn new(columns: Columns, out: W) -> Self {
        Self {
            columns,
            first: Vec::new(),
            held: 0,
            widths: None,
            total: width(USUAL_WIDTH),
            out,
        }
    }

    pub(super) fn record(&mut self, json: &str) -> Result<(), Failure> {
        let cells = self.columns.cells(json)?.into_iter();
        let cells: Vec<_> = cells.map(|it| line(&it, self.total)).collect();
        if let Some(widths) = &self.widths {
            write(&mut self.out, &cells, widths)?;
        } else {
            let held = cells.iter().map(|it| it.len() + size_of::<String>());
            self.held += held.sum::<usize>();
            self.first.push(cells);
            if self.first.len() == LOOKED_AT || self.held >= HELD {
                self.begin()?;
            }
        }
        Ok(())
    }

    /// Writes the names and the records so far.
    fn begin(&mut self) -> Result<(), Failure> {
        let names = self.columns.names().iter();
        let names: Vec<_> = names
            .map(|it| line(&it.to_uppercase(), self.total))
            .collect();
        let widths = widths(&names, &self.first, self.total);
        write(&mut self.out, &names, &widths)?;
        for cells in std::mem::take(&mut self.first) {
            write(&mut self.out, &cells, &widths)?;
        }
        self.widths = Some(widths);
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), Failure> {
        if self.widths.is_none() {
            if self.first.is_empty() {
                eprintln!("no records");
            } else {
                self.begin()?;
            }
        }
        Ok(self.out.flush()?)
    }
}

/// A cell in one line, without what a terminal acts on; as much of it as can be shown, with a mark where there is more.
fn line(cell: &str, total: usize) -> String {
    let mut line = String::new();
    let mut used = 0;
    let words = cell.split_whitespace().enumerate();
    let chars = words.flat_map(|(at, word)| {
        let gap = if at > 0 { " " } else { "" };
        gap.chars().chain(word.chars())
    });
    for c in chars {
        // What has no width of its own is bounded, too.
        if used > total || line.len() > total.saturating_mul(MOST_BYTES) {
            break;
        }
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(1);
        line.push(c);
    }
    printable(&line)
}

/// The width of each column: that of its widest cell, and where all are too wide for the terminal, the widest give way.
fn widths(names: &[String], rows: &[Vec<String>], total: usize) -> Vec<usize> {
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let mut widths: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(at, name)| widest(at).max(name.width()))
        .collect();
    let room = total.saturating_sub(GAP.len() * names.len().saturating_sub(1));
    let sum = |most: usize| widths.iter().map(|width| (*width).min(most)).sum::<usize>();
    let widest = widths.iter().copied().max().unwrap_or(0);
    // The largest width that all can have and fit, by halves.
    let (mut fits, mut too_wide) = (LEAST_WIDTH, widest.max(LEAST_WIDTH) + 1);
    while too_wide - fits > 1 {
        let middle = fits.midpoint(too_wide);
        if sum(middle) <= room {
            fits = middle;
        } else {
            too_wide = middle;
        }
    }
    // The first of the widest get what is left over.
    let mut left = room.saturating_sub(sum(fits));
    for width in widths.iter_mut().filter(|width| **width > fits) {
        *width = fits + left.min(1);
        left = left.saturating_sub(1);
    }
    widths
}

fn write(out: &mut impl Write, cells: &[String], widths: &[usize]) -> std::io::Result<()> {
    let mut text = String::new();
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        if at > 0 {
            text.push_str(GAP);
        }
        let (shown, used) = cut(cell, *width);
        text.push_str(&shown);
        text.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    }
    writeln!(out, "{}", text.trim_end())
}

/// As much of a cell as fits, and its width.
fn cut(cell: &str, width: usize) -> (String, usize) {
    let whole = cell.width();
    if whole <= width {
        return (cell.to_owned(), whole);
    }
    let mut shown = String::new();
    let mut used = 0;
    for c in cell.chars() {
        let next = unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used + next + 1 > width {
            break;
        }
        shown.push(c);
        used += next;
    }
    shown.push('…');
    (shown, used + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_columns_give_way() {
        let names = ["ID", "NAME"].map(str::to_owned);
        let rows = [["1".to_owned(), "x".repeat(100)].to_vec()];
        assert_eq!(widths(&names, &rows, 40), [2, 36]);
        assert_eq!(widths(&names, &rows, 5), [2, 8]);
        assert_eq!(widths(&names, &rows, 200), [2, 100]);
        let names = ["A", "B", "C"].map(|it| it.repeat(50));
        assert_eq!(widths(&names, &[], 64), [20, 20, 20]);
        assert_eq!(widths(&names, &[], 66), [21, 21, 20]);
        assert_eq!(widths(&names, &[], 1), [8, 8, 8]);
        let names = ["A", "B", "C"].map(|it| it.repeat(9));
        assert_eq!(widths(&names, &[], 30), [9, 9, 8]);
    }

    #[test]
    fn names_from_the_service_are_printable() {
        let mut out = Vec::new();
        let mut table = Table::new(Columns::new(Vec::new()), &mut out);
        let record = r#"{"a\u001b[2J\nb": 1}"#;
        table.record(record).expect("written");
        table.finish().expect("written");
        let out = String::from_utf8(out).expect("text");
        assert_eq!(out, "A\u{fffd}[2J B\n1\n");
    }

    /// Neither memory nor time grows with the product of names and records.
    #[test]
    fn a_table_of_many_columns() {
        let names: Vec<_> = (0..1_000).map(|at| format!("{at:060}")).collect();
        let mut out = Vec::new();
        let mut table = Table::new(Columns::new(names), &mut out);
        for _ in 0..LOOKED_AT {
            table.record("{}").expect("written");
            let held: usize = table.first.iter().map(Vec::capacity).sum();
            assert!(held * size_of::<String>() <= 2 * HELD, "{held}");
        }
        table.finish().expect("written");
    }

    /// What is held to find the widths does not grow with the cells.
    #[test]
    fn few_bytes_are_held() {
        let names: Vec<_> = (0..300).map(|at| format!("c{at}")).collect();
        let value = "x".repeat(2_000);
        let members: Vec<_> = names
            .iter()
            .map(|it| format!("\"{it}\":\"{value}\""))
            .collect();
        let record = format!("{{{}}}", members.join(","));
        let mut out = Vec::new();
        let mut table = Table::new(Columns::new(names), &mut out);
        for _ in 0..200 {
            table.record(&record).expect("written");
            let held: usize = table.first.iter().flatten().map(String::capacity).sum();
            assert!(held <= 4 * HELD, "{held}");
        }
        table.finish().expect("written");
        assert_eq!(String::from_utf8_lossy(&out).lines().count(), 201);
    }

    #[test]
    fn cells_are_one_line_and_cut_by_their_width() {
        assert_eq!(line("a\n b\u{1b}[2J", 80), "a b\u{fffd}[2J");
        assert_eq!(line(" abc  de ", 4), "abc d");
        assert_eq!(line(&"e\u{301}".repeat(1_000), 10).len(), 3 * 10 + 1);
        assert!(line(&"\u{301}".repeat(1_000_000), 10).len() <= 170);
        assert_eq!(cut("abcdef", 4), ("abc…".to_owned(), 4));
        assert_eq!(cut("日本語", 4), ("日…".to_owned(), 3));
        assert_eq!(cut("abcd", 4), ("abcd".to_owned(), 4));
    }
}
