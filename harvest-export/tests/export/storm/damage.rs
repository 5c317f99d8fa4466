//! Damage to an export, each kind of which the proof finds.

use std::fs;
use std::path::Path;

use harvest_export::{ExportError, verify};

/// A page that was altered by one byte, a receipt that is missing, a window that is open.
pub(super) fn each_is_found(folder: &Path) {
    let ledger = folder.join("ledger.ndjson");
    let whole = fs::read_to_string(&ledger).expect("text");
    let lines: Vec<_> = whole.lines().collect();
    let of = |event: &str| {
        let event = format!("\"event\":\"{event}\"");
        lines
            .iter()
            .rposition(|line| line.contains(&event))
            .expect("one")
    };
    let pages = fs::read_dir(folder.join("candidates")).expect("a folder");
    let pages = pages.map(|it| it.expect("a file").path());
    let page = pages.min().expect("a page");
    let bytes = fs::read(&page).expect("bytes");
    for at in [0, bytes.len() / 2, bytes.len() - 1] {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        fs::write(&page, altered).expect("written");
        assert!(!verify(folder).expect("a report").is_whole(), "byte {at}");
    }
    fs::write(&page, bytes).expect("written");
    assert!(verify(folder).expect("a report").is_whole());

    let receipt = of("page");
    let without = [&lines[..receipt], &lines[receipt + 1..]].concat();
    fs::write(&ledger, without.join("\n") + "\n").expect("written");
    assert!(matches!(verify(folder), Err(ExportError::Ledger { .. })));
    for event in ["close", "page", "window"] {
        let open = lines[..of(event)].join("\n") + "\n";
        fs::write(&ledger, open).expect("written");
        assert!(
            !verify(folder).expect("a report").is_whole(),
            "without {event}"
        );
    }
    fs::write(&ledger, whole).expect("written");
}
