//! The program that is measured.

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::Outcome;

/// The key of every sandbox here.
pub(crate) const KEY: &str = "bench";

/// Killed when it is dropped.
pub(crate) struct Program {
    child: Child,
    /// `127.0.0.1:49152`
    pub(crate) address: String,
    /// Kept open: there is more that it says.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Returns once it says where it listens.
    pub(crate) fn start(options: &[&str]) -> Outcome<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_harvest-sandbox"))
            .args(["--addr", "127.0.0.1:0", "--key", KEY])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().ok_or("it has no output")?;
        let mut output = BufReader::new(output).lines();
        let mut address = None;
        for line in output.by_ref() {
            address = line?.trim().split("URL").nth(1).and_then(|url| {
                let address = url.trim().strip_prefix("http://")?;
                Some(address.to_owned())
            });
            if address.is_some() {
                break;
            }
        }
        Ok(Self {
            child,
            address: address.ok_or("it ended before it said where it listens")?,
            _output: output,
        })
    }

    /// How long processors have worked for it so far, in seconds; nothing where the system does not say. On a busy machine
    /// that tells more than a clock.
    pub(crate) fn worked(&self) -> Option<f64> {
        /// The kernel counts in these for programs, whatever it does for itself.
        const TICKS: f64 = 100.0;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name comes second, in parentheses, and can have anything in it.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let user: u32 = fields.next()?.parse().ok()?;
        let system: u32 = fields.next()?.parse().ok()?;
        Some(f64::from(user.saturating_add(system)) / TICKS)
    }

    /// In MiB; nothing where the system does not say.
    pub(crate) fn peak_memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kibibytes: u32 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(f64::from(kibibytes) / 1024.0)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // If it is gone already, that was noticed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Of the files in a folder, in bytes.
pub(crate) fn size(folder: &Path) -> Outcome<u64> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        size += entry?.metadata()?.len();
    }
    Ok(size)
}
