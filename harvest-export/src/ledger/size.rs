//! Size of a ledger: about the memory that its events take, which may be thirty times their text. A ledger may come from
//! anywhere, so it is counted before a line is taken apart; what is written is counted alike, so that it can be read again.

use super::Event;
use crate::error::ExportError;
use crate::lines::values;

/// About the most memory of all events: those of 1.5 million pages, or of as many steps of other kinds.
const MOST_MEMORY: usize = 1024 * 1024 * 1024;
/// The most bytes of a line, and the most values in it: with that many ids of records that are gone, it has as many bytes.
pub(super) const MOST_LINE: usize = 64 * 1024 * 1024;
const MOST_VALUES: usize = 4 * 1024 * 1024;
/// An event, with the values that most lines have.
const EVENT: usize = size_of::<Event>();
const USUAL: usize = 16;
/// Another value: a short text in a list that has grown.
const VALUE: usize = 56;

/// What was counted up to a line.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Size {
    pub lines: usize,
    memory: usize,
}

impl Size {
    /// Counts a line, without its break.
    ///
    /// # Errors
    ///
    /// If it is more than is read.
    pub(super) fn add(&mut self, line: &[u8]) -> Result<(), ExportError> {
        if line.len() > MOST_LINE {
            return Err(self.of_long_line());
        }
        let values = values(line);
        if values > MOST_VALUES {
            return Err(self.next(format!("has more than {MOST_VALUES} values")));
        }
        let others = VALUE * values.saturating_sub(USUAL);
        let memory = self.memory.saturating_add(EVENT + line.len() + others);
        if memory > MOST_MEMORY {
            let most = MOST_MEMORY;
            return Err(self.next(format!(
                "brings its events to more than {most} bytes of memory"
            )));
        }
        self.memory = memory;
        self.lines += 1;
        Ok(())
    }

    /// The error of a next line that is too long.
    pub(super) fn of_long_line(self) -> ExportError {
        self.next(format!("has more than {MOST_LINE} bytes"))
    }

    fn next(self, problem: String) -> ExportError {
        ExportError::LedgerSize {
            line: self.lines + 1,
            problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ledger::{FILE, Ledger, events, link};

    const RUN: &str = r#""event":"run","run":1,"until":"x","description":"d","streams":["users"]"#;

    /// A ledger of lines with right hashes, whatever they are.
    fn ledger(lines: &[String]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut after, mut text) = (link(b""), String::new());
        for line in lines {
            let line = format!(r#"{{"after":"{after}",{line}}}"#);
            after = link(line.as_bytes());
            text = text + &line + "\n";
        }
        fs::write(folder.path().join(FILE), text).expect("written");
        folder
    }

    #[test]
    fn what_takes_much_more_memory_than_text_is_not_read() {
        let lists = |item: &str, count: usize| {
            let items = vec![item; count].join(",");
            format!(r#"{RUN},"not_covered":[{items}]"#)
        };
        let unknown = |item: &str, count: usize| {
            let items = vec![item; count].join(",");
            format!(r#"{RUN},"not_covered":[],"more":[{items}]"#)
        };
        let few = lists(r#""""#, 1_000);
        for (line, problem) in [
            (lists(r#""""#, 5_000_000), "4194304 values"),
            (unknown("1", 5_000_000), "4194304 values"),
            (unknown("[]", 2_500_000), "4194304 values"),
            (unknown(r#"{"a":1}"#, 2_500_000), "4194304 values"),
            (
                lists(&format!(r#""{}""#, "a".repeat(65 << 20)), 1),
                "67108864 bytes",
            ),
        ] {
            let folder = ledger(&[few.clone(), line]);
            for outcome in [
                events(folder.path()).map(drop),
                Ledger::open(folder.path()).map(drop),
            ] {
                let error = outcome.expect_err("it is too much").to_string();
                assert!(
                    error.starts_with("line 2 of the ledger has more"),
                    "{error}"
                );
                assert!(
                    error.contains(problem) && error.contains("another folder"),
                    "{error}"
                );
            }
        }
        assert_eq!(events(ledger(&[few]).path()).expect("events").len(), 1);
    }

    #[test]
    fn many_lines_have_a_bound_together_and_those_of_years_are_within() {
        let mut size = Size::default();
        let line = format!("[{}1]", "1,".repeat(1_000_000));
        let all = (0..100).take_while(|_| size.add(line.as_bytes()).is_ok());
        assert_eq!(all.count(), 18);
        let error = size
            .add(line.as_bytes())
            .expect_err("it is too much")
            .to_string();
        assert!(error.starts_with("line 19 of the ledger brings"), "{error}");

        let digits = |count| "0123456789abcdef".repeat(count);
        let next = "https://harvest.greenhouse.io/applications?cursor=".to_owned() + &digits(4);
        let page = serde_json::json!({
            "after": digits(2), "event": "page", "stream": "applications", "window": 1_234,
            "page": 567, "file": "applications/001234-00567.ndjson", "rows": 500,
            "bytes": 1_234_567, "blake3": digits(4), "min_id": 12_345_678, "max_id": 12_345_678,
            "request_id": digits(2), "next": next,
        });
        let page = page.to_string();
        let mut size = Size::default();
        size.add(page.as_bytes()).expect("a line");
        assert!(size.memory * 1_300_000 < MOST_MEMORY, "{size:?}");
    }

    #[test]
    fn what_is_written_can_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut ledger, _) = Ledger::open(folder.path()).expect("a ledger");
        let deleted = |count: i64| Event::Deleted {
            stream: "users".to_owned(),
            run: 1,
            ids: (0..count).collect(),
            walked: 1,
        };
        ledger.append(&deleted(100_000)).expect("a line");
        let refused = ledger.append(&deleted(5_000_000));
        assert!(matches!(
            refused,
            Err(ExportError::LedgerSize { line: 2, .. })
        ));
        ledger.append(&deleted(3)).expect("a line");
        assert_eq!(events(folder.path()).expect("events").len(), 2);
    }
}
