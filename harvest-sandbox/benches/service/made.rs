//! A new organization in a folder, and what it took to make it.

use std::fmt;
use std::path::Path;
use std::time::Instant;

use crate::Outcome;
use crate::process::{Program, size};

pub(crate) struct Made {
    pub(crate) seconds: f64,
    /// How long processors worked for it, in seconds; none where the system does not say.
    pub(crate) worked: Option<f64>,
    pub(crate) megabytes: f64,
}

impl Made {
    /// By this build, or by another one. The folder is there afterwards.
    pub(crate) fn of(build: Option<&Path>, folder: &Path, candidates: usize) -> Outcome<Self> {
        let data = folder.display().to_string();
        let many = candidates.to_string();
        let began = Instant::now();
        let program = Program::of(build, &["--data", &data, "--candidates", &many])?;
        let seconds = began.elapsed().as_secs_f64();
        let worked = program.worked();
        drop(program);
        Ok(Self {
            seconds,
            worked,
            megabytes: size(folder)?,
        })
    }
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            seconds, megabytes, ..
        } = self;
        write!(f, "{seconds:.2} s and {megabytes:.1} MB to make them")?;
        match self.worked {
            Some(worked) => write!(f, ", {worked:.2} s of a processor"),
            None => Ok(()),
        }
    }
}
