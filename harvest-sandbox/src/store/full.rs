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
    use super::super::{Migration, Presentations, Schema, Store, StoredText};
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
        let store = Store::open(None, schema, Clock::default(), |_| Ok(())).unwrap();
        let limit = |pages: u32| {
            let writer = store.writer();
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
}
