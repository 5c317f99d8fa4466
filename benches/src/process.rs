//! Processes: how they are started and measured.

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::programs::Found;
use crate::service::{Counts, Manner, Version};

/// What a process took, and what it found.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// From its start to its end.
    pub wall: Duration,
    /// Of all its threads; nothing where the system does not say.
    pub cpu: Option<Cpu>,
    /// What it says itself.
    pub found: Found,
}

/// CPU time.
#[derive(Clone, Copy, Debug)]
pub struct Cpu {
    /// In the program itself.
    pub user: Duration,
    /// In the program and, for it, in the kernel.
    pub all: Duration,
}

/// Runs this program with other arguments, to the end.
///
/// # Errors
///
/// If it does not start, fails, or says nothing that makes sense.
pub fn run(arguments: &[String]) -> Result<Measured, Box<dyn Error>> {
    measured(command(arguments)?)
}

/// Runs a program to the end. The last line of its output is what it found.
///
/// # Errors
///
/// If it does not start, fails, or says nothing that makes sense.
pub fn measured(mut program: Command) -> Result<Measured, Box<dyn Error>> {
    let before = cpu_of_children();
    let began = Instant::now();
    let output = program.stderr(Stdio::inherit()).output()?;
    let wall = began.elapsed();
    let after = cpu_of_children();
    if !output.status.success() {
        return Err(format!("{program:?} failed, see above").into());
    }
    let found = output.stdout.trim_ascii_end();
    let found = found.rsplit(|byte| *byte == b'\n').next();
    Ok(Measured {
        wall,
        cpu: after.zip(before).map(|(after, before)| Cpu {
            user: after.user.saturating_sub(before.user),
            all: after.all.saturating_sub(before.all),
        }),
        found: serde_json::from_slice(found.unwrap_or_default())?,
    })
}

fn command(arguments: &[String]) -> Result<Command, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments);
    Ok(command)
}

/// Of those that have ended; a server that still runs is not in it.
#[cfg(unix)]
fn cpu_of_children() -> Option<Cpu> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::{TimeVal, TimeValLike as _};

    let duration = |time: TimeVal| {
        let microseconds = time.num_microseconds();
        Some(Duration::from_micros(microseconds.try_into().ok()?))
    };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    Some(Cpu {
        user: duration(usage.user_time())?,
        all: duration(usage.user_time() + usage.system_time())?,
    })
}

#[cfg(not(unix))]
fn cpu_of_children() -> Option<Cpu> {
    None
}

/// A service in a process of its own, which ends with this value.
pub struct Server {
    process: Child,
    output: BufReader<ChildStdout>,
    version: Version,
    /// Where it listens.
    pub url: String,
}

impl Server {
    /// Starts it, and waits until it has all its pages.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub fn start(manner: &Manner) -> Result<Self, Box<dyn Error>> {
        let mut process = command(&manner.arguments())?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or("the server has no output")?;
        let mut output = BufReader::new(output);
        let mut url = String::new();
        output.read_line(&mut url)?;
        Ok(Self {
            process,
            output,
            version: manner.version,
            url: url.trim().to_owned(),
        })
    }

    /// The argument of a program that calls it.
    pub fn version_option(&self) -> String {
        format!("--api-version={}", self.version.name())
    }

    /// Ends it, and says what was asked of it.
    ///
    /// # Errors
    ///
    /// If it does not say.
    pub fn stop(mut self) -> Result<Counts, Box<dyn Error>> {
        drop(self.process.stdin.take());
        let mut counts = String::new();
        self.output.read_to_string(&mut counts)?;
        self.process.wait()?;
        Ok(serde_json::from_str(&counts)?)
    }
}
