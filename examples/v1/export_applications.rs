//! Exports all applications as JSON lines, and goes on where it was stopped, by `kill -9`, too.
//!
//! ```sh
//! cargo run --example export_applications -- applications.jsonl
//! ```
//!
//! The key needs `GET: List Applications`. Beside the file is another one, `applications.jsonl.bookmark`, for as long as the
//! export is not at its end. Both hold personal data: a bookmark repeats the filters of the list.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use harvest_examples::v1::Connection;
use harvest_generated::v1::Client;
use serde::{Deserialize, Serialize};

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let sample = std::env::temp_dir().join("applications.jsonl");
    let sample = Some(sample.display().to_string());
    let path: String = connection.argument(1, "the path of a file", sample)?;
    let lines = run(&connection.client, Path::new(&path)).await?;
    println!("{lines} applications were added to {path}");
    Ok(())
}

/// How far an export came: the bytes of the file that are certain, and the page that comes after them.
#[derive(Serialize, Deserialize)]
struct Bookmark {
    length: u64,
    next: String,
}

/// Writes the applications, from the bookmark on if there is one, and returns how many it added.
pub async fn run(client: &Client, path: &Path) -> Result<u64> {
    let (mut file, bookmark) = open(path)?;
    let mut pages = client.list_applications().per_page(500).pages();
    if let Some(bookmark) = &bookmark {
        pages = pages.resume_from(&bookmark.next);
    }
    let mut lines = 0;
    while let Some(page) = pages.next().await {
        let page = page?;
        let next = page.links().next().map(ToString::to_string);
        let mut out = BufWriter::new(&mut file);
        for application in page.value() {
            serde_json::to_writer(&mut out, application)?;
            out.write_all(b"\n")?;
            lines += 1;
        }
        out.flush()?;
        drop(out);
        // In this order: the bookmark never speaks of bytes that are not on the disk.
        file.sync_data()?;
        if let Some(next) = next {
            let length = file.stream_position()?;
            keep(&Bookmark { length, next }, path)?;
        }
    }
    match fs::remove_file(beside(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(lines),
    }
}

/// The file, cut to what its bookmark is certain of. A page that was half written when the program was stopped is gone,
/// and comes again.
fn open(path: &Path) -> Result<(File, Option<Bookmark>)> {
    let bookmark: Option<Bookmark> = match fs::read(beside(path)) {
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
    let beside = beside(path);
    let new = beside.with_extension("bookmark.new");
    let file = File::create(&new)?;
    serde_json::to_writer(&file, bookmark)?;
    file.sync_all()?;
    fs::rename(new, beside)?;
    Ok(())
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".bookmark");
    name.into()
}
