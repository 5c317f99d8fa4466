//! Space that has run out.

use std::io;

use rusqlite::{Error, ErrorCode, ffi};
/// Whether SQLite found no space.
pub(crate) fn is_full(error: &Error) -> bool {
    let Error::SqliteFailure(failure, _) = error else {
        return false;
    };
    // The second is of the index of the write-ahead log.
    failure.code == ErrorCode::DiskFull || failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE
}

/// Whether the operating system found none.
pub(crate) fn is_full_disk(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Edit, Migration, Presentations, Schema, Store, StoredText};
    use crate::clock::Clock;
    use crate::refusal::Refusal;

    #[test]
    fn a_write_without_space_is_refused_in_plain_words_and_the_next_is_not() {
        const PAGES: &[Migration] = &[Migration::of_tables(
            "0001_pages",
            "CREATE TABLE page (text TEXT) STRICT;",
        )];
        let face = Presentations::of("test", StoredText::NOWHERE, []);
        let schema = Schema::of([], [face], PAGES);
        let store = Store::open(None, schema, Clock::default(), None, |_| Ok(())).unwrap();
        let limit = |pages: u32| {
            let writer = store.writer().unwrap();
            let limit = format!("PRAGMA max_page_count = {pages}");
            writer.query_row(&limit, [], |_| Ok(())).unwrap();
        };
        let write =
            || store.write(|edit| edit.run("INSERT INTO page VALUES (?1)", ["x".repeat(1 << 20)]));
        let count = || {
            let count = store.read(|view| view.value::<u32>("SELECT count(*) FROM page", []));
            count.unwrap()
        };
        limit(1);
        let refusal: Refusal = write().unwrap_err();
        assert!(matches!(refusal, Refusal::Full));
        let words = refusal.to_string();
        assert!(words.contains("is full"), "{words}");
        assert_eq!(count(), Some(0));
        limit(1_000_000);
        assert_eq!(write().unwrap(), 1);
        assert_eq!(count(), Some(1));
    }

    #[test]
    fn a_write_that_goes_on_without_space_leaves_nothing_and_gives_its_numbers_back() {
        const ROWS: usize = 20;
        const PAGES: &[Migration] = &[Migration::of_tables(
            "0001_pages",
            "CREATE TABLE page (id INTEGER PRIMARY KEY, text TEXT) STRICT;
             CREATE TABLE sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;",
        )];
        let face = Presentations::of("test", StoredText::NOWHERE, []);
        let schema = Schema::of([], [face], PAGES);
        let store = Store::open(None, schema, Clock::default(), None, |_| Ok(())).unwrap();
        let limit = |room: Option<u32>| {
            let writer = store.writer().unwrap();
            let pages = "PRAGMA page_count";
            let pages: u32 = writer.query_row(pages, [], |row| row.get(0)).unwrap();
            let most = room.map_or(1_000_000, |room| pages + room);
            let limit = format!("PRAGMA max_page_count = {most}");
            writer.query_row(&limit, [], |_| Ok(())).unwrap();
        };
        let add = |edit: &mut Edit<'_>| {
            edit.attempt(|edit| {
                let id = edit.next_number("page", 1)?;
                edit.run("INSERT INTO page VALUES (?1, ?2)", (id, "x".repeat(20_000)))
            })
        };
        // Like a job that makes something of refusals of its rows, all of them.
        let write = || {
            store.write(|edit| {
                for _ in 0..ROWS {
                    let _ = add(edit);
                }
                Ok(())
            })
        };
        let seen = || {
            let ids = store.read(|view| view.column::<i64>("SELECT id FROM page ORDER BY id", []));
            ids.unwrap()
        };
        let (mut refused, mut written) = (0, 0);
        for room in 0..60 {
            let before = seen();
            limit(Some(room));
            let outcome = write();
            limit(None);
            match outcome {
                Ok(()) => {
                    written += 1;
                    assert_eq!(seen().len(), before.len() + ROWS, "{room} pages");
                }
                Err(refusal) => {
                    refused += 1;
                    assert!(matches!(refusal, Refusal::Full), "{room} pages: {refusal}");
                    assert_eq!(seen(), before, "{room} pages");
                }
            }
            // The next number is one that no record has.
            let before = seen();
            store.write(add).unwrap();
            let last = before.last().map_or(1, |last| last + 1);
            assert_eq!(seen().last(), Some(&last), "{room} pages");
        }
        assert!(refused > 3 && written > 3, "{refused} and {written}");
    }
}
