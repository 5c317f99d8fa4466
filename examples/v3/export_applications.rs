//! Exports all applications as JSON lines, and goes on where it was stopped: after `kill -9`, and after its cursor expired.
//!
//! ```sh
//! cargo run --example v3_export_applications -- applications.jsonl
//! ```
//!
//! Scopes: `harvest:applications:list`. Beside the file is another one, `applications.jsonl.bookmark`, for as long as the
//! export is not at its end. Both hold personal data. Applications that are added meanwhile are left to the next export.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use harvest_examples::argument;
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{Application, ApplicationId};
use serde::{Deserialize, Serialize};

#[tokio::main]
async fn main() -> Result<()> {
    let path: PathBuf = argument(1, "the path of a file")?;
    let lines = run(&client()?, &path).await?;
    println!("{lines} applications were added to {}", path.display());
    Ok(())
}

/// The place that an export reached: the bytes of the file that are certain, the id of the last application in them, and
/// the page that comes after them.
#[derive(Clone, Serialize, Deserialize)]
struct Bookmark {
    length: u64,
    last: Option<ApplicationId>,
    next: String,
}

/// Writes the applications, from the bookmark on if there is one, and returns how many it added.
pub async fn run(client: &Client, path: &Path) -> Result<u64> {
    let (mut file, bookmark) = open(path)?;
    let start = || client.list_applications().per_page(500).pages();
    let mut last = bookmark.as_ref().and_then(|bookmark| bookmark.last);
    let mut pages = match &bookmark {
        Some(bookmark) => start().resume_from(&bookmark.next),
        None => start(),
    };
    let mut lines = 0;
    while let Some(page) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            // The first page has no cursor, so this does not come twice in a row.
            Err(error) if error.is_cursor_expired() => {
                pages = start();
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let next = page.links().next().map(ToString::to_string);
        let mut out = BufWriter::new(&mut file);
        for application in page.value() {
            if is_new(application, last) {
                serde_json::to_writer(&mut out, application)?;
                out.write_all(b"\n")?;
                last = application.id.or(last);
                lines += 1;
            }
        }
        out.flush()?;
        drop(out);
        // In this order: the bookmark never speaks of bytes that are not on the disk.
        file.sync_data()?;
        if let Some(next) = next {
            let length = file.stream_position()?;
            keep(&Bookmark { length, last, next }, path)?;
        }
    }
    match fs::remove_file(bookmark_of(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(lines),
    }
}

/// Whether an application comes after the last one that was written. Lists go from the newest id to the oldest.
fn is_new(application: &Application, last: Option<ApplicationId>) -> bool {
    match (application.id, last) {
        (Some(id), Some(last)) => id < last,
        _ => true,
    }
}

/// The file, cut to what its bookmark is certain of. A page that was half written when the program was stopped is gone,
/// and comes again.
fn open(path: &Path) -> Result<(File, Option<Bookmark>)> {
    let bookmark: Option<Bookmark> = match fs::read(bookmark_of(path)) {
        Ok(json) => Some(serde_json::from_slice(&json).context("the bookmark is damaged")?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    file.set_len(bookmark.as_ref().map_or(0, |bookmark| bookmark.length))?;
    file.seek(SeekFrom::End(0))?;
    Ok((file, bookmark))
}

/// Replaces the bookmark: by renaming, so that there is always an old one or a new one, and never a half.
fn keep(bookmark: &Bookmark, path: &Path) -> Result<()> {
    let kept = bookmark_of(path);
    let new = kept.with_extension("bookmark.new");
    let file = File::create(&new)?;
    serde_json::to_writer(&file, bookmark)?;
    file.sync_all()?;
    fs::rename(new, kept)?;
    Ok(())
}

fn bookmark_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".bookmark");
    name.into()
}
