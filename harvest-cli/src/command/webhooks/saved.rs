//! Deliveries in a file: a line of JSON each, with the body as it came.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use harvest_export::private;
use serde::{Deserialize, Serialize};

use super::MOST_BODY;
use crate::failure::Failure;

/// The most bytes of a line: a body in which each byte is written with six.
const MOST_LINE: u64 = 6 * MOST_BODY + 4_096;

/// A delivery.
#[derive(Serialize, Deserialize)]
pub(super) struct Saved {
    pub received_at: String,
    pub action: Option<String>,
    pub event_id: Option<String>,
    pub signature: Option<String>,
    pub body: String,
}

/// A file to write to, which only its owner can read: candidates are in it.
pub(super) fn open(path: &Path) -> Result<File, Failure> {
    private::open(path)
        .map_err(|error| Failure::usage(format!("{} cannot be written: {error}", path.display())))
}

/// Writes a delivery so that a crash does not lose it.
pub(super) fn write(file: &mut File, saved: &Saved) -> io::Result<()> {
    let mut line = serde_json::to_vec(saved)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_data()
}

/// The deliveries of a file, one by one.
pub(super) fn all(path: &Path) -> Result<impl Iterator<Item = Result<Saved, Failure>>, Failure> {
    let place = path.display().to_string();
    let failed = {
        let place = place.clone();
        move |error: io::Error| Failure::usage(format!("{place} cannot be read: {error}"))
    };
    let mut reader = BufReader::new(File::open(path).map_err(&failed)?);
    let mut number = 0;
    Ok(std::iter::from_fn(move || {
        number += 1;
        let mut line = Vec::new();
        match reader.by_ref().take(MOST_LINE).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => {
                let read = serde_json::from_slice(&line);
                let wrong = |_| Failure::usage(format!("line {number} of {place} is no delivery"));
                Some(read.map_err(wrong))
            }
            Err(error) => Some(Err(failed(error))),
        }
    }))
}
