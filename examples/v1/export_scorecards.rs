//! Exports all scorecards as JSON lines, and shows how far it is and how long it will still take.
//!
//! ```sh
//! cargo run --example export_scorecards > scorecards.jsonl
//! ```
//!
//! The key needs `GET: List Scorecards`. The progress goes to the error output.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::Result;
use harvest_examples::v1::Connection;
use harvest_generated::runtime::reqwest::Url;
use harvest_generated::v1::Client;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let show = |progress: &Progress| eprintln!("{}", progress.line());
    run(&connection.client, 500, &mut io::stdout().lock(), show).await
}

/// How far an export is.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Records that were written.
    pub records: usize,
    /// Pages that were read.
    pub pages: u64,
    /// Pages that the list has, where the service counts them.
    pub of: Option<u64>,
    /// Time since the first request.
    pub elapsed: Duration,
}

impl Progress {
    /// The time that the rest will take at the pace so far, which is that of the service and of its rate limit.
    pub fn remaining(&self) -> Option<Duration> {
        let rest = self.of?.saturating_sub(self.pages);
        let page = self.elapsed.checked_div(u32::try_from(self.pages).ok()?)?;
        page.checked_mul(u32::try_from(rest).ok()?)
    }

    /// A line for people.
    pub fn line(&self) -> String {
        let pages = match self.of {
            Some(of) => format!("page {} of {of}", self.pages),
            None => format!("page {}", self.pages),
        };
        let rest = self.remaining().map_or_else(String::new, |rest| {
            format!(", about {} s to go", rest.as_secs_f64().ceil())
        });
        format!("{} scorecards, {pages}{rest}", self.records)
    }
}

/// Writes the scorecards, and reports after each page.
pub async fn run(
    client: &Client,
    per_page: i32,
    out: &mut impl Write,
    mut report: impl FnMut(&Progress),
) -> Result<()> {
    let begin = Instant::now();
    let mut progress = Progress {
        records: 0,
        pages: 0,
        of: None,
        elapsed: Duration::ZERO,
    };
    let mut pages = client.list_scorecards().per_page(per_page).pages();
    while let Some(page) = pages.next().await {
        let page = page?;
        for scorecard in page.value() {
            serde_json::to_writer(&mut *out, scorecard)?;
            out.write_all(b"\n")?;
        }
        progress.records += page.value().len();
        progress.pages += 1;
        // A list that fits one page names no last one; neither does the last page.
        progress.of = match page.links().last().and_then(number) {
            None if page.links().next().is_none() => Some(progress.pages),
            counted => counted.or(progress.of),
        };
        progress.elapsed = begin.elapsed();
        report(&progress);
    }
    out.flush()?;
    Ok(())
}

/// The number of a page, from its URL.
fn number(page: &Url) -> Option<u64> {
    let (_, number) = page.query_pairs().find(|(name, _)| name == "page")?;
    number.parse().ok()
}
