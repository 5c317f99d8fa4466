//! A rustc that is watched: cargo calls this program in its place (`RUSTC_WRAPPER`).

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use super::Sample;

/// The environment variable that makes this program a wrapper of rustc: the file to write samples to. While it is
/// empty, nothing is measured.
pub const RECORD: &str = "XTASK_BENCH_RECORD";

/// The environment variable with the name of the crate to measure.
pub const CRATE: &str = "XTASK_BENCH_CRATE";

/// How often the memory is read.
const INTERVAL: Duration = Duration::from_millis(2);

/// Runs rustc if this program was started as a wrapper of it; otherwise does nothing.
pub fn wrap() -> Option<ExitCode> {
    let record = std::env::var_os(RECORD)?;
    let name = std::env::var(CRATE).unwrap_or_default();
    Some(run(Path::new(&record), &name).unwrap_or_else(|error| {
        eprintln!("xtask as a wrapper of rustc: {error}");
        ExitCode::FAILURE
    }))
}

fn run(record: &Path, name: &str) -> io::Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let rustc = arguments
        .next()
        .ok_or_else(|| io::Error::other("no rustc to run"))?;
    let arguments: Vec<OsString> = arguments.collect();
    let watched = !name.is_empty()
        && arguments
            .windows(2)
            .any(|w| w[0] == "--crate-name" && w[1] == name);
    let start = Instant::now();
    let mut child = Command::new(rustc).args(arguments).spawn()?;
    if !watched {
        return Ok(code(child.wait()?));
    }
    let (status, kibibytes) = watch(&mut child)?;
    let seconds = start.elapsed().as_secs_f64();
    if status.success() {
        let memory = kibibytes.map_or_else(|| "-".to_owned(), |k| k.to_string());
        let mut file = OpenOptions::new().append(true).create(true).open(record)?;
        writeln!(file, "{seconds} {memory}")?;
    }
    Ok(code(status))
}

/// Waits for the child, and keeps an eye on its memory. The kernel keeps the high-water mark, so nothing is missed but
/// what is allocated in the last moment before the end.
fn watch(child: &mut Child) -> io::Result<(ExitStatus, Option<u64>)> {
    let mut peak = None;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((status, peak));
        }
        peak = peak.max(high_water(child.id()));
        thread::sleep(INTERVAL);
    }
}

/// The most memory that a process had so far, in KiB. Only Linux says.
fn high_water(process: u32) -> Option<u64> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

fn code(status: ExitStatus) -> ExitCode {
    match status.code().map(u8::try_from) {
        Some(Ok(code)) => ExitCode::from(code),
        _ => ExitCode::FAILURE,
    }
}

/// The last sample of a record.
pub fn read(record: &str) -> Option<Sample> {
    let (seconds, memory) = record.lines().next_back()?.split_once(' ')?;
    Some(Sample {
        seconds: seconds.parse().ok()?,
        mebibytes: memory.parse().ok().map(|kibibytes: f64| kibibytes / 1024.0),
    })
}
