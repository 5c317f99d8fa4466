//! The file that a shared ledger is in.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use fs4::{FileExt, TryLockError};
use serde::{Deserialize, Serialize};

use crate::limit::ledger::Ledger;
use crate::limit::moment::Moment;

/// What the file begins with: what it is, and in which version of its form.
const MARK: &[u8] = br#"{"harvest_limiter":"#;
const FORM: u32 = 1;
/// Much more than the ledger of any limit takes.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// A lock is held for microseconds. Who holds it for so long was stopped.
const PATIENCE: Duration = Duration::from_secs(1);

/// The file, locked.
pub(super) struct LockedFile {
    file: File,
    /// How often it was written.
    serial: u64,
}

/// One line of JSON. It has the serial number at both ends, by which a line that was half written shows: its beginning
/// is new, and its end is old.
#[derive(Deserialize, Serialize)]
struct Line<L> {
    harvest_limiter: u32,
    serial: u64,
    written: Moment,
    ledger: L,
    end: u64,
}

impl LockedFile {
    /// Opens the file, makes it if there is none, and waits for its lock.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        let began = Instant::now();
        let mut pause = Duration::from_micros(50);
        loop {
            match FileExt::try_lock(&file) {
                Ok(()) => return Ok(Self { file, serial: 0 }),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if began.elapsed() >= PATIENCE => {
                    return Err(io::Error::new(
                        ErrorKind::TimedOut,
                        "another process holds its lock and does not go on",
                    ));
                }
                Err(TryLockError::WouldBlock) => sleep(pause),
            }
            pause = (pause * 2).min(Duration::from_millis(1));
        }
    }

    /// The ledger, and when it was written. `None` if there are none yet, or only what is left of a write that was
    /// broken off.
    pub(super) fn read(&mut self) -> io::Result<Option<(Ledger, Moment)>> {
        let mut bytes = Vec::new();
        (&self.file).take(MOST_BYTES).read_to_end(&mut bytes)?;
        // A system that went down may leave zeros.
        if bytes.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let Some(rest) = bytes.strip_prefix(MARK) else {
            return Err(io::Error::new(
                ErrorKind::InvalidData,
                "it is something else and is left as it is; give the limiter a file of its own",
            ));
        };
        if !rest.starts_with(format!("{FORM},").as_bytes()) {
            return Err(io::Error::new(
                ErrorKind::InvalidData,
                "it is of another version of this library; use one version, or different files",
            ));
        }
        // What stands behind the line is left from a longer one.
        let line = bytes
            .split(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        let Ok(line) = serde_json::from_slice::<Line<Ledger>>(line) else {
            return Ok(None);
        };
        self.serial = line.serial;
        let is_whole = line.serial == line.end;
        Ok(is_whole.then_some((line.ledger, line.written)))
    }

    pub(super) fn write(&mut self, ledger: &Ledger, written: Moment) -> io::Result<()> {
        self.serial = self.serial.wrapping_add(1);
        let mut line = serde_json::to_vec(&Line {
            harvest_limiter: FORM,
            serial: self.serial,
            written,
            ledger,
            end: self.serial,
        })?;
        line.push(b'\n');
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&line)?;
        self.file.set_len(line.len() as u64)
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        // Closing it does so too, but not at once on every system.
        let _ = FileExt::unlock(&self.file);
    }
}
