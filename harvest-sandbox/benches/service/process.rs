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
    /// A credential of v3 with all scopes, and its secret; none of another build, which may not have v3.
    pub(crate) credential: Option<(String, String)>,
    /// Kept open: there is more that it says.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// This build. Returns once it says where it listens, and with which credentials.
    pub(crate) fn start(options: &[&str]) -> Outcome<Self> {
        Self::of(None, options)
    }

    /// This build, or another one.
    pub(crate) fn of(build: Option<&Path>, options: &[&str]) -> Outcome<Self> {
        let ours = Path::new(env!("CARGO_BIN_EXE_harvest-sandbox"));
        let mut child = Command::new(build.unwrap_or(ours))
            .args(["--addr", "127.0.0.1:0", "--key", KEY])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().ok_or("it has no output")?;
        let mut output = BufReader::new(output).lines();
        let mut printed = |label: &str| -> Outcome<String> {
            for line in output.by_ref() {
                if let Some(value) = line?.trim().strip_prefix(label) {
                    return Ok(value.trim().to_owned());
                }
            }
            Err(format!("it ended before it printed its {label}").into())
        };
        // In the order in which they are printed.
        let url = printed("URL")?;
        let address = url.strip_prefix("http://").unwrap_or(&url).to_owned();
        let credential = match build {
            None => Some((printed("client id")?, printed("secret")?)),
            Some(_) => None,
        };
        Ok(Self {
            child,
            address,
            credential,
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

/// Of the files in a folder, in megabytes.
pub(crate) fn size(folder: &Path) -> Outcome<f64> {
    let mut kilobytes = 0;
    for entry in std::fs::read_dir(folder)? {
        kilobytes += u32::try_from(entry?.metadata()?.len() / 1_000)?;
    }
    Ok(f64::from(kilobytes) / 1_000.0)
}
