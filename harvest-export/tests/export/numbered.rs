//! Exports of lists with numbered pages that no filter divides, and that change all the while.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use harvest_export::verify;
use serde_json::Value;

use super::hostile::{Answer, client};
use super::{catalog, export, lines};

const PER_PAGE: usize = 10;
/// The records that are there at first.
const FIRST: u64 = 95;
/// One of so many requests is not answered with JSON.
const BROKEN: u64 = 23;

/// A list of ids.
struct List {
    ids: Mutex<Vec<u64>>,
    asked: AtomicU64,
    /// Whether one of its first records is removed with each request, which shifts the others.
    shrinks: bool,
}

impl List {
    fn new(shrinks: bool) -> Self {
        Self {
            ids: Mutex::new((1..=FIRST).collect()),
            asked: AtomicU64::new(0),
            shrinks,
        }
    }

    /// A page. A record is added with each.
    fn answer(&self, target: &str) -> Answer {
        let asked = self.asked.fetch_add(1, Relaxed) + 1;
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let page = target.split_once("?page=").or(target.split_once("&page="));
        let page = page.map_or(1, |(_, rest)| {
            let digits = rest.split('&').next().unwrap_or_default();
            digits.parse::<usize>().expect("a number")
        });
        let begin = (page - 1) * PER_PAGE;
        let records = ids.iter().skip(begin).take(PER_PAGE);
        let records: Vec<_> = records.map(|id| format!(r#"{{"id":{id}}}"#)).collect();
        let last = ids.len().div_ceil(PER_PAGE);
        let link =
            |page: usize, rel: &str| format!("</v1/applications?page={page}>; rel=\"{rel}\"");
        let headers = if page < last {
            format!(
                "Link: {}, {}\r\n",
                link(page + 1, "next"),
                link(last, "last")
            )
        } else {
            String::new()
        };
        ids.push(FIRST + asked);
        if self.shrinks && asked <= FIRST / 5 {
            ids.remove(0);
        }
        if asked.is_multiple_of(BROKEN) {
            return (String::new(), "[".to_owned());
        }
        (headers, format!("[{}]", records.join(",")))
    }
}

fn restarts(folder: &Path) -> usize {
    let ledger = fs::read_to_string(folder.join("ledger.ndjson")).expect("a ledger");
    let events = ledger.lines().map(serde_json::from_str::<Value>);
    let events = events.map(|event| event.expect("JSON"));
    events.filter(|it| it["event"] == "restart").count()
}

/// Each pass has new records, and no run is long enough for two of them.
#[tokio::test]
async fn a_list_that_grows_with_each_page_is_read_to_its_end_through_broken_runs() {
    for shrinks in [false, true] {
        let list = Arc::new(List::new(shrinks));
        let service = Arc::clone(&list);
        let core = client(Arc::new(move |target: &str| service.answer(target))).await;
        let catalog = catalog("v1");
        let folder = tempfile::tempdir().expect("a folder");
        let mut runs = 1;
        while let Err(error) = export(&core, &catalog, folder.path(), &["applications"]).await {
            assert!(runs < 10, "{error}");
            runs += 1;
        }
        assert!(runs > 1, "none was broken off");
        let report = verify(folder.path()).expect("a report");
        assert!(report.is_whole(), "{:?}", report.problems);
        assert_eq!(restarts(folder.path()), 0, "what was read is kept");
        let records = lines(folder.path(), "applications");
        let found: Vec<_> = records.iter().map(|it| it["id"].as_u64()).collect();
        let distinct: BTreeSet<_> = found.iter().flatten().copied().collect();
        assert_eq!(distinct.len(), found.len(), "none twice");
        let there = list.ids.lock().expect("a list");
        let missed = there
            .iter()
            .filter(|id| **id <= FIRST && !distinct.contains(id));
        assert_eq!(missed.count(), 0, "all that are there since the begin");
    }
}
